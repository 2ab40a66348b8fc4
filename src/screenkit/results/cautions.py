"""What has to be known of a subject's names beside the hits: `cautions_of`.

A name in a script that can't be read dependably is never clear, whatever is found. A text that holds several names was
compared name by name, and one that may hold several and was left as it is, is told as such.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

import attrs

from screenkit.model import Subject, wording
from screenkit.names import normalize
from screenkit.names.parties import divide
from screenkit.names.word_tokens import unread_scripts


class CautionKind(StrEnum):
    """The kinds of cautions."""

    #: A part of the name is in a script without a table; a screening with it is not clear.
    UNREAD = "unread"
    #: The text holds several names, or more than a name; each name was compared by itself as well.
    DIVIDED = "divided"
    #: The text may hold several parties, and was compared as one name.
    UNDIVIDED = "undivided"


@attrs.frozen(kw_only=True)
class Caution:
    """Something to be known of one of the subject's names."""

    kind: CautionKind
    #: Which of the subject's names it is about, from 1.
    name: int
    #: The caution as a sentence, without the name.
    text: str


def is_unread(subject: Subject) -> bool:
    """Whether a name of a subject has letters of a script that can't be read dependably."""
    return any(unread_scripts(normalize(text)) for text in subject.names)


def cautions_of(subject: Subject) -> tuple[Caution, ...]:
    """The cautions about all names of a subject, in their order."""
    return tuple(
        Caution(kind=kind, name=number, text=wording.caution_sentence(kind, number, len(subject.names), details))
        for number, text in enumerate(subject.names, 1)
        for kind, details in _cautions(text)
    )


def _cautions(text: str) -> Iterator[tuple[CautionKind, list[str]]]:
    scripts = unread_scripts(normalize(text))
    if scripts:
        yield CautionKind.UNREAD, list(scripts)
    division = divide(text)
    if division.parties:
        yield CautionKind.DIVIDED, list(dict.fromkeys(party.rule for party in division.parties))
    if division.is_doubtful:
        yield CautionKind.UNDIVIDED, []
