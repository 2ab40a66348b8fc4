"""A Burmese syllable in Latin letters, as names are spelled: `burmese`.

`is_one_syllable` says whether two Latin words are spellings of one syllable.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from screenkit.names.notation import compiled, read, rewrite

#: The script of Burmese, and of Shan, Mon and Karen, whose letters have no table.
SCRIPT = "Myanmar"

_STACKER, _KILLER = "\u1039", "\u103a"
_YA, _RA, _WA, _HA = "\u103b", "\u103c", "\u103d", "\u103e"
_TONES = "\u1037\u1038"
_VOWEL_SIGNS = "[\u102b-\u1036]"
_TABLE = read("small_scripts/burmese.txt")
_LETTERS = _TABLE.letters("letters")
_CLUSTERS = _TABLE.pairs("clusters")
_VOWELS = _TABLE.letters("vowels")
_WORDS = _TABLE.pairs("words")
_RULES = compiled(_TABLE.rules())
_LATIN_RULES = compiled(_TABLE.rules("latin spellings"))
# A stacker with nothing under it.
_UNSTACKED = re.compile(f"{_STACKER}(?![\u1000-\u1021])")
_CARRIER = "\u1021"
# A consonant, or the letter of a vowel; its medials; its vowel signs, a consonant that ends it, and its tone.
_PART = re.compile(
    "(?P<first>[\u1000-\u102a\u103f])(?P<medials>[\u103b-\u103e]*)"
    f"(?P<rhyme>(?:{_VOWEL_SIGNS}|{_KILLER}|[{_TONES}]|[\u1000-\u1021\u103f][\u1037]?{_KILLER})*)"
)


def _in_order(rhyme: str) -> str:
    """A rhyme with the two forms of ာ as one, its vowel signs in one order and its tone at the end."""
    rhyme = rhyme.replace("\u102b", "\u102c")
    vowels = "".join(sorted(re.findall(_VOWEL_SIGNS, rhyme)))
    tones = "".join(tone for tone in _TONES if tone in rhyme)
    return vowels + re.sub(f"{_VOWEL_SIGNS}|[{_TONES}]", "", rhyme) + tones


# Carried by အ in the table, where it may have the medial w before its vowel.
_RHYMES = {
    (_WA if key[1:2] == _WA else "") + _in_order(key.removeprefix(_CARRIER).removeprefix(_WA)): rhyme
    for key, rhyme in _TABLE.pairs("rhymes").items()
}


def burmese(word: str) -> str:
    """A Burmese syllable, or a word of Pali, in Latin (BGN/PCGN 1970, spelled as names are).

    >>> burmese("အောင်"), burmese("လှိုင်"), burmese("ထွန်း"), burmese("မြင့်"), burmese("စန္ဒာ")
    ('aung', 'hlaing', 'htun', 'myint', 'sandar')
    """
    word = unicodedata.normalize("NFC", word)
    if word in _WORDS:
        return _WORDS[word]
    return "".join(
        rewrite(_spelled(part["first"], part["medials"], part["rhyme"]), _RULES)
        for part in _PART.finditer(_unstacked(word))
    )


def is_dependable(word: str) -> bool:
    """Whether every letter of a syllable is read by the table.

    False for letters of Shan, Mon and Karen, for a rhyme that Burmese doesn't have, and for text in the encoding
    Zawgyi, which writes the vowel ေ before its consonant and the killer by the stacker's character.

    >>> is_dependable("အောင်"), is_dependable("\u1031\u1021\u102c\u1004\u1039")
    (True, False)
    """
    word = unicodedata.normalize("NFC", word)
    if word in _WORDS:
        return True
    if _UNSTACKED.search(word):
        return False
    read_to = 0
    for part in _PART.finditer(_unstacked(word)):
        rhyme = _in_order(part["rhyme"])
        is_known = part["first"] in _VOWELS or _found(rhyme) is not None or _found(_WA + rhyme) is not None
        if part.start() != read_to or not is_known:
            return False
        read_to = part.end()
    return read_to == len(_unstacked(word))


def _unstacked(word: str) -> str:
    """A stacked consonant as the beginning of a syllable, and the one above it as the end of the one before."""
    return word.replace(_KILLER + _STACKER, _KILLER).replace(_STACKER, _KILLER)


def _spelled(first: str, medials: str, written: str) -> str:
    rhyme = _in_order(written)
    if first in _VOWELS:
        return _VOWELS[first] + (_rhyme(rhyme)[1:] if rhyme.strip(_TONES) else "")
    medials = "".join(sorted(medials))
    if _WA in medials and (whole := _found(_WA + rhyme)) is not None:
        return _onset(first, medials.replace(_WA, "")) + whole
    return _onset(first, medials) + _rhyme(rhyme)


def _onset(first: str, medials: str) -> str:
    """A consonant with its medials."""
    for length in range(len(medials), 0, -1):
        for chosen in (medials[:length], medials[-length:]):
            if (cluster := _CLUSTERS.get(first + chosen)) is not None:
                return cluster + ("w" if _WA in medials and _WA not in chosen else "")
    sound = ("h" if _HA in medials else "") + _LETTERS[first]
    return sound + ("y" if _YA in medials or _RA in medials else "") + ("w" if _WA in medials else "")


def _found(rhyme: str) -> str | None:
    """A rhyme's own row, or that without its tone."""
    return _RHYMES.get(rhyme, _RHYMES.get(rhyme.rstrip(_TONES)))


def _rhyme(rhyme: str) -> str:
    """A rhyme; one that no name has, by its vowel alone."""
    found = _found(rhyme)
    if found is None:
        found = _found("".join(re.findall(_VOWEL_SIGNS, rhyme)))
    return "a" if found is None else found


def is_burmese(text: str) -> bool:
    """Whether a word is in Burmese script."""
    return "\u1000" <= text[:1] <= "\u109f"


def is_one_syllable(one: str, other: str) -> bool:
    """Whether two Latin words are spellings of one Burmese syllable.

    >>> is_one_syllable("htun", "tun"), is_one_syllable("khaing", "khine"), is_one_syllable("thein", "shein")
    (True, True, False)
    """
    return _by_sound(one) == _by_sound(other)


@lru_cache(maxsize=4_096)
def _by_sound(latin: str) -> str:
    return rewrite(latin, _LATIN_RULES)
