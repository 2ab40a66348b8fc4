"""What screening finds, each part retraceable: `Evidence`, `Score`, `Hit`, `Screening`."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Any, overload

import attrs

from screenkit import wording

from .asked import Subject
from .listed import Designation, Edition, ListedName, Measure, Program
from .normalized import Reading

if TYPE_CHECKING:
    from screenkit.policy import Policy

#: Points of a name that is equal after normalisation; `value` is points divided by it.
FULL_SCORE = 10_000


class EvidenceKind(StrEnum):
    """The closed set of reasons that a score is made of."""

    #: A word stands in both names.
    WORD = "word"
    #: Two words differ by a few letters.
    SIMILAR_WORD = "similar word"
    #: A word of one name is two or more adjacent words of the other.
    JOINED_WORDS = "joined words"
    #: A word of one name is an initial of the other's.
    INITIAL = "initial"
    #: Surnames are read alike in one language.
    SURNAME_READING = "surname reading"
    #: Given names are read alike in one language.
    GIVEN_READING = "given name reading"
    #: A reading is possible, not certain, or its weaker part says more than the average does.
    READING_CAP = "reading cap"
    #: A word of one name has no counterpart in the other.
    UNMATCHED_WORD = "unmatched word"
    #: Each name has a word of its own where the other has another one.
    CLASH = "clash"
    #: The father's name of one is the son's of the other.
    FATHER_AND_SON = "father and son"
    #: What the names share is common, which makes what they lack weigh more.
    COMMON_WORDS = "common words"
    #: The least similar pair of words says more than the average does.
    WEAKEST_WORD = "weakest word"
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


@attrs.frozen(kw_only=True)
class Evidence:
    """One reason with its signed contribution; the contributions of a score add up to it exactly."""

    #: The kind of reason.
    kind: EvidenceKind
    #: Contribution in ten-thousandths of the full score; may be negative or nought.
    points: int
    #: The part of the customer's name or fact that it rests on, as given. Empty where there is none.
    query: str = ""
    #: The part of the listed name or fact that it rests on, as published. Empty where there is none.
    listed: str = ""
    #: The rule applied, a short stable word such as "equal" or "2 edits".
    rule: str = ""

    def explain(self) -> str:
        """Say it as a sentence without a full stop."""
        return wording.evidence_sentence(self.kind, self.points, self.query, self.listed, self.rule)


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
    #: The readings of both names that the comparison rests on, the customer's first.
    readings: tuple[Reading, ...] = ()

    @property
    def value(self) -> float:
        """The score from 0.0 to 1.0."""
        return self.points / FULL_SCORE

    @property
    def is_identified(self) -> bool:
        """True where an identifier is equal: a hit of its own kind, whatever the threshold."""
        return any(evidence.kind is EvidenceKind.IDENTIFIER for evidence in self.evidence)

    def explain(self) -> str:
        """One plain paragraph."""
        return wording.score_paragraph(
            self.query,
            self.matched_name.text,
            self.points,
            [evidence.explain() for evidence in self.evidence],
        )


@attrs.frozen(kw_only=True)
class Hit:
    """A designation that reaches the threshold, and why."""

    #: The listed target.
    designation: Designation
    #: The score with its evidence, readings and the listed name that matched.
    result: Score

    @property
    def points(self) -> int:
        """0 to 10,000."""
        return self.result.points

    @property
    def score(self) -> float:
        """0.0 to 1.0."""
        return self.result.value

    @property
    def matched_name(self) -> ListedName:
        """The listed name that explains best."""
        return self.result.matched_name

    @property
    def readings(self) -> tuple[Reading, ...]:
        """The readings of both names that the comparison rests on, the customer's first."""
        return self.result.readings

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """Why, contribution by contribution; the points add up to `points`."""
        return self.result.evidence

    @property
    def programs(self) -> tuple[Program, ...]:
        """The programs the target is designated under."""
        return self.designation.programs

    @property
    def measures(self) -> tuple[Measure, ...]:
        """What the listing entails."""
        return self.designation.measures

    def explain(self) -> str:
        """One plain paragraph: who, where listed, under which program, what it entails, and why it matched."""
        designation = self.designation
        edition = designation.edition
        listing = wording.listing_sentence(
            name=designation.name,
            kind=designation.kind,
            id=designation.id,
            list_title=edition.title if edition else "",
            published=edition.published if edition else None,
            programs=[(program.code, program.title) for program in self.programs],
            measures=list(self.measures),
            secondary=list(designation.secondary_sanctions),
        )
        return f"{self.result.explain()} {listing}"


