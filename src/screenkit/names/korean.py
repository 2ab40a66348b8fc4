"""Words in Hangul in, their Korean readings out; and how near two Korean sound keys are.

A *key* spells a surname or a given name in sound classes, one ASCII letter a class: what the romanizations of
Korean write in different ways is one letter. Consonants: k (ㄱ ㄲ ㅋ), t, p, c (ㅈ ㅉ ㅊ), s, l (ㄹ), n, m, h and x
(final ㅇ); vowels: a, e (ㅐ ㅔ), v (ㅓ), o (ㅗ), u (ㅜ ㅡ), i (ㅣ ㅢ), with the glides y and w before them (ㅕ yv,
ㅝ wo, ㅟ wi, ㅚ ㅙ ㅞ we). 정은 is "cvxun", and so are Jeong-eun, Chŏng-ŭn and one reading of Jong-un.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final

from rapidfuzz.distance import OSA

from screenkit.model.normalized import Reading, Role, Sound, Space

from .words import Word

_FIRST: Final = 0xAC00
_LAST: Final = 0xD7A3
# Conjoining behaviour of Hangul (Unicode Standard, 3.12): syllable = (initial * 21 + vowel) * 28 + final.
_VOWELS_TIMES_FINALS: Final = 588
_FINALS: Final = 28

# In the order of Unicode: ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ. Plain, tense and aspirated are one class,
# because McCune-Reischauer without apostrophes, DPRK and customary spellings do not tell them apart.
_INITIAL_CLASS: Final = ("k", "k", "n", "t", "t", "l", "m", "p", "p", "s", "s", "", "c", "c", "c", "k", "t", "p", "h")
# ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ
_VOWEL_CLASS: Final = (
    *("a", "e", "ya", "ye", "v", "e", "yv", "ye", "o", "wa", "we"),
    *("we", "yo", "u", "wo", "we", "wi", "yu", "u", "i", "i"),
)
# None, ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ: what is pronounced at the end of a syllable
# (Standard Pronunciation of Korean, articles 8 to 12).
_FINAL_CLASS: Final = (
    *("", "k", "k", "k", "n", "n", "n", "t", "l", "k", "m", "l", "l", "l", "p", "l"),
    *("m", "p", "p", "t", "t", "x", "t", "t", "k", "t", "p", "t"),
)
# Revised Romanization of Korean (Ministry of Culture and Tourism, notice 2000-8), for display.
_INITIAL_REVISED: Final = (
    *("g", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s"),
    *("ss", "", "j", "jj", "ch", "k", "t", "p", "h"),
)
_VOWEL_REVISED: Final = (
    *("a", "ae", "ya", "yae", "eo", "e", "yeo", "ye", "o", "wa", "wae"),
    *("oe", "yo", "u", "wo", "we", "wi", "yu", "eu", "ui", "i"),
)
_FINAL_REVISED: Final = {"x": "ng"}

#: The most syllables of a given name that is read; longer ones are no Korean names.
MOST_GIVEN_SYLLABLES: Final = 4

#: How many edits (optimal string alignment) the keys of two near sounds may be apart, by the shorter key's length;
#: the last entry holds for all greater lengths. A two-syllable given name has 4 to 7 letters, mostly 5 or 6.
#: With one edit up to 7 letters 96.8 % instead of 97.0 % of benchmarks/pairs_korean.py are found.
RADIUS: Final = (0, 0, 0, 0, 1, 2)

# What an edit takes from 10,000. Spelling differences that no fold can settle are cheap; everything else changes
# a syllable, a third of a Korean name.
_CHEAP_PAIRS: Final = {
    # Vowels that romanizations write alike: "o" is ㅗ or ㅓ, "u" is ㅜ, ㅡ or ㅓ.
    "ov": 800,
    "uv": 800,
    "ou": 1_200,
    # ㄹ is read n after a consonant other than ㄹ, and ㄴ is read l beside ㄹ (Standard Pronunciation, 19, 20).
    "ln": 1_000,
    # Stops are read as nasals before n and m (Standard Pronunciation, 18).
    "kx": 1_500,
    "mp": 1_500,
    "nt": 1_500,
    # Final ng written n, as in Kontsevich's system and in haste.
    "nx": 1_500,
    "ei": 2_500,
    "ae": 2_500,
}
_GLIDE: Final = 1_200
_BREATH: Final = 2_000
_VOWEL_CHANGED: Final = 4_500
_CONSONANT_CHANGED: Final = 5_500
_VOWELS: Final = frozenset("aeiouv")
_GLIDES: Final = frozenset("yw")


@cache
def surnames() -> dict[str, tuple[str, ...]]:
    """The table of Korean surnames: Hangul, and the customary Latin spellings that no rule reads so."""
    table = files("screenkit.names").joinpath("tables", "korean_surnames.txt").read_text(encoding="utf-8")
    lines = [line.partition("\t") for line in table.splitlines() if line and not line.startswith("#")]
    return {hangul: tuple(latin.split(", ")) if latin else () for hangul, _, latin in lines}


@cache
def surname_keys() -> frozenset[str]:
    """The keys of all surnames of the table."""
    return frozenset(hangul_key(surname) for surname in surnames())


def initial_sound(key: str) -> str:
    """Apply the initial-sound rule to a key: South Korean 이, 유, 노, 여 for North Korean 리, 류, 로, 녀.

    Korean Orthography (Ministry of Education notice 88-1), articles 10 to 12: at the beginning of a word ㄴ and ㄹ
    are dropped before i and y, and ㄹ is ㄴ elsewhere. Both forms get the South Korean key.
    """
    if key[:1] in ("l", "n") and key[1:2] in ("i", "y"):
        return key[1:]
    return "n" + key[1:] if key[:1] == "l" else key


def plain_sounds(key: str) -> str:
    """Drop what is not heard (y after c and s: 져 is 저; Standard Pronunciation, 5) or not always written (ll)."""
    return key.replace("cy", "c").replace("sy", "s").replace("ww", "w").replace("ll", "l")


@lru_cache(maxsize=32_768)
def hangul_key(syllables: str) -> str:
    """The key of Hangul syllables: "정은" is "cvxun"."""
    letters: list[str] = []
    for syllable in syllables:
        initial, rest = divmod(ord(syllable) - _FIRST, _VOWELS_TIMES_FINALS)
        vowel, final = divmod(rest, _FINALS)
        letters += (_INITIAL_CLASS[initial], _VOWEL_CLASS[vowel], _FINAL_CLASS[final])
    return initial_sound(plain_sounds("".join(letters)))


@lru_cache(maxsize=32_768)
def revised(syllables: str) -> str:
    """Hangul syllables in the Revised Romanization of names, hyphen between syllables: "jeong-eun"."""
    spelled = []
    for syllable in syllables:
        initial, rest = divmod(ord(syllable) - _FIRST, _VOWELS_TIMES_FINALS)
        vowel, final = divmod(rest, _FINALS)
        coda = _FINAL_CLASS[final]
        spelled.append(_INITIAL_REVISED[initial] + _VOWEL_REVISED[vowel] + _FINAL_REVISED.get(coda, coda))
    return "-".join(spelled)


def hangul_equal_key(text: str) -> str:
    """The Hangul syllables of a text, composed and unspaced; "" if there are none.

    Two names in Hangul are compared by it, unfolded: 김종은 and 김정은 fold alike and are different people.
    """
    return "".join(character for character in unicodedata.normalize("NFKC", text) if _is_syllable(character))


def hangul_readings(words: Sequence[Word]) -> Iterator[Reading]:
    """Read a person's name in Hangul: 김정은, 김 정은, 정은 김, 남궁원."""
    if not words or not all(word.text and all(map(_is_syllable, word.text)) for word in words):
        return
    for surname, given, at in dict.fromkeys(_hangul_splits(words)):
        if given and len(given) <= MOST_GIVEN_SYLLABLES:
            yield _hangul_reading(surname, given, at, len(words))


