"""The phonetic keys of a word in Arabic or Hebrew script, and its usual Latin spelling: `native_keys`, `printed`.

Arabic, Persian, Urdu, Pashto and Hebrew write consonants and long vowels and leave short vowels out: محمد is
"mhmd". `measure` describes the letters of a key; latin.py makes the same ones of Latin words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from itertools import zip_longest

from screenkit.names.notation import read

from .latin import ALLAH, MOST_KEYS, MOST_LETTERS, latin_key
from .measure import parts

_TABLE = read("arabic/letters.txt")
#: Damma, which only `_SILENT_WAW` writes, is a u.
_LETTERS = {**_TABLE.letters("arabic"), **_TABLE.letters("hebrew"), "\u064f": "u"}
_SPIRANTS, _STOPS, _OTHERWISE, _ASPIRATES, _EXCHANGED = (
    str.maketrans(_TABLE.letters(section))
    for section in ("hebrew spirants", "hebrew stops", "hebrew otherwise", "aspirates", "exchanged")
)
_IS_HEBREW = re.compile("[\u0590-\u05ff]")
# The article, also inside of Abd al-X, Abu al-X, X al-Din and X Allah; never that of Allah and Elahi themselves.
_ARTICLE = re.compile("^(?:وال|ال|ٱل)(?!ل?[هہە][یيى]?$)(?=..)")
# So few letters after the article may be the rest of a name that begins like it: الان is Alain.
_SHORT_STEM = 2
_FATHERS = ("ابو", "أبو")
# In the Maghreb the article is one sound with the letter after it, unless that is a sun letter (الهواري, Lahouari).
_HEARD_ARTICLE = re.compile("^ال(?=[اأإآبجحخعغفقكکمهويی]..)")
_GOD_ALONE = re.compile("الل[هہە]")
_GOD = re.compile("^(.+?)ا?لل([هہە][یيى]?)$")
# Of Arabic names in Hebrew: נסראללה, חיזבאללה.
_GOD_IN_HEBREW = re.compile("(?<=..)א?ללה$")
_ASPIRATE = re.compile("([كکگتٹدڈچ])ھ")
# Persian: vav is silent between khe and alef (BGN/PCGN 2019), though Khwaja keeps it in Latin.
_SILENT_WAW = re.compile("(?<=خ)و(?=ا)")
_SERVANT = re.compile("^عبدال(?=..)(?!ل[هہە])")
_OF_ARTICLE = re.compile("(?<=^[اأ]بو)ال(?=..)|(?<=..)ال(?=دین$|دين$)")
_PRINTED, _KEYS_PRINTED = _TABLE.letters("printed"), _TABLE.letters("printed keys")
_VOWELS = ("a", "i", "u")
_GERESH, _CLUSTERS = _TABLE.pairs("foreign pairs"), _TABLE.pairs("foreign clusters")
_GERESH_PAIR, _CLUSTER = re.compile("|".join(_GERESH)), re.compile("|".join(_CLUSTERS))


def plain(word: str) -> str:
    """The word composed (NFKC), without vowel signs, tatweel and invisible characters."""
    if word.isascii():
        return word
    composed = unicodedata.normalize("NFKC", word)
    return "".join(c for c in composed if c != "ـ" and unicodedata.category(c) not in ("Mn", "Cf"))


def exchanged_letters(word: str) -> str:
    """The word with letters that writers exchange made one: the forms of alef, ya, kaf and ha.

    >>> exchanged_letters("أحمد") == exchanged_letters("احمد"), exchanged_letters("سالم") == exchanged_letters("سليم")
    (True, False)
    """
    return plain(word).translate(_EXCHANGED)


#: The ending of Persian words that come of one in a silent h.
_EI = re.compile("[هہە][ايیىئ][یيى]$")
_SHORTEST_OF_EI = 4


def native_keys(word: str) -> tuple[str, ...]:
    """The keys of a word, the likeliest first: up to four; none without such letters.

    The article is dropped, also inside of Abd al-X, Abu al-X, X al-Din and X Allah; a second key may have it, as the
    Maghreb speaks it. A final ya with its dots may be alef maksura, which has none (سلمي, Salma).

    >>> native_keys("الحسين"), native_keys("فرزات"), native_keys("אבי"), native_keys("سلمي")
    (('husayn', 'lhsyn'), ('frzot',), ("'wy", "'by"), ('salmo', 'slmy'))
    """
    word = plain(word)
    if len(word) > MOST_LETTERS:
        return ()
    readings = [word]
    if len(word) > _SHORTEST_OF_EI and _EI.search(word):
        # Persian: the h is not heard (خامنه‌ای, Khamenei).
        readings.append(_EI.sub("ئی", word))
    clustered = _CLUSTER.sub(lambda cluster: _CLUSTERS[cluster[0]], word)
    if _IS_HEBREW.search(word):
        word = _GOD_IN_HEBREW.sub("לה", word)
        word = _GERESH_PAIR.sub(lambda pair: _GERESH[pair[0]], word)
        stops = word.translate(_STOPS)
        readings = [stops[:1] + word[1:].translate(_SPIRANTS), stops, word.translate(_OTHERWISE)]
    if clustered != word:
        readings.append(clustered)
    if "ؤ" in word:
        readings.append(word.replace("ؤ", "و"))
    keys = [_key(reading) for reading in readings]
    keys += _others(word)
    return tuple([key for key in dict.fromkeys(keys) if key][:MOST_KEYS])


def _others(word: str) -> Iterator[str]:
    """Further keys of a word in Arabic script: of a foreign name, of a doubtful ending, and with its article heard."""
    folded = _ARTICLE.sub("", word).translate(_EXCHANGED)
    for latin in _FOREIGN.get(word.translate(_EXCHANGED), ()):
        yield latin_key(latin)
    if folded in _ENDS_IN_A:
        yield _letters(folded)
    if word.startswith(_FATHERS):
        # Bouali is Abu Ali in the Maghreb.
        yield _key(word[1:])
    if word.startswith("ال"):
        if len(word) - len("ال") <= _SHORT_STEM:
            yield _letters(word)
        elif _HEARD_ARTICLE.match(word) and not _GOD_ALONE.fullmatch(word):
            yield _letters(word.removeprefix("ا"))


def _key(word: str) -> str:
    known = _VOWELED.get(word.translate(_EXCHANGED))
    if known is not None:
        return known
    if _GOD_ALONE.fullmatch(word):
        return ALLAH
    word = _ARTICLE.sub("", word)
    servant = _SERVANT.match(word)
    if servant:
        return "abd'" + _key(word[servant.end() :])
    word = _OF_ARTICLE.sub("", word)
    word = _GOD.sub(r"\1ل\2", word)
    return _VOWELED.get(word.translate(_EXCHANGED)) or _letters(word)


def _letters(word: str) -> str:
    """The letters of a word as those of a key, without the vowels that aren't written."""
    word = _ASPIRATE.sub(lambda found: found[1].translate(_ASPIRATES), word)
    word = _SILENT_WAW.sub("\u064f", word)
    letters: list[str] = []
    for at, character in enumerate(word):
        letter = _LETTERS.get(character)
        if letter is None:
            continue
        if character == "ا" and letters:
            letter = "o"
        elif character == "ة" and at + 1 < len(word):
            letter = "t"
        letters.append(letter)
    return "".join(letters)


