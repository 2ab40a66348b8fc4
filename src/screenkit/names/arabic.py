"""A word in Arabic or Hebrew script in, its keys in the Arabic sound space and readable Latin out.

Arabic, Persian, Urdu, Pashto and Hebrew write consonants and long vowels and leave short vowels out: محمد is
"mhmd". The letters of a key are those of `arabic_sound`; a reader of Latin words makes the same ones.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files
from itertools import zip_longest

from .arabic_latin import MOST_LETTERS, latin_key
from .arabic_sound import parts

# BGN/PCGN Arabic (1956) and Persian (2019), UNGEGN Arabic (2017), ALA-LC Urdu, Pashto and Kurdish; letters that
# romanisations tell apart by dots only (س ص, ت ط, د ض ...) share a letter, for customary Latin has no dots.
_ARABIC = {
    **dict.fromkeys("اأإٱءؤٲٳٵٴ", "'"),
    "آ": "o",
    **dict.fromkeys("بپٻڀ", "b"),
    **dict.fromkeys("تطٹټٺٿ", "t"),
    "ث": "v",
    **dict.fromkeys("جژږڄ", "j"),
    **dict.fromkeys("چشښڇ", "c"),
    **dict.fromkeys("حهہۀەۂۃةۿھ", "h"),
    "خ": "x",
    **dict.fromkeys("دڈډڌ", "d"),
    **dict.fromkeys("ذضظ", "p"),
    **dict.fromkeys("زځ", "z"),
    **dict.fromkeys("رڑړڕ", "r"),
    **dict.fromkeys("سصڅ", "s"),
    "ع": "'",
    **dict.fromkeys("غگݣڭګڳڱ", "g"),
    "ف": "f",
    "ق": "q",
    **dict.fromkeys("كکڪ", "k"),
    **dict.fromkeys("لڵ", "l"),
    "م": "m",
    **dict.fromkeys("نںڼڻ", "n"),
    **dict.fromkeys("وۆۇۈۋڤٶٷ", "w"),
    **dict.fromkeys("يیېےۍێٸۓ", "y"),
    # Alef maksura is "a" in Arabic, but Egypt and Afghanistan write their final ya so.
    "ى": "e",
    # Hamza on ya is written i, y, e or not at all: Naif, Nayef.
    "ئ": "e",
}
# Academy of the Hebrew Language (2006), UNGEGN: bet, kaf and pe are b, k, p at the beginning of a word, v, kh and f
# at its end, and either inside it; het is h or kh, shin sh or s.
_HEBREW = dict(zip("אבגדהוזחטיכךלמםנןסעפףצץקרשת", "'bgdhwzxtykxlmmnns'bfssqrct", strict=True))
_SPIRANTS = str.maketrans("בכפ", "וךף")
_STOPS = str.maketrans("כ", "ק")
_OTHERWISE = str.maketrans("שצץבכפח", "סזזוךףה")
_LETTERS = _ARABIC | _HEBREW | {"\u064f": "u"}
_IS_HEBREW = re.compile("[\u0590-\u05ff]")
# The article, also inside of Abd al-X, Abu al-X, X al-Din and X Allah; never that of Allah itself.
_ARTICLE = re.compile("^(?:وال|ال|ٱل)(?!ل?[هہە])(?=..)")
_GOD = re.compile("^(.+?)ا?لل([هہە][یيى]?)$")
# Do-chashmi he makes an aspirate of the Urdu letter before it (کھ kh, تھ th): what Latin writes with a digraph.
_ASPIRATES = str.maketrans("كکگتٹدڈچ", "خخغثثذذچ")
_ASPIRATE = re.compile("([كکگتٹدڈچ])ھ")
# Persian: vav is silent between khe and alef (BGN/PCGN 2019), though Khwaja keeps it in Latin.
_SILENT_WAW = re.compile("(?<=خ)و(?=ا)")
_SERVANT = re.compile("^عبدال(?=..)(?!ل[هہە])")
_OF_ARTICLE = re.compile("(?<=^[اأ]بو)ال(?=..)|(?<=..)ال(?=دین$|دين$)")
# What a spelling leaves to the writer: hamza on its alef, dots of a final ya, Arabic or Persian letters.
_ALIKE = str.maketrans("أإٱىيېكةہۀەھ", "ااایییکههههه")
# The letters of BGN/PCGN where a key has one letter for several.
_PRINTED = {
    "پ": "p", "ث": "th", "چ": "ch", "ش": "sh", "ژ": "zh", "خ": "kh", "ذ": "dh", "ض": "d", "ظ": "z", "غ": "gh",
    "ע": "", "ח": "h", "כ": "kh", "ך": "kh", "פ": "p", "צ": "ts", "ץ": "ts", "ש": "sh", "ק": "k", "ة": "a",
}  # fmt: skip
_VOWELS = ("a", "i", "u")
_SOUND_PRINTED = {"v": "th", "c": "sh", "x": "kh", "p": "d", "o": "a", "w": "u", "y": "i", "e": "a", "'": ""}


def plain(word: str) -> str:
    """The word composed (NFKC), without vowel signs, tatweel and invisible characters."""
    if word.isascii():
        return word
    composed = unicodedata.normalize("NFKC", word)
    return "".join(c for c in composed if c != "ـ" and unicodedata.category(c) not in ("Mn", "Cf"))


def letters_alike(word: str) -> str:
    """The word with letters that writers exchange made one: the forms of alef, ya, kaf and ha.

    >>> letters_alike("أحمد") == letters_alike("احمد"), letters_alike("سالم") == letters_alike("سليم")
    (True, False)
    """
    return plain(word).translate(_ALIKE)


@lru_cache(maxsize=32_768)
def native_keys(word: str) -> tuple[str, ...]:
    """The keys of a word, the likeliest first: one in Arabic script, up to three in Hebrew; none without such letters.

    >>> native_keys("الحسين"), native_keys("فرزات"), native_keys("אבי")
    (('husayn',), ('frzot',), ("'wy", "'by"))
    """
    word = plain(word)
    if len(word) > MOST_LETTERS:
        return ()
    readings = [word]
    if _IS_HEBREW.search(word):
        stops = word.translate(_STOPS)
        readings = [stops[:1] + word[1:].translate(_SPIRANTS), stops, word.translate(_OTHERWISE)]
    keys = dict.fromkeys(_key(reading) for reading in readings)
    return tuple(key for key in keys if key)


def native_key(word: str) -> str:
    """The likeliest key of a word; "" where it has no letter of these scripts.

    The article is dropped, also inside of Abd al-X, Abu al-X, X al-Din and X Allah.
    """
    keys = native_keys(word)
    return keys[0] if keys else ""


def _key(word: str) -> str:
    word = _ARTICLE.sub("", word)
    servant = _SERVANT.match(word)
    if servant:
        return "abd'" + _key(word[servant.end() :])
    word = _OF_ARTICLE.sub("", word)
    word = _GOD.sub(r"\1ل\2", word)
    return _vowels().get(word.translate(_ALIKE)) or _letters(word)


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


@cache
def names() -> Mapping[str, str]:
    """Common names, letters alike, with their ALA-LC romanization (tables/arabic_names.txt)."""
    text = files("screenkit.names").joinpath("tables", "arabic_names.txt").read_text(encoding="utf-8")
    lines = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return {native.translate(_ALIKE): latin for native, latin in lines}


@cache
def _vowels() -> Mapping[str, str]:
    """Keys of common names: the consonants of their letters, the vowels of their romanization."""
    keys = {}
    for native, latin in names().items():
        letters = _letters(native)
        _, consonants, _, last_h = parts(letters)
        slots = parts(latin_key(latin)).slots
        keys[native] = "".join(map("".join, zip_longest(slots, consonants, fillvalue=""))) + "h" * last_h
    return keys


def printed(word: str) -> str:
    """The word in Latin letters as one would print it; unknown short vowels are read as "a".

    >>> printed("محمد"), printed("فرزات")
    ('Muhammad', 'Farzat')
    """
    word = plain(word)
    known = names().get(_ARTICLE.sub("", word).translate(_ALIKE))
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
            latin = _PRINTED.get(character, _SOUND_PRINTED.get(sound, sound))
        if not latin:
            continue
        if spelled and latin not in _VOWELS and spelled[-1] not in _VOWELS:
            follows = len(spelled) > 1 and spelled[-2] not in _VOWELS
            spelled += [] if follows or (len(spelled) > 1 and at + 1 < len(word)) else ["a"]
        spelled.append(latin)
    return "".join(spelled)