def _is_syllable(character: str) -> bool:
    return _FIRST <= ord(character) <= _LAST


def _hangul_splits(words: Sequence[Word]) -> Iterator[tuple[str, str, str]]:
    """Surname, given name, and which end the surname stands at: "first", "last" or "joined"."""
    joined = "".join(word.text for word in words)
    if words[0].before_comma or (len(words) > 1 and words[0].text in surnames()):
        yield words[0].text, joined[len(words[0].text) :], "first"
        if words[0].before_comma:
            return
    last = words[-1].text
    if len(words) > 1 and last in surnames():
        yield last, joined[: -len(last)], "last"
    if len(joined) > 2 and joined[:2] in surnames():
        yield joined[:2], joined[2:], "joined"
    yield joined[:1], joined[1:], "joined"


def _hangul_reading(surname: str, given: str, at: str, count: int) -> Reading:
    surname_span, given_span = {
        "first": ((0, 1), (1, count)),
        "last": ((count - 1, count), (0, count - 1)),
        "joined": ((0, count), (0, count)),
    }[at]
    return Reading(
        language="ko",
        system="hangul",
        space=Space.KOREAN,
        text=f"{revised(surname).replace('-', '').title()} {revised(given).capitalize()}",
        sounds=(
            Sound(hangul_key(surname), Role.SURNAME, *surname_span),
            Sound(hangul_key(given), Role.GIVEN, *given_span),
        ),
    )


