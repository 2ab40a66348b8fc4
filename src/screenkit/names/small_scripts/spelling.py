"""Greek, Armenian and Georgian words in Latin letters: `greek`, `armenian`, `georgian`.

The systems are those of passports and maps, without apostrophes for aspirates and ejectives, which customary Latin
drops. Words are as `clean` leaves them; characters of other scripts are kept as they are.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

from screenkit.names.notation import compiled, read, rewrite

_GREEK_TABLE, _ARMENIAN_TABLE = read("small_scripts/greek.txt"), read("small_scripts/armenian.txt")
_DIAERESIS = "\u0308"
_GREEK = {**_GREEK_TABLE.letters("letters"), _DIAERESIS: ""}
_GREEK_PAIRS = _GREEK_TABLE.pairs("pairs")
_GREEK_RULES = compiled(_GREEK_TABLE.rules())
_GREEK_PAIR = re.compile("|".join([*_GREEK_PAIRS, "."]), re.DOTALL)
_FOREIGN_PAIRS = {**_GREEK_PAIRS, **_GREEK_TABLE.pairs("foreign pairs")}
_FOREIGN_PAIR = re.compile("|".join([*_FOREIGN_PAIRS, "."]), re.DOTALL)
_FOREIGN_RULES = compiled(_GREEK_TABLE.rules("foreign rules"))
_ARMENIAN, _ARMENIAN_FIRST = _ARMENIAN_TABLE.letters("letters"), _ARMENIAN_TABLE.letters("first letters")
_GEORGIAN = read("small_scripts/georgian.txt").letters()
_NOMINATIVE = re.compile("(?<=[^aeiou])i$")
# Asomtavruli, Nuskhuri and Mtavruli are the same letters in the same order (Unicode, Georgian).
_GEORGIAN_ORDER = {start + at: 0x10D0 + at for start in (0x10A0, 0x2D00, 0x1C90) for at in range(38)}


def _undotted(word: str) -> str:
    """The word without accents, breathings and diaeresis; a diaeresis keeps two vowels apart (Μαΐου, not αι + ου)."""
    decomposed = unicodedata.normalize("NFD", word.casefold())
    return "".join(c for c in decomposed if unicodedata.category(c) != "Mn" or c == _DIAERESIS)


def greek(word: str) -> str:
    """A Greek word in Latin (ELOT 743).

    >>> greek("Παπανδρέου"), greek("Ευάγγελος"), greek("Μπακογιάννη")
    ('papandreou', 'evangelos', 'bakogianni')
    """
    pairs = _GREEK_PAIR.findall(rewrite(_undotted(word), _GREEK_RULES))
    return "".join(_GREEK_PAIRS.get(pair) or _GREEK.get(pair, pair) for pair in pairs)


def greek_foreign(word: str) -> str:
    """A foreign name in Greek letters by its sound; a Greek one is nearly as `greek` spells it.

    >>> greek_foreign("Γκεόργκι"), greek_foreign("Ουσακόφ"), greek_foreign("Ντμίτρι")
    ('georgi', 'ousakov', 'dmitri')
    """
    pairs = _FOREIGN_PAIR.findall(rewrite(rewrite(_undotted(word), _FOREIGN_RULES), _GREEK_RULES))
    return "".join(_FOREIGN_PAIRS.get(pair) or _GREEK.get(pair, pair) for pair in pairs)


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


def georgian(word: str) -> str:
    """A Georgian word in Latin (national system of 2002 without apostrophes).

    >>> georgian("ობამა"), georgian("ივანიშვილი")
    ('obama', 'ivanishvili')
    """
    return "".join(_GEORGIAN.get(letter, letter) for letter in word.translate(_GEORGIAN_ORDER))


def georgian_stem(word: str) -> str:
    """A Georgian word in Latin without the ending of the nominative, -i after a consonant, which foreign names get.

    >>> georgian_stem("პუტინი"), georgian_stem("სერგეი")
    ('putin', 'sergei')
    """
    return _NOMINATIVE.sub("", georgian(word))
