"""A Latin word in, its keys in the Arabic sound space out, whichever way the word was romanised.

Mohammed, Muhammad and Mohamad become "muhamed" or a key that `near_arabic` doesn't tell from it. The spellings of
BGN/PCGN, ALA-LC, DIN 31635 and UNGEGN are read beside the customary ones: French (Kadhafi, Chouman, Hocine, Salmane),
English (Saeed, Noor), Persian (Ghasem, -zadeh), Turkish and Hebrew (Chai, Tzvi).
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files
from itertools import product

#: The most keys that `latin_keys` gives.
MOST_KEYS = 3
#: A longer run of letters is no name, and has no keys.
MOST_LETTERS = 48

# Letters with diacritics whose sound isn't that of the bare letter (DIN 31635, ALA-LC, Turkish); the rest lose them.
_DIACRITICS = str.maketrans(
    {
        "ā": "aa", "ī": "ee", "ū": "oo", "â": "aa", "î": "ee", "û": "oo", "ḫ": "kh", "ẖ": "kh", "ġ": "gh", "ğ": "gh",
        "š": "sh", "ş": "sh", "ș": "sh", "ž": "zh", "č": "tch", "ç": "tch", "ǧ": "j", "ǰ": "j", "ḏ": "dh", "ṯ": "th",
        "ı": "i", "ö": "o", "ü": "u", "ə": "a", "æ": "a", "ø": "o", "ß": "ss", "đ": "d", "ł": "l", "þ": "th",
        "ð": "dh", "ʿ": "'", "ʾ": "'", "’": "'", "‘": "'", "ʻ": "'", "ʼ": "'", "`": "'",
    }
)  # fmt: skip
_SOUNDS = {
    "tch": "c", "sch": "c", "dsch": "j", "dzh": "j", "dj": "j", "sh": "c", "ch": "c", "kh": "x", "gh": "g", "th": "v",
    "dh": "p", "zh": "j", "ph": "f", "ck": "k", "tz": "s", "ts": "s", "x": "ks", "p": "b", "c": "k",
    "aa": "o", "ee": "y", "oo": "w", "ii": "y", "uu": "w", "ou": "u", "o": "u", "v": "w",
}  # fmt: skip
# The sound of several letters is written in a capital first, so that it isn't read as a letter again.
_LETTERS = str.maketrans(
    {letter: sound for letter, sound in _SOUNDS.items() if len(letter) == 1}
    | {sound.upper(): sound for sound in _SOUNDS.values() if len(sound) == 1}
)
_DIGRAPH = re.compile("|".join(sorted((one for one in _SOUNDS if len(one) > 1), key=len, reverse=True)))
_SOFT_C = re.compile("c+(?=[eiy])")
_TWICE = re.compile(r"(.)\1")
_DOUBLED = re.compile(r"(dh|gh|kh|sh|th|ch|[b-df-hj-np-tvxz])\1+|([cdgkst])(?=\2h)")
# The article inside a compound goes, and its vowel, which says nothing, becomes one that may be any: Abdulaziz,
# Abdelaziz, Abderrahmane; Abulfazl, Abolfazl; Saifullah, Seifallah; Salahuddin, Salaheddine.
_FIRST_ARTICLES = (
    (re.compile(r"^('?[ae]bd)'?[aeiou]{1,2}(?:l'?(?=[a-z']{3})(?!l?[ae]h?i?$|aye$)|(?=[^aeiou']))"), r"\1'"),
    (re.compile(r"^('?[ae]b[ou]{1,2})l(?=[^aeiou'l][a-z']{2})"), r"\1"),
)
_LAST_ARTICLES = (
    (re.compile(r"(?<=[a-z]{3})(?:ou|oo|[aeiou])[l']?(?=d+[ie]{1,2}ne?$)"), "'"),
    (re.compile(r"(?<=[a-z]{3})(?:ou|oo|[aeiou])(?=ll[ae]h?i?$|l[ae]hi?$)"), "'"),
)
_FIRST_PARTS = ("ab", "eb", "'ab", "'eb")
_LAST_PARTS = tuple(map("".join, product("d", ("i", "e", "ii", "ie", "ei", "ee"), ("n", "ne")))) + tuple(
    map("".join, product(("l",), "ae", ("", "h", "i", "hi")))
)
# The article written together with its word, its l assimilated before a sun letter: Alshawa, Eltayeb, Ennahda.
_ARTICLE = re.compile(r"^[aeiu](?:l|sh(?=sh)|([tdrzsn])(?=\1))(?=[a-z']{3})")


@cache
def _apart() -> re.Pattern[str]:
    """Stems in which s, t, d, z or k and a following h are two letters (tables/arabic_digraphs.txt)."""
    text = files("screenkit.names").joinpath("tables", "arabic_digraphs.txt").read_text(encoding="utf-8")
    stems = (line.split("\t")[0].split("·") for line in text.splitlines() if line and not line.startswith("#"))
    pairs = [(left, right) for left, right in stems]
    before = "".join(sorted({left[-1] for left, _ in pairs}))
    stems_apart = "|".join(f"(?<={left})(?={right})" for left, right in pairs)
    return re.compile(f"(?<=[{before}])(?=h)(?:{stems_apart})")


@lru_cache(maxsize=1_024)
def latin_keys(word: str) -> tuple[str, ...]:
    """The keys of a word, the likeliest first, at most `MOST_KEYS`; none without Latin letters.

    >>> latin_keys("Qaddafi")
    ('qadafi',)
    """
    word = _bare(word)
    if len(word) > MOST_LETTERS:
        return ()
    if "h" in word:
        word = _apart().sub("'", word)
    readings = [word]
    stem = _ARTICLE.sub("", word) if word[:1] in "aeiu" else word
    if stem != word and len(stem.strip("aeiou'")) > 2:
        readings.append(stem)
    keys = [_key(reading) for reading in readings]
    if "ch" in word and "tch" not in word and "sch" not in word:
        # German and Hebrew "ch" is ح or خ (Chasdai, Scheich), French and English "ch" ش or چ.
        keys.append(_key(word.replace("ch", "kh")))
    if "th" in word:
        # English "th" is ذ and ظ as well as ث (Kathim, Hutham).
        keys.append(_key(word.replace("th", "dh")))
    if "v" in word:
        keys.append(_key(word.replace("v", "b")))
    return tuple([key for key in dict.fromkeys(keys) if key][:MOST_KEYS])


def latin_key(word: str) -> str:
    """The likeliest key of a word; "" where it has no letter."""
    keys = latin_keys(word)
    return keys[0] if keys else ""


def _bare(word: str) -> str:
    if word.isascii() and word.isalpha():
        return word.lower()
    folded = unicodedata.normalize("NFC", word.casefold()).translate(_DIACRITICS)
    folded = unicodedata.normalize("NFKD", folded)
    return "".join(character for character in folded if "a" <= character <= "z" or character == "'")


def _key(word: str) -> str:
    for article, vowel in _FIRST_ARTICLES if word.startswith(_FIRST_PARTS) else ():
        word = article.sub(vowel, word)
    for article, vowel in _LAST_ARTICLES if word.endswith(_LAST_PARTS) else ():
        word = article.sub(vowel, word)
    if "c" in word:
        word = _SOFT_C.sub("s", word)
    # A doubled digraph has two h.
    if _TWICE.search(word) or word.count("h") > 1:
        word = _DOUBLED.sub(r"\1", word)
    return _DIGRAPH.sub(_capital, word).translate(_LETTERS)


def _capital(found: re.Match[str]) -> str:
    return _SOUNDS[found[0]].upper()
