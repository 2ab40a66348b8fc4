"""A word in Cyrillic or any Latin romanisation of it in, its Slavic sound keys out; and how near two keys are.

One letter of a key is one sound: j is ж, x is х, y is ц, c is ч, w is ш and щ; а е и о у stand for themselves,
with every glide folded away (я is ia, ю is iu, ё and е are e, ы, і, й and ї are i). ш and щ share a letter, since
"sch" is щ in ICAO Doc 9303 of 2006 and in Yandex's system, and ш in German (Duden).

The systems behind the Latin rules, from general knowledge of them and not compared with their texts row by row (the
benchmark of Slavic pairs compares the schemes of iuliia): BGN/PCGN (1944 to 2019), ISO 9 (1954, 1968, 1995), GOST
7.79 A and B, GOST 16876, GOST R 52535.1, ICAO Doc 9303-3, MVD orders 1997 (French) and 2000, ALA-LC, UNGEGN 1987, the
Ukrainian Cabinet's Resolution 55 of 2010, the Belarusian instruction of 2007, the Bulgarian Transliteration Act of
2009, Gaj's alphabet for Serbian; and the customary German, French, Polish, Swedish and Dutch spellings.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from rapidfuzz.distance import OSA, Levenshtein

from .belarusian import russian_form

# Upper case marks what is already a sound; the Latin rules read lower case only. lj and nj are left to them.
_CYRILLIC = {
    **dict(zip("абвгґдеєэжзиіыйјклмнопрстуфхцчшщ", "ABVGGDEEEJZIIIIIKLMNOPRSTUFXYCWW", strict=True)),
    "ё": "E",
    "ї": "I",
    "ю": "IU",
    "я": "IA",
    "ь": "",
    "ъ": "",
    "ў": "U",
    "ѣ": "E",
    "ѳ": "F",
    "ѵ": "I",
    "ђ": "DJ",
    "џ": "DJ",
    "ћ": "C",
    "љ": "lj",
    "њ": "nj",
    "ѓ": "G",
    "ќ": "K",
    "ѕ": "DZ",
    "ә": "A",
    "ғ": "G",
    "қ": "K",
    "ң": "N",
    "ө": "O",
    "ұ": "U",
    "ү": "U",
    "һ": "X",
    "ҳ": "X",
    "ӯ": "U",
    "ӣ": "I",
    "ҷ": "DJ",
    "җ": "J",
    "ҡ": "K",
    "ҙ": "Z",
    "ҫ": "S",
    "ӏ": "",
    "ѐ": "E",
    "ѝ": "I",
    "ӑ": "A",
    "ӗ": "E",
}
_LETTERS = str.maketrans(
    {
        **_CYRILLIC,
        # ISO 9:1995 and GOST 7.79 A (â û ŝ), ISO 9:1968 (č š ž), Gaj (ć đ), Polish (ł ż), Romanian and Turkish.
        "â": "IA",
        "û": "IU",
        "ŝ": "W",
        "č": "C",
        "ć": "C",
        "ĉ": "C",
        "ç": "C",
        "š": "W",
        "ş": "W",
        "ș": "W",
        "ž": "J",
        "ż": "J",
        "ẑ": "J",
        "đ": "DJ",
        "ț": "Y",
        "ţ": "Y",
        "ĥ": "X",
        "ł": "l",
        "ı": "i",
        "ß": "ss",
        "ø": "o",
        "æ": "e",
        "ə": "a",
        "ð": "d",
    }
)
_VOWEL = "aeiouyüöAEIOU"

_Rule = tuple[str, str, str, str]
# What is written, what it usually sounds, what else it may sound, and the doubt that decides it for a whole word.
# Longer spellings stand before those they begin with.
_RULES: tuple[_Rule, ...] = (
    ("schtsch|chtch|shtch|sjtj|shh", "W", "", ""),
    ("tsch|tch|tsj|tC", "C", "", ""),
    ("dsch|dzh|dzj|dJ", "DJ", "", ""),
    ("sch|sh|sz", "W", "", ""),
    ("zh", "J", "", ""),
    (f"zj(?=[{_VOWEL}])", "ZI", "J", "j"),
    ("gu(?=[ei])", "G", "GU", "gu"),
    ("kh", "X", "", ""),
    ("gh", "G", "", ""),
    ("ph", "F", "", ""),
    ("th", "T", "", ""),
    ("cz", "C", "Y", "cz"),
    ("ch(?=[rl])", "X", "C", "ch"),
    ("ch", "C", "X", "ch"),
    ("tsh", "TW", "", ""),
    ("ts|tz|tc", "Y", "", ""),
    ("^eh(?=[^aeiouy])", "E", "", ""),
    ("hh", "X", "", ""),
    ("h", "X", "G", "h"),
    (f"tj(?=[{_VOWEL}])", "TI", "C", "j"),
    ("tj", "C", "", ""),
    (f"sj(?=[{_VOWEL}])", "SI", "W", "j"),
    ("sj", "W", "", ""),
    (f"dj(?=[{_VOWEL}])", "DI", "DJ", "j"),
    (f"j(?<=[ln]j)(?![{_VOWEL}j])", "", "J", "j"),
    ("[yij]{2,}", "I", "", ""),
    (f"j(?=[{_VOWEL}])|j(?<=[{_VOWEL}]j)|j$", "I", "J", "j"),
    ("j", "J", "I", "j"),
    ("ic$", "IC", "IY", "c"),
    ("c(?=[eiyj])", "Y", "", ""),
    ("c(?=t)", "K", "Y", "c"),
    ("c(?=[lr])", "K", "Y", "c"),
    ("c", "Y", "K", "c"),
    ("^x(?!e)", "X", "KS", "x"),
    ("x", "KS", "X", "x"),
    ("ü", "IU", "U", "umlaut"),
    ("ö", "E", "O", "umlaut"),
    ("w", "V", "", ""),
    ("q", "K", "", ""),
    ("y", "I", "", ""),
)
# The letters that a rule begins with: they only spare the engine to try all rules where none can hold.
_BEGINNING = "(?=[chjqwxyüö]|d[Jjsz]|eh|g[hu]|i[cijy]|[kp]h|s[chjz]|t[cChjsz]|z[hj])"
# Each spelling is a branch that begins with its letters and ends in an empty group, whose number tells the rule:
# branches that begin with a group the engine can't pass over by their first letter.
_BRANCHES = tuple((spelling, rule) for rule in _RULES for spelling in rule[0].split("|"))
_RULE = re.compile(_BEGINNING + "(?:" + "|".join(f"{spelling}()" for spelling, _ in _BRANCHES) + ")")
#: Which doubt is tried both ways where a word holds several: the one that changes most names first.
_DOUBTS = ("x", "h", "ch", "cz", "j", "c", "gu", "umlaut")
# Spellings that no English system has: where "ch" is х (German, Polish) or ш (French).
_CONTINENTAL = re.compile("tsch|w")
_FRENCH = re.compile("ou|tch")
_LONE_CH = re.compile("(?<!t)(?<!s)ch(?!tch)")

_STRESS = re.compile("[\u0300\u0301]")
_BULGARIAN_VOWEL = re.compile("ъ(?=[бвгджзйклмнпрстфхцчшщ])")
_FINAL_U = re.compile("(?<=[AE])U$")
_SOFT_VOWEL = re.compile("(?<!I)I+[EO]")
_FINAL_F = re.compile("(?<=[OE])F+$")
_SHCH = re.compile("[SW]C")
_TWICE = re.compile(r"(.)\1")
_DOUBLED = re.compile(r"(.)\1+")


def fold(word: str) -> str:
    """The usual Slavic key of a word in Cyrillic or Latin script: ASCII lower case, empty where it has no sound.

    >>> fold("хрущёв"), fold("khrushchev"), fold("chruschtschow"), fold("khrouchtchev"), fold("hruŝëv")
    ('xruwev', 'xruwev', 'xruwov', 'xruwev', 'xruwev')
    """
    return folds(word)[0]


# Few, since `tokens` remembers what it made of a word: enough for a word's second asking.
@lru_cache(maxsize=1_024)
def folds(word: str) -> tuple[str, ...]:
    """The Slavic keys of a word, the most usual first; two where one letter of it is read in two ways.

    Latin h is х or (Ukrainian, Belarusian) г, ch is ч or (German, Polish) х, x is ks or х, j is й or (French,
    Uzbek) ж, c is ц or к; Cyrillic щ is Russian щ or Bulgarian шт (Transliteration Act 2009: sht); a Belarusian
    word is itself and its Russian form (Марозаў, Morozov).
    """
    word = word.lower()
    if not word.isascii():
        word = _STRESS.sub("", unicodedata.normalize("NFC", word))
    spelled = _spelled(word)
    russian = russian_form(word)
    if russian is not None:
        return _distinct(_usual(spelled), _usual(_spelled(russian)))
    found = _rules_in(spelled)
    usual = _sounds(spelled, "", found)
    if found:
        doubts = {rule[3] for _, rule, _ in found}
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


def _rules_in(spelled: str) -> list[tuple[int, _Rule, int]]:
    """The rules that hold in a spelling, in order, each between where it begins and where it ends."""
    return [(found.start(), _BRANCHES[(found.lastindex or 1) - 1][1], found.end()) for found in _RULE.finditer(spelled)]


def _usual(spelled: str) -> str:
    return _sounds(spelled, "", _rules_in(spelled))


def _sounds(spelled: str, doubt: str, rules: Sequence[tuple[int, _Rule, int]]) -> str:
    """The sounds of a spelling by the rules that hold in it, with one doubt decided the other way."""
    if not rules:
        return _settled(spelled.upper()).lower()
    ch = _reading_of_ch(spelled) if "ch" in spelled else "C"
    parts: list[str] = []
    at = 0
    for start, (_, usual, other, rule_doubt), stop in rules:
        if rule_doubt == "ch" and usual == "C" and ch != "C":
            sound = ch if doubt != "ch" else "C"
        elif rule_doubt == "h" and "kh" in spelled:
            sound = "X" if doubt == "h" else "G"
        else:
            sound = other if rule_doubt and rule_doubt == doubt else usual
        parts += (spelled[at:start], sound)
        at = stop
    parts.append(spelled[at:])
    return _settled("".join(parts).upper()).lower()


def _settled(sounds: str) -> str:
    """The sounds with those folded that stand together; each rule is tried only where a sound of it stands."""
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


# ---------------------------------------------------------------------------------------------------- nearness

#: Edits that two keys may be apart, by the length of the shorter: none below 4, one below 8, else two.
ONE_EDIT_FROM = 4
TWO_EDITS_FROM = 8
_FULL = 10_000
#: What one edit takes off, in hundredths of a letter: a plain one, and one that spelling systems disagree about.
_PLAIN = 150
CHEAPEST_EDIT = 50
#: Sounds that systems or neighbouring languages exchange.
_CHEAP_PAIRS = frozenset(
    # г/h/х; ж as j; ч and ш of French, х of German ch; ё without its dots; akanie (Belarusian orthography);
    # ы/и/е; ў and в; č š ž with their hooks lost; ц as c, z and tz; Ukrainian і for Russian о and е (ніс, ліс)
    ("gx", "ij", "cw", "cx", "eo", "ao", "ae", "ei", "uv", "cy", "sw", "jz", "yz", "ky", "io", "fv")
)
_CHEAP_INSERTED = frozenset("i")


def near_slavic(a: str, b: str) -> int:
    """How near two Slavic keys are, from 0 to 10,000; 0 beyond the edits their length allows (OSA distance).

    An edit costs 1.5 letters of the longer key, half a letter where spelling systems or neighbouring languages
    exchange the two sounds.
    """
    if a == b:
        return _FULL
    shorter = min(len(a), len(b))
    allowed = (shorter >= ONE_EDIT_FROM) + (shorter >= TWO_EDITS_FROM)
    if not allowed or abs(len(a) - len(b)) > allowed:
        return 0
    distance = OSA.distance(a, b, score_cutoff=allowed)
    if distance > allowed:
        return 0
    if a > b:
        a, b = b, a
    return max(_FULL - _FULL * _cost(a, b, distance) // (100 * max(len(a), len(b))), 1)


def _cost(a: str, b: str, distance: int) -> int:
    edits = Levenshtein.editops(a, b)
    if len(edits) > distance:  # two neighbours changed places
        return _PLAIN * distance
    cost = 0
    for edit in edits:
        if edit.tag == "replace":
            one, other = a[edit.src_pos], b[edit.dest_pos]
            is_cheap = (one + other if one < other else other + one) in _CHEAP_PAIRS
        else:
            is_cheap = (a[edit.src_pos] if edit.tag == "delete" else b[edit.dest_pos]) in _CHEAP_INSERTED
        cost += CHEAPEST_EDIT if is_cheap else _PLAIN
    return cost


# --------------------------------------------------------------------------------------------------- given names


class _Given(NamedTuple):
    """The table of given names: the classes of Slavic keys, and of spellings that stand for themselves alone."""

    keys: Mapping[str, tuple[str, ...]]
    spellings: Mapping[str, tuple[str, ...]]


@cache
def _given() -> _Given:
    text = files("screenkit.names").joinpath("tables", "slavic_given.txt").read_text(encoding="utf-8")
    by_key: dict[str, list[str]] = {}
    by_spelling: dict[str, list[str]] = {}
    for line in text.splitlines():
        if not line.startswith("#"):
            name, _, spellings = line.partition("\t")
            for spelling in spellings.lower().split(", "):
                if spelling[0] == "=":
                    by_spelling.setdefault(_plain(spelling[1:]), []).append(name)
                else:
                    for key in folds(spelling):
                        by_key.setdefault(key, []).append(name)
    return _Given(_unrepeated(by_key), _unrepeated(by_spelling))


def _unrepeated(classes: Mapping[str, list[str]]) -> Mapping[str, tuple[str, ...]]:
    return {key: tuple(dict.fromkeys(names)) for key, names in classes.items()}


def _plain(word: str) -> str:
    """The word without diacritics."""
    if word.isascii():
        return word
    return "".join(mark for mark in unicodedata.normalize("NFD", word) if not unicodedata.combining(mark))


def given_classes(word: str) -> tuple[str, ...]:
    """The classes that a casefolded given name belongs to, each by a Slavic key; none where it is unknown.

    A short form may stand for several names. A spelling of the table that stands for itself alone goes before the
    sounds that it shares with others.

    >>> given_classes("уладзімір"), given_classes("volodymyr"), given_classes("vlad"), given_classes("putin")
    (('vladimir',), ('vladimir',), ('vladimir', 'vladislav'), ())
    """
    given = _given()
    found = given.spellings.get(_plain(word))
    if found is not None:
        return found
    return tuple(dict.fromkeys(name for key in folds(word) for name in given.keys.get(key, ())))


def given_class(key: str) -> str | None:
    """The first class of a folded given name, by its Slavic key; None where unknown.

    >>> given_class(fold("уладзімір")), given_class(fold("volodymyr")), given_class(fold("putin"))
    ('vladimir', 'vladimir', None)
    """
    found = _given().keys.get(key)
    return found[0] if found else None