def _names() -> Mapping[str, str]:
    return {native.translate(_EXCHANGED): latin for native, latin in read("arabic/names.txt").rows(2)}


#: Common names, with their ALA-LC romanization (tables/names.txt).
NAMES = _names()


def _vowels() -> Mapping[str, str]:
    """Keys of common names: the consonants of their letters, the vowels of their romanization."""
    keys = {}
    for native, latin in NAMES.items():
        letters = _letters(native)
        _, consonants, _, last_h = parts(letters)
        slots = parts(latin_key(latin)).slots
        keys[native] = "".join(map("".join, zip_longest(slots, consonants, fillvalue=""))) + "h" * last_h
    return keys


#: Common names with their exchanged letters made one, to their keys with vowels.
_VOWELED = _vowels()
#: Those of them that end in alef maksura, which many write with the dots of a ya.
_ENDS_IN_A = frozenset(
    native.translate(_EXCHANGED) for native, _ in read("arabic/names.txt").rows(2) if native.endswith("ى")
)


def _foreign() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for latin, natives in read("arabic/foreign_names.txt").rows(2):
        for native in natives.split(", "):
            found.setdefault(native.translate(_EXCHANGED), []).append(latin)
    return {native: tuple(latins) for native, latins in found.items()}


#: European given names as Arabs bear them, by what Arabic script makes of them (tables/foreign_names.txt).
_FOREIGN = _foreign()


# "Sayyid" and "mir", which Persian writes in one word with the given name.
_GLUED_TITLE = re.compile("(س[يی]د|م[يی]ر)(.{3,})")


def without_title(word: str) -> tuple[str, str] | None:
    """A title and the given name that it is written in one word with, where the name is a common one.

    >>> without_title("سیدرضا"), without_title("میرزا")
    (('سید', 'رضا'), None)
    """
    glued = _GLUED_TITLE.fullmatch(word)
    if glued is None or glued[2].translate(_EXCHANGED) not in _VOWELED:
        return None
    return glued[1], glued[2]


def printed(word: str) -> str:
    """The word in Latin letters as one would print it; unknown short vowels are read as "a".

    >>> printed("محمد"), printed("فرزات")
    ('Muhammad', 'Farzat')
    """
    word = plain(word)
    known = NAMES.get(_ARTICLE.sub("", word).translate(_EXCHANGED))
    if known is not None:
        bare = unicodedata.normalize("NFKD", known).replace("ʿ", "").replace("ʾ", "'")
        return "".join(c for c in bare if unicodedata.category(c) != "Mn")
    return _spelled(word).capitalize()


def _spelled(word: str) -> str:
    """Letter by letter (BGN/PCGN 1956, 2019), an "a" where two consonants meet before a third or at the beginning."""
    word = _ARTICLE.sub("", word)
    spelled: list[str] = []
    for at, character in enumerate(word):
        sound = _LETTERS.get(character, "")
        if character == "ا" or (character == "ع" and not at):
            latin = "a"
        elif sound in ("w", "y") and (not at or word[at + 1 : at + 2] in ("ا", "آ") or spelled[-1:] == ["a"]):
            latin = sound
        else:
            latin = _PRINTED.get(character, _KEYS_PRINTED.get(sound, sound))
        if not latin:
            continue
        if spelled and latin not in _VOWELS and spelled[-1] not in _VOWELS:
            follows = len(spelled) > 1 and spelled[-2] not in _VOWELS
            spelled += [] if follows or (len(spelled) > 1 and at + 1 < len(word)) else ["a"]
        spelled.append(latin)
    return "".join(spelled)
