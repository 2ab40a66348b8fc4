"""A word of Hindi in Latin letters, as names are spelled: `devanagari`."""

from __future__ import annotations

import re
import unicodedata

from screenkit.names.notation import compiled, read, rewrite

_NUKTA, _KILLER = "\u093c", "\u094d"
_NASALS, _SILENT = "\u0901\u0902", "\u0903\u093d"
_TABLE = read("small_scripts/devanagari.txt")
_LETTERS = _TABLE.letters("letters")
_DOTTED = {unicodedata.normalize("NFD", key): sound for key, sound in _TABLE.pairs("dotted").items()}
_VOWELS = _TABLE.letters("vowels")
_RULES = compiled(_TABLE.rules())
_SONORANTS = re.compile("[yrvlnm]")
#: The vowel of a consonant without a sign, until it is known whether it is heard.
_INHERENT = "?"
_UNIT = re.compile(f".{_NUKTA}?", re.DOTALL)


def devanagari(word: str) -> str:
    """A word in Devanagari in Latin (Hunterian), without the inherent vowels that Hindi doesn't pronounce.

    >>> devanagari("नरेन्द्र"), devanagari("मोदी"), devanagari("मनमोहन"), devanagari("हाफ़िज़"), devanagari("सिंह")
    ('narendra', 'modi', 'manmohan', 'hafiz', 'singh')
    """
    units: list[tuple[str, str]] = []
    for written in _UNIT.findall(unicodedata.normalize("NFD", word)):
        letter = written[0]
        consonant, vowel = units[-1] if units else ("", "")
        if letter in _LETTERS:
            units.append((_DOTTED.get(written, _LETTERS[letter]), _INHERENT))
        elif letter in _VOWELS:
            if vowel == _INHERENT and unicodedata.category(letter)[0] == "M":
                units[-1] = (consonant, _VOWELS[letter])
            else:
                units.append(("", _VOWELS[letter]))
        elif letter == _KILLER:
            units[-1:] = [(consonant, "")] if units else []
        elif letter in _NASALS:
            units[-1:] = [(consonant, "a" if vowel == _INHERENT else vowel)] if units else []
            units.append(("n", ""))
        elif letter not in _SILENT and unicodedata.category(letter)[0] != "M":
            units.append((letter, ""))
    return rewrite("".join(consonant + vowel for consonant, vowel in _heard(units)), _RULES)


def _heard(units: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Consonants and vowels with the inherent vowels that are heard.

    From the end on, it isn't heard at the end of a word, but behind a cluster that ends in a sonorant (Narendra), nor
    between a vowel and a consonant that has one (Manmohan).
    """
    found = list(units)
    last = len(found) - 1
    for at in range(last, -1, -1):
        consonant, vowel = found[at]
        if vowel != _INHERENT:
            continue
        before = bool(at and found[at - 1][1])
        if at == last:
            is_heard = not at or (not before and _SONORANTS.match(consonant) is not None)
        else:
            is_heard = not (before and found[at + 1][0] and found[at + 1][1])
        found[at] = consonant, "a" if is_heard else ""
    return found
