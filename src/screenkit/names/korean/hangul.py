"""Readings of Korean names in Hangul: `hangul_readings`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from screenkit.model.name import Reading, Role, Sound, Space
from screenkit.names.split import Word

from .phonetic import hangul_key, is_syllable, revised
from .surnames import SURNAMES

#: The most syllables of a given name that is read; longer ones are no Korean names.
MOST_GIVEN_SYLLABLES: Final = 4


def hangul_readings(words: Sequence[Word]) -> Iterator[Reading]:
    """Read a person's name in Hangul: 김정은, 김 정은, 정은 김, 남궁원."""
    if not words or not all(word.text and all(map(is_syllable, word.text)) for word in words):
        return
    for surname, given, at in dict.fromkeys(_hangul_splits(words)):
        if given and len(given) <= MOST_GIVEN_SYLLABLES:
            yield _hangul_reading(surname, given, at, len(words))


def _hangul_splits(words: Sequence[Word]) -> Iterator[tuple[str, str, str]]:
    """Surname, given name, and which end the surname is at: "first", "last" or "joined"."""
    joined = "".join(word.text for word in words)
    if words[0].before_comma or (len(words) > 1 and words[0].text in SURNAMES):
        yield words[0].text, joined[len(words[0].text) :], "first"
        if words[0].before_comma:
            return
    last = words[-1].text
    if len(words) > 1 and last in SURNAMES:
        yield last, joined[: -len(last)], "last"
    if len(joined) > 2 and joined[:2] in SURNAMES:
        yield joined[:2], joined[2:], "joined"
    yield joined[:1], joined[1:], "joined"


def _hangul_reading(surname: str, given: str, at: str, count: int) -> Reading:
    surname_span, given_span = {
        "first": ((0, 1), (1, count)),
        "last": ((count - 1, count), (0, count - 1)),
        "joined": ((0, count), (0, count)),
    }[at]
    return Reading(
        language="ko",
        system="hangul",
        space=Space.KOREAN,
        text=f"{revised(surname).replace('-', '').title()} {revised(given).capitalize()}",
        sounds=(
            Sound(hangul_key(surname), Role.SURNAME, *surname_span),
            Sound(hangul_key(given), Role.GIVEN, *given_span),
        ),
    )
