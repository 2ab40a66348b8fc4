"""Readings of names in Han characters, in Mandarin, Cantonese and Korean: `han_readings`, `hanja_as_hangul`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

import attrs

from screenkit.model.name import Reading, Role, Sound, Space
from screenkit.names.combinations import MOST, combinations
from screenkit.names.notation import read
from screenkit.names.split import Word

from .characters import han_equal_key, hangul, jyutping, pinyin, simplify
from .phonetic import cantonese_key, printed
from .surnames import surname_of

CANTONESE_CAP = 9_700
#: A character read otherwise than is customary.
UNUSUAL_CAP = 9_900
#: The longest name without a compound surname: a doubled surname (林郑月娥), and the longest with one.
LONGEST, LONGEST_COMPOUND = 4, 5
_READINGS_OF_CHARACTER = 3


def han_readings(words: Sequence[Word], *, is_person: bool | None) -> Iterator[Reading]:
    """Read a person's name in Han characters: at most `MOST` readings, the most likely first.

    Organizations (`is_person` False) and names too long for a Chinese person have none here: see `pinyin_words`.
    """
    if is_person is False or not words or any(word.script != "Han" for word in words):
        return
    ways = [list(_mandarin(split)) + list(_cantonese(split)) for split in _splits(words)]
    yield from islice((reading for readings in ways for reading in readings), MOST)


@attrs.frozen
class _Split:
    surname: str
    given: str
    #: Spans in words: of the surname, of the given name.
    spans: tuple[tuple[int, int], tuple[int, int]]


def _splits(words: Sequence[Word]) -> Iterator[_Split]:
    """The ways to divide a name: where the words do, else where the table of surnames does."""
    text = "".join(word.text for word in words)
    places = [at for at, word in enumerate(words) for _ in word.text]
    if len(words) > 1 and (len(words[0].text) == 2 or words[0].before_comma):
        lengths = [len(words[0].text)] + [1] * (len(words[0].text) == 2 and surname_of(words[0].text) is None)
    elif surname_of(text[:2]) is not None and len(text) > 2:
        lengths = [2, 1] if surname_of(text[0]) is not None else [2]
    else:
        # A husband's surname before the own one: 范徐丽泰.
        lengths = [1, 2] if len(text) == LONGEST and all(map(surname_of, text[:2])) else [1]
    for length in dict.fromkeys(lengths):
        longest = LONGEST if length == 1 else LONGEST_COMPOUND
        if length <= 2 and length <= len(text) <= longest:
            stop = places[length - 1] + 1
            start = places[length] if length < len(text) else len(words)
            yield _Split(text[:length], text[length:], ((0, stop), (start, len(words))))


def _reading(split: _Split, surname: str, given: str, *, system: str, text: str, cap: int) -> Reading:
    (first, stop), (start, last) = split.spans
    sounds = [Sound(surname, Role.SURNAME, first, stop)]
    if given:
        sounds.append(Sound(given, Role.GIVEN, start, last))
    language = "yue" if system == "jyutping" else "zh"
    return Reading(language=language, system=system, space=Space.CHINESE, text=text, sounds=tuple(sounds), cap=cap)


def _mandarin(split: _Split) -> Iterator[Reading]:
    known = surname_of(split.surname)
    surnames_read = known.pinyin if known else tuple(map("-".join, combinations(map(_as_surname, split.surname), 2)))
    givens = (
        list(map("-".join, combinations(map(pinyin, split.given), _READINGS_OF_CHARACTER))) if split.given else [""]
    )
    for at, (surname, given) in enumerate(combinations((surnames_read, givens), MOST)):
        cap = UNUSUAL_CAP if at else 10_000
        yield _reading(split, surname, given, system="pinyin", text=printed(surname, given), cap=cap)


def _as_surname(character: str) -> tuple[str, ...]:
    known = surname_of(character)
    return known.pinyin if known else tuple(pinyin(character))


def _cantonese(split: _Split) -> Iterator[Reading]:
    known = surname_of(split.surname)
    heard = (one.jyutping if (one := surname_of(part)) else jyutping(part) for part in split.surname)
    surnames_heard = known.jyutping if known else tuple(map("-".join, combinations(heard, 2)))
    givens = list(map("-".join, combinations(map(jyutping, split.given), 2))) if split.given else [""]
    seen = set()
    for surname, given in combinations((surnames_heard, givens), 4):
        keys = cantonese_key(surname), cantonese_key(given) if given else ""
        if keys not in seen:
            seen.add(keys)
            text = f"{surname.title()} {given.capitalize()}".strip()
            yield _reading(split, *keys, system="jyutping", text=text, cap=CANTONESE_CAP)


def hanja_as_hangul(word: str, *, is_surname: bool = False) -> list[str]:
    """Write Hanja in Hangul: at most eight ways, [] where a character has no Korean reading (kHangul).

    A surname is read by Korean custom: 金 is Kim, not Geum; the initial-sound rule (리, 이) is the reader's.
    """
    special = _KOREAN_SURNAMES.get(han_equal_key(word)) if is_surname else None
    if special is not None:
        return [special]
    return ["".join(parts) for parts in combinations(map(hangul, word), 3)][:8]


#: Surnames whose Korean reading isn't the character's first in kHangul.
_KOREAN_SURNAMES = {han_equal_key(one): other for one, other in read("chinese/hanja_surnames.txt").rows(2)}
#: Words in which a character isn't read in its customary way.
_PHRASES = {word: tuple(readings.split(" ")) for word, readings, _ in read("chinese/pinyin_corrections.txt").rows(3)}


def pinyin_words(text: str) -> list[str]:
    """Read the name of an organization, one syllable of pinyin for each character, in context: 银行 is yin hang.

    The longest word of tables/pinyin_corrections.txt decides, else the customary reading; characters without one
    are left out.
    """
    plain = simplify(text)
    found: list[str] = []
    at = 0
    while at < len(plain):
        word = next((plain[at : at + n] for n in range(5, 1, -1) if plain[at : at + n] in _PHRASES), None)
        if word is None:
            found += pinyin(text[at])[:1]
            at += 1
        else:
            found += _PHRASES[word]
            at += len(word)
    return found
