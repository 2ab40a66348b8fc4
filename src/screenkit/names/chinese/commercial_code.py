"""Chinese Commercial Codes and the characters they stand for, checked against the Latin name.

The codes are those of the telegraph books: four digits a character, in Unihan's kMainlandTelegraph (simplified) and
kTaiwanTelegraph (traditional). OFAC prints them in remarks, now and then with a typing error, so characters decoded
from codes are a name only where they `agree` with the Latin name of the record.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice, product

from screenkit.model import Designation, IdentifierType, Kind, ListedName
from screenkit.model.name import Sound
from screenkit.names.clean import clean
from screenkit.names.split import Word, split_words

from .characters import telegraph
from .han import han_readings
from .latin import latin_readings

_FOUR_DIGITS = re.compile("[0-9]{4}")
_BETWEEN = re.compile("[0-9 /;,.-]*")
TABLES = ("kMainlandTelegraph", "kTaiwanTelegraph")
#: The longest name in codes, and the most characters strings for one.
MOST_CODES, MOST_CANDIDATES = 6, 8


def decode_all(codes: str) -> tuple[str, ...]:
    """Every string of characters that the codes may stand for, one book's before the other's; () where none.

    >>> decode_all("1728 4320")
    ('张磊', '張磊')
    """
    found = _FOUR_DIGITS.findall(codes)
    if not 0 < len(found) <= MOST_CODES or not _BETWEEN.fullmatch(codes) or len("".join(found)) != _digits(codes):
        return ()
    candidates: dict[str, None] = {}
    for table in TABLES:
        cells = [telegraph(table).get(code, ()) for code in found]
        candidates.update(dict.fromkeys(map("".join, islice(product(*cells), MOST_CANDIDATES))))
    return tuple(islice(candidates, MOST_CANDIDATES))


def _digits(codes: str) -> int:
    return sum(character.isdigit() for character in codes)


def decode(codes: str) -> str | None:
    """The likeliest characters for codes such as "1728 4320", the mainland's book first; None where they are no codes.

    >>> decode("1728 4320")
    '张磊'
    """
    return next(iter(decode_all(codes)), None)


def agrees(characters: str, latin_words: Sequence[Word]) -> bool:
    """Whether characters are read as the Latin name says, in Mandarin or Cantonese.

    OFAC's record 16819 prints 5931 where its name needs 5391, so its characters don't agree with it.
    """
    heard = {_keys(reading.sounds) for reading in latin_readings(latin_words)}
    word = Word(characters, "Han")
    return any(_keys(reading.sounds) in heard for reading in han_readings((word,), is_person=True))


def _keys(sounds: Sequence[Sound]) -> tuple[str, ...]:
    return tuple(sound.key for sound in sounds)


def native_names(designation: Designation) -> tuple[ListedName, ...]:
    """The native names that a designation's codes stand for, each derived from its code.

    Characters that no Latin name of the entry agrees with are left out: see `contradicted_codes`.
    """
    codes = [one for one in designation.identifiers if one.type is IdentifierType.CHINESE_COMMERCIAL_CODE]
    if not codes or designation.kind is not Kind.PERSON:
        return ()
    known = {name.text for name in designation.names}
    found: dict[str, ListedName] = {}
    for code in codes:
        for characters in decode_all(code.value):
            if characters not in known and _is_named(characters, designation):
                origin = f"{code.label or 'Chinese Commercial Code'} {code.value}"
                found[characters] = ListedName(
                    characters, type="a.k.a.", language="zh", script="Han", derived_from=origin
                )
    return tuple(found.values())


def contradicted_codes(designation: Designation) -> tuple[str, ...]:
    """Codes of a designation that decode to characters that none of its Latin names agrees with, or to none."""
    codes = [one.value for one in designation.identifiers if one.type is IdentifierType.CHINESE_COMMERCIAL_CODE]
    return tuple(
        code for code in codes if not any(_is_named(characters, designation) for characters in decode_all(code))
    )


def _is_named(characters: str, designation: Designation) -> bool:
    return any(agrees(characters, split_words(clean(name.text)[0])) for name in designation.names)
