"""`Score` and `Evidence`: the result of a comparison and the contributions it is made of."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

import attrs

from . import wording
from .listed import ListedName
from .name import Reading

#: Points of a name that is equal after normalization; `value` is points divided by it.
FULL_SCORE = 10_000


class EvidenceKind(StrEnum):
    """The kinds of reasons that make up a score; a closed set."""

    #: Both names have the word.
    WORD = "word"
    #: Two words differ by a few letters.
    SIMILAR_WORD = "similar word"
    #: A word of one name is two or more adjacent words of the other.
    JOINED_WORDS = "joined words"
    #: A word of one name is an initial in the other.
    INITIAL = "initial"
    #: Surnames are read alike in one language.
    SURNAME_READING = "surname reading"
    #: Given names are read alike in one language.
    GIVEN_READING = "given name reading"
    #: A deduction: a reading is possible, not certain, or its weaker part counts more than the average.
    READING_CAP = "reading cap"
    #: A word of one name has no counterpart in the other.
    UNMATCHED_WORD = "unmatched word"
    #: Each name has a word that the other lacks, in the same place.
    CLASH = "clash"
    #: All that the customer's name says is a listed person's surname.
    SINGLE_NAME = "single name"
    #: The father's name in one is the son's in the other.
    FATHER_AND_SON = "father and son"
    #: The shared words are common, so that the differences count more.
    COMMON_WORDS = "common words"
    #: The least similar pair of words counts more than the average.
    WEAKEST_WORD = "weakest word"
    #: What was compared is one of the parties that the customer's name holds, or the name without an addition.
    PARTY = "party"
    #: A payment field cut the customer's name off; what stands in it is the beginning of the listed name.
    CUT_OFF = "cut off"
    #: Names that are not equal stay below the score of equal ones.
    CEILING = "ceiling"
    #: Birth dates agree or contradict each other.
    BIRTH_DATE = "birth date"
    #: Countries agree or contradict each other.
    COUNTRY = "country"
    #: Genders agree or contradict each other.
    GENDER = "gender"
    #: Kinds (person, organization ...) contradict each other.
    KIND = "kind"
    #: The name's publisher calls it weak, and neither birth date nor identifier agrees.
    WEAK_NAME = "weak name"
    #: An identifier is equal.
    IDENTIFIER = "identifier"


#: The rules by which facts agree, and those by which they contradict each other; the others say neither.
_AGREEING: Mapping[EvidenceKind, frozenset[str]] = MappingProxyType(
    {
        EvidenceKind.BIRTH_DATE: frozenset(
            {"equals", "has day and month swapped against", "is in the same year as", "allows"}
        ),
        EvidenceKind.COUNTRY: frozenset({"is among"}),
        EvidenceKind.GENDER: frozenset({"equals"}),
    }
)
_CONTRADICTING: Mapping[EvidenceKind, frozenset[str]] = MappingProxyType(
    {
        EvidenceKind.BIRTH_DATE: frozenset({"contradicts"}),
        EvidenceKind.COUNTRY: frozenset({"is not among"}),
        EvidenceKind.GENDER: frozenset({"differs from"}),
        EvidenceKind.KIND: frozenset({"differs"}),
    }
)


@attrs.frozen(kw_only=True)
class Evidence:
    """One reason and its signed contribution; the contributions add up to the score exactly."""

    #: The kind of reason.
    kind: EvidenceKind
    #: Contribution in ten-thousandths of the full score; may be negative or zero.
    points: int
    #: The part of the customer's name or fact that it is based on, as given; may be empty.
    query: str = ""
    #: The part of the listed name or fact that it is based on, as published; may be empty.
    listed: str = ""
    #: The rule applied, a short stable text such as "equal" or "2 edits".
    rule: str = ""

    @property
    def agrees(self) -> bool:
        """Whether it is a fact in which customer and entry agree; at the full score that adds no points."""
        return self.kind is EvidenceKind.IDENTIFIER or self.rule in _AGREEING.get(self.kind, ())

    @property
    def contradicts(self) -> bool:
        """Whether it is a fact in which customer and entry contradict each other."""
        return self.rule in _CONTRADICTING.get(self.kind, ())

    def explain(self) -> str:
        """The reason as a sentence, without a period."""
        return wording.evidence_sentence(self.kind, self.points, self.query, self.listed, self.rule)


_FACTS = frozenset(
    {
        EvidenceKind.BIRTH_DATE,
        EvidenceKind.COUNTRY,
        EvidenceKind.GENDER,
        EvidenceKind.KIND,
        EvidenceKind.WEAK_NAME,
        EvidenceKind.IDENTIFIER,
    }
)


def _rank(one: Evidence) -> int:
    if not one.points:
        return 3
    return 2 if one.kind in _FACTS else int(one.points < 0)


@attrs.frozen(kw_only=True)
class Score:
    """How well a subject and a listed name or designation agree."""

    #: 0 to 10,000, the sum of the evidence's points.
    points: int
    #: Why, contribution by contribution.
    evidence: tuple[Evidence, ...]
    #: The customer's name that was compared.
    query: str
    #: The listed name that explains best.
    matched_name: ListedName
    #: The readings of both names that were compared, the customer's first.
    readings: tuple[Reading, ...] = ()

    @property
    def value(self) -> float:
        """The score from 0.0 to 1.0."""
        return self.points / FULL_SCORE

    @property
    def is_identified(self) -> bool:
        """True if an identifier is equal: then it is a hit, whatever the threshold."""
        return any(evidence.kind is EvidenceKind.IDENTIFIER for evidence in self.evidence)

    def ranked(self) -> list[Evidence]:
        """The evidence to be read: what speaks for the names, what comes off, facts; what counts nothing is last.

        The strongest comes first in each.
        """
        return sorted(self.evidence, key=lambda one: (_rank(one), -abs(one.points)))

    def explain(self) -> str:
        """The score as one plain paragraph, the strongest reasons first."""
        return wording.score_paragraph(
            self.query,
            self.matched_name.text,
            self.points,
            [evidence.explain() for evidence in self.ranked()],
        )
