"""How Korean syllables are spelled in Latin and in Cyrillic: spellings and the sound classes they stand for.

Written from general knowledge of these systems, not compared row by row with their publications: the Revised
Romanization (notice 2000-8); McCune-Reischauer (1939), its breves and apostrophes kept, or dropped as in the press; the
national system of the DPRK (UNGEGN, 1992 and after); Kontsevich's system (1966, 2001). Customary
spellings are families that follow English letters: ee for ㅣ, oo for ㅜ, u for ㅓ, young for 영, h after a vowel.
Classes are those of `screenkit.names.korean`; of several, the likeliest comes first.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import attrs


@attrs.frozen
class Orthography:
    """How a script spells Korean syllables: spellings and the sound classes they stand for."""

    initials: Mapping[str, str]
    vowels: Mapping[str, tuple[str, ...]]
    finals: Mapping[str, tuple[str, ...]]
    #: Spellings of initials only at the beginning of a word, of finals only at its end.
    edge_initials: frozenset[str]
    edge_finals: frozenset[str]
    #: The letters that vowels begin with.
    vowel_letters: frozenset[str] = attrs.field(init=False)

    @vowel_letters.default
    def _first_letters(self) -> frozenset[str]:
        return frozenset(vowel[0] for vowel in self.vowels)


LATIN: Final = Orthography(
    initials={
        "": "",
        # Revised g k kk; McCune-Reischauer k (g) k' kk; DPRK k kh kk.
        **dict.fromkeys(("k", "g", "kk", "gg", "kh", "gh"), "k"),
        **dict.fromkeys(("t", "d", "tt", "dd", "th"), "t"),
        **dict.fromkeys(("p", "b", "pp", "bb", "ph"), "p"),
        **dict.fromkeys(("j", "ch", "jj", "tch", "jh", "tj", "z"), "c"),
        **dict.fromkeys(("s", "sh", "ss"), "s"),
        **dict.fromkeys(("r", "l", "rh"), "l"),
        "n": "n",
        "m": "m",
        "h": "h",
        "wh": "hw",
    },
    vowels={
        **dict.fromkeys(("a", "ah"), ("a",)),
        **dict.fromkeys(("ae", "ai", "ay", "e", "eh", "ei", "ey"), ("e",)),
        "ea": ("e", "i"),
        **dict.fromkeys(("ya", "yah"), ("ya",)),
        **dict.fromkeys(("ye", "yae", "yai", "yeh", "yei"), ("ye",)),
        "yea": ("ye", "yv"),
        # Revised eo, McCune-Reischauer and DPRK ŏ; without its breve o; customary u, uh.
        **dict.fromkeys(("eo", "ŏ", "eoh", "ŏh"), ("v",)),
        "uh": ("v", "u"),
        **dict.fromkeys(("o", "oh"), ("o", "v")),
        # Revised eu, McCune-Reischauer and DPRK ŭ; without its breve u; customary u also for ㅓ (Jung, Sung).
        **dict.fromkeys(("eu", "ŭ", "oo", "woo", "wu", "ooh"), ("u",)),
        "u": ("u", "v"),
        **dict.fromkeys(("ou", "eou"), ("u", "v")),
        **dict.fromkeys(("i", "ee", "yi", "yee", "ih", "eui", "ŭi"), ("i",)),
        "ui": ("i", "wi"),
        **dict.fromkeys(("yeo", "yŏ", "yeoh", "yuh"), ("yv",)),
        "yo": ("yo", "yv"),
        "yoh": ("yo",),
        "you": ("yv", "yu"),
        "yu": ("yu", "yv"),
        **dict.fromkeys(("yeu", "yeou"), ("yv", "yu")),
        "yoo": ("yu",),
        **dict.fromkeys(("wa", "wah"), ("wa",)),
        **dict.fromkeys(("wo", "weo", "wŏ", "woh", "wou"), ("wo",)),
        **dict.fromkeys(("oe", "oi", "oy", "we", "wae", "wai", "woe"), ("we",)),
        **dict.fromkeys(("wi", "wee", "wie"), ("wi",)),
    },
    finals={
        **dict.fromkeys(("k", "g", "ck", "kk"), ("k",)),
        **dict.fromkeys(("t", "d"), ("t",)),
        **dict.fromkeys(("p", "b"), ("p",)),
        **dict.fromkeys(("l", "r", "ll"), ("l",)),
        **dict.fromkeys(("n", "nn", "ne"), ("n",)),
        "m": ("m",),
        "ng": ("x",),
    },
    edge_initials=frozenset(("gh", "rh", "jh", "tj", "wh")),
    edge_finals=frozenset(("ck", "kk", "ll", "nn", "ne")),
)

# Kontsevich's system (1966, 2001), in which final ㅇ is н (нъ before a vowel) and ㅓ and ㅗ are both о; ч before a
# vowel that follows a vowel is дж. The older habit writes е after ч (Чен) and leaves the dots off ё (Мен).
CYRILLIC: Final = Orthography(
    initials={
        "": "",
        **dict.fromkeys(("к", "г", "кк", "кх"), "k"),
        **dict.fromkeys(("т", "д", "тт", "тх"), "t"),
        **dict.fromkeys(("п", "б", "пп", "пх"), "p"),
        **dict.fromkeys(("ч", "дж", "чж", "чч", "чх"), "c"),
        **dict.fromkeys(("с", "сс"), "s"),
        **dict.fromkeys(("р", "л"), "l"),
        "н": "n",
        "м": "m",
        "х": "h",
    },
    vowels={
        "а": ("a",),
        "я": ("ya",),
        "о": ("v", "o"),
        "ё": ("yv", "yo"),
        "у": ("u",),
        "ю": ("yu",),
        "ы": ("u",),
        "и": ("i",),
        "ый": ("i",),
        "ыи": ("i",),
        "э": ("e",),
        "е": ("yv", "e", "ye"),
        "йе": ("ye",),
        "йя": ("ye",),
        "ва": ("wa",),
        "во": ("wo",),
        **dict.fromkeys(("ве", "вэ", "вё", "ой"), ("we",)),
        "ви": ("wi",),
    },
    finals={
        "к": ("k",),
        "т": ("t",),
        "п": ("p",),
        **dict.fromkeys(("ль", "л", "р"), ("l",)),
        "м": ("m",),
        "н": ("n", "x"),
        "нъ": ("x",),
        "нг": ("x",),
    },
    edge_initials=frozenset(),
    edge_finals=frozenset(("л", "р", "нг")),
)
#: Surnames whose Russian spelling is a habit and no system: 최.
CYRILLIC_SURNAMES: Final = {"цой": "최", "чой": "최", "цхой": "최"}

#: The orthography of each script.
SPELLINGS: Final = {"Latin": LATIN, "Cyrillic": CYRILLIC}