class SuppressedHit(Hit):
    """A designation that would hit but for a stated reason; it is shown, and keeps a screening from being clear."""

    __slots__ = ()

    #: Why it doesn't alert.
    reason = "weak alias without a birth date or identifier that agrees"


@attrs.frozen(kw_only=True, eq=False)
class Screening(Sequence[Hit]):
    """What a search found: a read-only sequence of hits that tells what was searched and how."""

    #: Hits in order: points falling, then source id, then designation id.
    hits: tuple[Hit, ...]
    #: Designations that reach the threshold by a weak alias alone, in the same order.
    suppressed: tuple[SuppressedHit, ...]
    #: What was screened.
    subject: Subject
    #: The editions searched, each with the count of designations searched.
    editions: tuple[Edition, ...]
    #: The policy.
    policy: Policy
    #: The threshold applied, in points.
    threshold: int
    #: How many hits there were before the limit.
    total: int
    #: Version of screenkit.
    version: str
    #: Unicode data, unidecode and rapidfuzz versions, on which results depend.
    components: tuple[tuple[str, str], ...] = ()

    @overload
    def __getitem__(self, index: int) -> Hit: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Hit, ...]: ...
    def __getitem__(self, index: int | slice) -> Hit | tuple[Hit, ...]:
        return self.hits[index]

    def __len__(self) -> int:
        return len(self.hits)

    def __iter__(self) -> Iterator[Hit]:
        return iter(self.hits)

    @property
    def truncated(self) -> bool:
        """True where the limit cut hits off."""
        return self.total > len(self.hits)

    @property
    def coverage(self) -> str:
        """ "full", or "starter" where the embedded demonstration list is all that was searched."""
        return "full" if any(edition.coverage == "full" for edition in self.editions) else "starter"

    @property
    def is_clear(self) -> bool:
        """True where whole lists were searched and nothing at all was found, suppressed or cut off."""
        return not (self.hits or self.suppressed or self.truncated or self.coverage != "full")

    def to_dict(self) -> dict[str, Any]:
        """Everything as plain dicts, lists, texts and whole numbers, ready for JSON."""
        return {
            "subject": plain(self.subject),
            "hits": [_hit_dict(hit) for hit in self.hits],
            "suppressed": [{**_hit_dict(hit), "reason": hit.reason} for hit in self.suppressed],
            "total": self.total,
            "truncated": self.truncated,
            "is_clear": self.is_clear,
            "coverage": self.coverage,
            "threshold": self.threshold,
            "editions": [{**plain(edition), "records": edition.records} for edition in self.editions],
            "policy": {"fingerprint": self.policy.fingerprint, **plain(self.policy)},
            "version": self.version,
            "components": dict(self.components),
        }

    def to_json(self, *, indent: int | None = None) -> str:
        """`to_dict()` as JSON with every script as it is."""
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=indent)


def _hit_dict(hit: Hit) -> dict[str, Any]:
    designation = hit.designation
    stated = plain(designation)
    del stated["edition"]
    return {
        "points": hit.points,
        "score": hit.score,
        "query": hit.result.query,
        "matched_name": plain(hit.matched_name),
        "programs": [program.code for program in hit.programs],
        "measures": list(hit.measures),
        "source": designation.source,
        "evidence": [plain(evidence) for evidence in hit.evidence],
        "readings": [plain(reading) for reading in hit.readings],
        "explanation": hit.explain(),
        "designation": stated,
    }


def plain(value: object) -> Any:
    """A value as plain ones: records and mappings as dicts, sequences as lists, dates as ISO text."""
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    record = type(value)
    if attrs.has(record):
        return {field.name: plain(getattr(value, field.name)) for field in attrs.fields(record)}
    return value
