"""The phonetic keys of a Slavic word, in Cyrillic or in any Latin romanization: `keys`.

One letter of a key is one sound: j is ж, x is х, y is ц, c is ч, w is ш and щ; а е и о у stand for themselves,
with every glide folded away (я is ia, ю is iu, ё and е are e, ы, і, й and ї are i). ш and щ share a letter, since
"sch" is щ in ICAO Doc 9303 of 2006 and in Yandex's system, and ш in German (Duden).

Letters and spellings are in tables/letters.txt and tables/spellings.txt, which name the systems behind them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from screenkit.names.notation import Rule, read

from .belarusian import russian_form
from .exonyms import usual_forms

_TABLE = read("slavic/letters.txt")
_LETTERS = str.maketrans(_TABLE.letters("cyrillic") | _TABLE.letters("latin"))
# The letters that a rule begins with: they only spare the engine to try all rules where none can hold.
_BEGINNING = "(?=[chjqwxyüö]|d[Jjsz]|eh|g[hu]|i[cijy]|[kp]h|s[chjz]|t[cChjsz]|tec|z[hj])"
# Each spelling is a branch that begins with its letters and ends in an empty group, whose number names the rule.
_BRANCHES = tuple((pattern, rule) for rule in read("slavic/spellings.txt").rules() for pattern in rule.patterns())
_RULE = re.compile(_BEGINNING + "(?:" + "|".join(f"{pattern}()" for pattern, _ in _BRANCHES) + ")")
#: The most keys that `keys` gives: an Azerbaijani h, ə and c are read in two ways each.
MOST_KEYS = 8
#: Which doubt is tried both ways where a word holds several: the one that changes most names first.
_DOUBTS = ("x", "h", "ch", "cz", "j", "tec", "c", "gu", "umlaut", "eh")
# Spellings that no English system has: where "ch" is х (German, Polish) or ш (French).
_CONTINENTAL = re.compile("tsch|w")
_FRENCH = re.compile("ou|tch")

_STRESS = re.compile("[\u0300\u0301]")
_BULGARIAN_VOWEL = re.compile("ъ(?=[бвгджзйклмнпрстфхцчшщ])")
_FINAL_U = re.compile("(?<=[AE])U$")
_SOFT_VOWEL = re.compile("(?<!I)I+[EO]")
_FINAL_F = re.compile("(?<=[OE])F+$")
_SHCH = re.compile("[SW]C")
_TWICE = re.compile(r"(.)\1")
_DOUBLED = re.compile(r"(.)\1+")


def key(word: str) -> str:
    """The usual Slavic key of a word in Cyrillic or Latin script: ASCII lower case, empty where it has no sound.

    >>> key("хрущёв"), key("khrushchev"), key("chruschtschow"), key("khrouchtchev"), key("hruŝëv")
    ('xruwev', 'xruwev', 'xruwov', 'xruwev', 'xruwev')
    """
    return keys(word)[0]


# Few, since `tokens` remembers what it made of a word: enough for a word's second asking.
@lru_cache(maxsize=1_024)
def keys(word: str) -> tuple[str, ...]:
    """The Slavic keys of a word, the most usual first; several where letters of it are read in two ways.

    Latin h is х or (Ukrainian, Belarusian) г, ch is ч or (German, Polish) х, x is ks or х, j is й or (French,
    Uzbek) ж, c is ц or к; Cyrillic щ is Russian щ or Bulgarian шт (Transliteration Act 2009: sht); a Belarusian
    word is itself and its Russian form (Марозаў, Morozov). A Latvian, Lithuanian, Hungarian or Azerbaijani spelling is
    read as it is, and as the name that it stands for (`usual_forms`).
    """
    word = word.lower()
    if not word.isascii():
        word = _STRESS.sub("", unicodedata.normalize("NFC", word))
    found = _keys(word)
    forms = usual_forms(word)
    if forms:
        found = tuple(dict.fromkeys([*found, *(key for form in forms for key in _keys(form))]))
    if any("dj" in key for key in found):
        # дж is what English writes as j: Джафар, Jafar.
        found = tuple(dict.fromkeys([*found, *(key.replace("dj", "j") for key in found)]))
    return found[:MOST_KEYS]


def _keys(word: str) -> tuple[str, ...]:
    """The keys of a word as it is."""
    spelled = _spelled(word)
    russian = russian_form(word)
    if russian is not None:
        return _distinct(_usual(spelled), _usual(_spelled(russian)))
    found = _rules_in(spelled)
    usual = _sounds(spelled, "", found)
    if found:
        doubts = {rule.doubt for _, rule, _ in found}
        for doubt in _DOUBTS:
            if doubt in doubts:
                return _distinct(usual, _sounds(spelled, doubt, found))
    return _distinct(usual, _usual(_spelled(word.replace("щ", "шт")))) if "щ" in word else (usual,)


def _distinct(usual: str, other: str) -> tuple[str, ...]:
    return (usual,) if other == usual else (usual, other)


def _spelled(word: str) -> str:
    """The word in lower-case ASCII (what is still to be read) and upper-case sounds (what a letter settles)."""
    if word.isascii() and word.isalpha():
        return word
    letters = _BULGARIAN_VOWEL.sub("а", word).replace("ьо", "йо").translate(_LETTERS)
    if not letters.isascii():
        kept = (part if part in "üö" else unicodedata.normalize("NFD", part) for part in letters)
        letters = "".join(kept).translate(_LETTERS)
    return "".join(letter for letter in letters if letter in _KEPT)


_KEPT = frozenset("abcdefghijklmnopqrstuvwxyzüöABCDEFGIJKLMNOPRSTUVWXYZ")


def _rules_in(spelled: str) -> list[tuple[int, Rule, int]]:
    """The rules that hold in a spelling, in order, each between where it begins and where it ends."""
    return [(found.start(), _BRANCHES[(found.lastindex or 1) - 1][1], found.end()) for found in _RULE.finditer(spelled)]


def _usual(spelled: str) -> str:
    return _sounds(spelled, "", _rules_in(spelled))


def _sounds(spelled: str, doubt: str, rules: Sequence[tuple[int, Rule, int]]) -> str:
    """The sounds of a spelling by the rules that hold in it, with one doubt decided the other way."""
    if not rules:
        return _settled(spelled.upper()).lower()
    ch = _reading_of_ch(spelled) if "ch" in spelled else "C"
    parts: list[str] = []
    at = 0
    for start, rule, stop in rules:
        if rule.doubt == "ch" and rule.sound == "C" and ch != "C":
            sound = ch if doubt != "ch" else "C"
        elif rule.doubt == "h" and "kh" in spelled:
            sound = "X" if doubt == "h" else "G"
        else:
            sound = rule.otherwise if rule.doubt and rule.doubt == doubt else rule.sound
        parts += (spelled[at:start], sound)
        at = stop
    parts.append(spelled[at:])
    return _settled("".join(parts).upper()).lower()


def _settled(sounds: str) -> str:
    """The sounds, with those folded that follow each other; a rule is tried only where one of its sounds occurs."""
    # Belarusian ў at the end is Russian в (Instruction of 2007: u); ou is the French у, or in the Russian form -ov.
    if sounds.endswith("U"):
        sounds = _FINAL_U.sub("V", sounds)
    sounds = sounds.replace("OU", "U")
    # ьо of Ukrainian and Bulgarian, йо and ё are one sound; so is ие, which systems write ie, iye and ye.
    if "IE" in sounds or "IO" in sounds:
        sounds = _SOFT_VOWEL.sub("E", sounds)
    # -off, -eff (French and older English) are -ov, -ev; -ine is the French -in.
    if sounds.endswith("F"):
        sounds = _FINAL_F.sub("V", sounds)
    if sounds.endswith("INE"):
        sounds = sounds[:-1]
    sounds = sounds.replace("TS", "Y")
    if "C" in sounds:
        sounds = _SHCH.sub("W", sounds)
    return _DOUBLED.sub(r"\1", sounds) if _TWICE.search(sounds) else sounds


def _reading_of_ch(spelled: str) -> str:
    if _CONTINENTAL.search(spelled):
        return "X"
    return "W" if _FRENCH.search(spelled) else "C"
