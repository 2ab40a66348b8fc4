"""A name as the score takes it, whether it was just normalized or is known to an index; and which names are listed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol, Self

from screenkit.comparison.single_names import least_similarity, points_of_coverage, single_name
from screenkit.comparison.spans import Span, Words, bits_of, spans
from screenkit.errors import InvalidRecordError, InvalidSubjectError
from screenkit.model import Designation, ListedName, Name, Subject
from screenkit.model.evidence import FULL_SCORE
from screenkit.names import normalize
from screenkit.names.chinese.commercial_code import native_names
from screenkit.names.parties import Party, divide
from screenkit.names.vocabulary.commonness import commonness
from screenkit.policy import Policy


class Comparable(Protocol):
    """A listed name to be compared; what costs much is found out when it is asked for."""

    @property
    def weights(self) -> Sequence[int]:
        """What each word weighs."""

    @property
    def spans(self) -> Sequence[tuple[int, ...]]:
        """The positions of each span."""

    @property
    def canonical(self) -> str:
        """What equal names share and no others."""

    @property
    def has_readings(self) -> bool:
        """Whether it is read as the name of a Chinese, Korean or Japanese person too."""

    @property
    def text(self) -> str:
        """The name as it is listed."""

    @property
    def name(self) -> Name:
        """The name normalized."""

    @property
    def words(self) -> Words:
        """Its words by their weights."""

    def span(self, at: int, /) -> Span:
        """The span of this number."""


class ComparedName:
    """A name that was just normalized, ready to be compared with many."""

    __slots__ = (
        "_canonical",
        "_classes",
        "_policy",
        "_single",
        "_words",
        "found",
        "has_readings",
        "name",
        "spans",
        "text",
        "weights",
        "whole",
    )

    def __init__(self, name: Name, found: Sequence[Span], classes: Sequence[int], policy: Policy) -> None:
        """Take what `of` made."""
        self.name, self.text = name, name.text
        #: Its spans.
        self.found = found
        self.spans: Sequence[tuple[int, ...]] = [one.at for one in found]
        self._classes, self._policy = classes, policy
        self._single = single_name(name.tokens)
        table = policy.weights
        self.weights: Sequence[int] = [
            table[token.kind][common] for token, common in zip(name.tokens, classes, strict=True)
        ]
        self.whole = max(sum(self.weights), 1)
        self.has_readings = len(name.readings) > 1
        self._canonical: str | None = None
        self._words: Words | None = None

    @classmethod
    def of(cls, name: Name, policy: Policy) -> Self:
        """A name with its spans and what they weigh by a policy."""
        return cls(name, spans(name), list(map(commonness, name.tokens)), policy)

    @property
    def words(self) -> Words:
        """Its words by their weights. Most names that are searched for come near no listed one and need none."""
        if self._words is None:
            tokens = self.name.tokens
            bits = [bits_of(token, common, self._policy) for token, common in zip(tokens, self._classes, strict=True)]
            self._words = Words.of(tokens, bits, self.weights, self.whole, self.spans, self.name.surname_words)
        return self._words

    @property
    def canonical(self) -> str:
        """What equal names share and no others."""
        if self._canonical is None:
            self._canonical = canonical_text(self.name)
        return self._canonical

    def span(self, at: int) -> Span:
        """The span of this number."""
        return self.found[at]

    def same_name(self) -> int:
        """How similar a single name has to be to a person's surname so that this alone tells."""
        if self._single is None:
            return FULL_SCORE
        return least_similarity(self.name.tokens[self._single], self._policy)

    def points_of_coverage(self, points: int) -> int:
        """How many points by coverage alone a name has to have so as to score so many: these, or fewer."""
        if self._single is None:
            return points
        return points_of_coverage(self.words, self._single, points, self._policy)


class AskedName(NamedTuple):
    """A name of a subject that is compared: as given, or one of the parties that it holds."""

    query: ComparedName
    #: What shows that it is a part of the name given; None for the name as given.
    party: Party | None = None


def asked_names(subject: Subject, policy: Policy) -> list[AskedName]:
    """The names of a subject, each followed by the parties that it holds (`names.parties`)."""
    found = []
    for text in subject.names:
        found.append(AskedName(ComparedName.of(normalize(text), policy)))
        found.extend(AskedName(ComparedName.of(normalize(one.text), policy), one) for one in divide(text).parties)
    return found


def canonical_text(name: Name) -> str:
    """What equal names share and no others: no key has a character of nought in it."""
    return "\0".join(name.canonical)


def normalized_name(designation: Designation, name: ListedName) -> Name:
    """Normalize a listed name; raises `InvalidRecordError`, with the designation's id, where that can't be done."""
    try:
        return normalize(name.text)
    except InvalidSubjectError as error:
        raise InvalidRecordError(f"designation {designation.id} has a name that can't be searched: {error}") from error


def searched_names(designation: Designation) -> tuple[ListedName, ...]:
    """The names of a designation, those included that its Chinese Commercial Codes stand for."""
    return (*designation.names, *native_names(designation))