@lru_cache(maxsize=32_768)
def near_korean(a: str, b: str) -> int:
    """How alike two Korean keys are, from 0 to 10,000.

    10,000: equal, that is, spelled alike in some system. 8,000 and more: one difference that spellings show without
    another name being meant (a vowel o/v/u, a glide, l/n, a final nasal). 4,500 to 5,500: another vowel or
    consonant, mostly another name. 0 beyond `RADIUS`. Of the given names of two different people of one surname
    (benchmarks/pairs_korean.py) 0.1 % reach 8,000.
    """
    if a == b:
        return 10_000
    shorter = min(len(a), len(b))
    allowed = RADIUS[min(shorter, len(RADIUS) - 1)]
    if not allowed or abs(len(a) - len(b)) > allowed or OSA.distance(a, b, score_cutoff=allowed) > allowed:
        return 0
    return max(10_000 - _cost(a, b), 0)


def _cost(a: str, b: str) -> int:
    """The cheapest way to turn one key into the other; keys within two edits, so the differing middle is short."""
    while a and b and a[0] == b[0]:
        a, b = a[1:], b[1:]
    while a and b and a[-1] == b[-1]:
        a, b = a[:-1], b[:-1]
    if len(a) <= 1 and len(b) <= 1:
        return _change(a, b)
    row = [0]
    for letter in b:
        row.append(row[-1] + _change("", letter))
    for left in a:
        above, row = row, [row[0] + _change(left, "")]
        for at, right in enumerate(b):
            kept = above[at] + (0 if left == right else _change(left, right))
            row.append(min(kept, above[at + 1] + _change(left, ""), row[at] + _change("", right)))
    return row[-1]


def _change(left: str, right: str) -> int:
    pair = left + right if left < right else right + left
    if len(pair) == 2:
        cheap = _CHEAP_PAIRS.get(pair)
        if cheap is not None:
            return cheap
        return _VOWEL_CHANGED if pair[0] in _VOWELS and pair[1] in _VOWELS else _CONSONANT_CHANGED
    if pair in _GLIDES:
        return _GLIDE
    if pair in ("h", "l"):
        return _BREATH
    return _VOWEL_CHANGED if pair in _VOWELS else _CONSONANT_CHANGED
