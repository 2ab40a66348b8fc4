"""The phonetic keys of an Arabic, Persian or Hebrew word in Latin letters, however it was romanized: `latin_keys`.

Mohammed, Muhammad and Mohamad become "muhamed" or a key that is as good as equal to it. The spellings of
BGN/PCGN, ALA-LC, DIN 31635 and UNGEGN are read beside the customary ones: French (Kadhafi, Chouman, Hocine, Salmane),
English (Saeed, Noor), Persian (Ghasem, -zadeh), Turkish and Hebrew (Chai, Tzvi).
"""

from __future__ import annotations

import re
import unicodedata
from itertools import product

from screenkit.names.notation import read

#: The most keys that `latin_keys` gives.
MOST_KEYS = 4
#: Shorter words have no reading of v as ف, and none of Italian, French and Serbian: they would be other words (Veb and
#: Fab, Chike and Kaikai).
_SHORTEST_V, _SHORTEST_FOREIGN = 5, 6
#: A longer run of letters is no name, and has no keys.
MOST_LETTERS = 48

#: The key of God's name by itself, in either script: it sounds like no Ali, whose key would be as short.
ALLAH = "'llh"
_ALLAH = re.compile("(?:ou|[aeou])llah")
# Pakistan and Bengal write the article at the end of the word before it: Zahirul Islam is Zahir al-Islam. Shorter words
# are names of their own (Batul, Rasul).
_ARTICLE_AFTER = re.compile("(?<=[a-z]{4})ul$")
# French writes a g before e, i and y as gu (Cherghi, Chergui).
_FRENCH_G = re.compile("gu(?=[eiy])")

_TABLE = read("arabic/latin.txt")
_DIACRITICS = str.maketrans(_TABLE.letters("diacritics"))
_SOUNDS = _TABLE.pairs("sounds")
# The sound of several letters is written in a capital first, so that it isn't read as a letter again.
_LETTERS = str.maketrans(
    {letter: sound for letter, sound in _SOUNDS.items() if len(letter) == 1}
    | {sound.upper(): sound for sound in _SOUNDS.values() if len(sound) == 1}
)
_DIGRAPH = re.compile("|".join(sorted((one for one in _SOUNDS if len(one) > 1), key=len, reverse=True)))
_SOFT_C = re.compile("c+(?=[eiy])")
# Italian ch is k and c is ch before e and i (Chiara, Vicini); French endings that are heard as o (Renault, Callot).
_VOWELS = frozenset("aeio")
_ITALIAN = re.compile("(?<![st])(?:c?(ch)|cc?)(?=[ei])")
_FRENCH_O = re.compile("(?:eaux?|aul?[dtx]|ots?)$")
_TWICE = re.compile(r"(.)\1")
_DOUBLED = re.compile(r"(dh|gh|kh|sh|th|ch|[b-df-hj-np-tvxz])\1+|([cdgkst])(?=\2h)")
# Rules that look twice at what follows are beyond the notation of tables and stay here.
# The article inside a compound goes, and its vowel, which says nothing, becomes one that may be any: Abdulaziz,
# Abdelaziz, Abderrahmane; Abulfazl, Abolfazl; Saifullah, Seifallah; Salahuddin, Salaheddine.
_FIRST_ARTICLES = (
    (re.compile(r"^('?[ae]bd)'?[aeiou]{1,2}(?:l'?(?=[a-z']{3})(?!l?[ae]h?[iy]?$|aye$)|(?=[^aeiou']))"), r"\1'"),
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


def _apart() -> re.Pattern[str]:
    """Stems in which s, t, d, z or k and a following h are two letters (tables/digraphs.txt)."""
    pairs = [stem.split("·") for stem, _ in read("arabic/digraphs.txt").rows(2)]
    before = "".join(sorted({left[-1] for left, _ in pairs}))
    stems = "|".join(f"(?<={left})(?={right})" for left, right in pairs)
    return re.compile(f"(?<=[{before}])(?=h)(?:{stems})")


_APART = _apart()


def latin_keys(word: str) -> tuple[str, ...]:
    """The keys of a word, the likeliest first, at most `MOST_KEYS`; none without Latin letters.

    >>> latin_keys("Qaddafi")
    ('qadafi',)
    """
    word = _bare(word)
    if len(word) > MOST_LETTERS:
        return ()
    if "h" in word:
        word = _APART.sub("'", word)
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
        # Arabic has no v: it writes ف in foreign names (Osvaldo, أوزفالدو), and ب.
        keys += [_key(word.replace("v", "f"))] if len(word) >= _SHORTEST_V else []
        keys.append(_key(word.replace("v", "b")))
    if len(word) < _SHORTEST_FOREIGN:
        return _few(keys)
    if word[-1] in _VOWELS and _ITALIAN.search(word):
        keys.append(_key(_ITALIAN.sub(lambda found: "k" if found[1] else "ch", word)))
    if _FRENCH_O.search(word):
        keys.append(_key(_FRENCH_O.sub("o", word)))
    if "gu" in word:
        keys.append(_key(_FRENCH_G.sub("g", word)))
    if _ARTICLE_AFTER.search(word):
        keys.append(_key(_ARTICLE_AFTER.sub("", word)))
    if word.endswith("ic"):
        # Serbian and Croatian ć without its mark.
        keys.append(_key(f"{word}h"))
    return _few(keys)


def _few(keys: list[str]) -> tuple[str, ...]:
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
    if _ALLAH.fullmatch(word):
        return ALLAH
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
