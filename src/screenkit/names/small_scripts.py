"""A word in Greek, Armenian or Georgian script in, its usual Latin spelling out.

The systems are those of passports and maps, without apostrophes for aspirates and ejectives, which customary Latin
drops. Words are as `clean` leaves them; characters of other scripts are kept as they are.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise


def _table(letters: str, spelled: str) -> dict[str, str]:
    return dict(zip(letters, spelled.split(), strict=True))


# ELOT 743 (1982, 2001) = ISO 843:1997 type 2 = BGN/PCGN 1996.
_GREEK = _table(
    "αβγδεζηθικλμνξοπρσςτυφχψω",
    "a v g d e z i th i k l m n x o p r s s t y f ch ps o",
)
_GREEK_PAIRS = {"ου": "ou", "γγ": "ng", "γξ": "nx", "γχ": "nch", "μπ": "mp", "ντ": "nt", "γκ": "gk"}
# As the sounds are heard, which is how foreign names are written in Greek: Πούτιν Putin, Ομπάμα Obama, Γκάντι Gandi.
_HEARD_PAIRS = {"ου": "u", "μπ": "b", "ντ": "d", "γκ": "g", "τζ": "j", "γγ": "ng"}
# αυ, ευ, ηυ are v before a vowel or voiced consonant, f before a voiceless one and at the end (ELOT 743, 4.2).
_BEFORE_VOICELESS = re.compile("(?<=[αεη])υ(?=[θκξπσςτφχψ]|$)")
_BEFORE_VOICED = re.compile("(?<=[αεη])υ(?!\u0308)")
_GREEK_PAIR = re.compile("ου|γγ|γξ|γχ|γκ|μπ|ντ|τζ|.", re.DOTALL)

# BGN/PCGN 1981 for Eastern Armenian, its apostrophes dropped and rr written r, as in Armenian passports.
_ARMENIAN = _table(
    "աբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցւփքօֆև",
    "a b g d e z e y t zh i l kh ts k h dz gh ch m y n sh o ch p j r s v t r ts v p k o f ev",
)
_ARMENIAN_FIRST = {"ե": "ye", "ո": "vo", "և": "yev"}

# National system of Georgia (2002) = BGN/PCGN 2009, its apostrophes for ejectives dropped.
_GEORGIAN = _table(
    "აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ",
    "a b g d e v z t i k l m n o p zh r s t u p k gh q sh ch ts dz ts ch kh j h",
)
# Asomtavruli, Nuskhuri and Mtavruli are the same letters in the same order (Unicode, Georgian).
_GEORGIAN_ORDER = {start + at: 0x10D0 + at for start in (0x10A0, 0x2D00, 0x1C90) for at in range(38)}


def _undotted(word: str) -> str:
    """The word without accents, breathings and diaeresis; a diaeresis keeps two vowels apart (Μαΐου, not αι + ου)."""
    decomposed = unicodedata.normalize("NFD", word.casefold())
    return "".join(c for c in decomposed if unicodedata.category(c) != "Mn" or c == "\u0308")


def _greek(word: str, pairs: dict[str, str]) -> str:
    word = _undotted(word)
    word = _BEFORE_VOICED.sub("ϐ", _BEFORE_VOICELESS.sub("ϕ", word))
    if pairs is _GREEK_PAIRS and word.startswith("μπ"):
        word = "b" + word[2:]
    letters = _GREEK | {"ϕ": "f", "ϐ": "v", "\u0308": ""}
    return "".join(pairs.get(pair) or "".join(letters.get(c, c) for c in pair) for pair in _GREEK_PAIR.findall(word))


@lru_cache(maxsize=16_384)
def greek(word: str) -> str:
    """A Greek word in Latin (ELOT 743).

    >>> greek("Παπανδρέου"), greek("Ευάγγελος"), greek("Μπακογιάννη")
    ('papandreou', 'evangelos', 'bakogianni')
    """
    return _greek(word, _GREEK_PAIRS)


@lru_cache(maxsize=16_384)
def greek_readings(word: str) -> tuple[str, ...]:
    """A Greek word in Latin, by ELOT 743 and as it is heard, which is how foreign names are meant.

    >>> greek_readings("Ομπάμα")
    ('ompama', 'obama')
    """
    return tuple(dict.fromkeys((greek(word), _greek(word, _HEARD_PAIRS))))


@lru_cache(maxsize=16_384)
def armenian(word: str) -> str:
    """An Armenian word in Latin (BGN/PCGN 1981 without apostrophes).

    >>> armenian("Բարակ"), armenian("Եղիազարյան"), armenian("Հովհաննես")
    ('barak', 'yeghiazaryan', 'hovhannes')
    """
    word = word.casefold().replace("եւ", "և")
    spelled = [_ARMENIAN_FIRST.get(word[:1], _ARMENIAN.get(word[:1], word[:1]))]
    for before, letter in pairwise(word):
        if letter == "ւ" and before == "ո":
            # The digraph ու is u, at the beginning of a word too.
            spelled[-1] = "u"
        else:
            spelled.append(_ARMENIAN.get(letter, letter))
    return "".join(spelled)


@lru_cache(maxsize=16_384)
def georgian(word: str) -> str:
    """A Georgian word in Latin (national system of 2002 without apostrophes).

    >>> georgian("ობამა"), georgian("ივანიშვილი")
    ('obama', 'ivanishvili')
    """
    return "".join(_GEORGIAN.get(letter, letter) for letter in word.translate(_GEORGIAN_ORDER))
