"""What screening finds, each part retraceable: `Evidence`, `Score`, `Hit`, `Screening`."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Any, overload

import attrs

from screenkit import wording

from .asked import Subject
from .decided import Outcome, Review
from .listed import Designation, Edition, ListedName, Measure, Program
from .normalized import Reading
from .record import hidden_subject, hit_dict, instant, plain, withheld

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
    #: The last decision about the customer and this designation, where decisions were given and there is one.
    review: Review | None = None

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
        review = "" if self.review is None else f" {wording.review_sentence(*_decided(self.review))}"
        return f"{self.result.explain()} {listing}{review}"


class SuppressedHit(Hit):
    """A designation that would hit but for a stated reason; it is shown, and keeps a screening from being clear."""

    __slots__ = ()

    @property
    def reason(self) -> str:
        """Why it doesn't alert: a reviewer cleared it, or it was found by a weak alias alone."""
        if self.review is not None and self.review.clears:
            return wording.decision_phrase(*_decided(self.review)[:-1])
        return "weak alias without a birth date or identifier that agrees"


def _decided(review: Review) -> tuple[Outcome, str, dt.date, dt.date | None, str, list[str]]:
    decision = review.decision
    lapses = [lapse.value for lapse in review.lapses]
    return decision.outcome, decision.reviewer, decision.decided.date(), decision.until, decision.reason, lapses


@attrs.frozen(kw_only=True, eq=False)
class Screening(Sequence[Hit]):
    """What a search found: a read-only sequence of hits that tells what was searched and how."""

    #: Hits in order: points falling, then source id, then designation id.
    hits: tuple[Hit, ...]
    #: Designations that reach the threshold by a weak alias alone or were cleared by a reviewer, in the same order.
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
    #: When it was made, in UTC.
    time: dt.datetime
    #: The most hits returned, None for all.
    limit: int | None = None
    #: Whether reviewers' decisions were gone by.
    is_reviewed: bool = False
    #: Versions of Unicode's data and of the packages that results depend on.
    components: tuple[tuple[str, str], ...] = ()
    #: Digests of the rules and tables that lists are read by and names are matched by, which a version number alone
    #: doesn't tell of a working copy.
    tables: tuple[tuple[str, str], ...] = ()

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

    def to_dict(self, *, subject_key: bytes | None = None) -> dict[str, Any]:
        """Everything as plain dicts, lists, texts and whole numbers, ready for JSON: all that `replay` needs.

        With a `subject_key` (16 secret bytes or more) it keeps nothing of what the customer's names and facts say: the
        subject is its HMAC-SHA256 under the key, and evidence quotes the listed side alone. Raises `AuditError` for a
        key too short.
        """
        hits, suppressed = self.hits, self.suppressed
        if subject_key is not None:
            hits, suppressed = tuple(map(withheld, hits)), tuple(map(withheld, suppressed))
        return {
            "subject": plain(self.subject) if subject_key is None else hidden_subject(self.subject, subject_key),
            "hits": [hit_dict(hit) for hit in hits],
            "suppressed": [{**hit_dict(hit), "reason": hit.reason} for hit in suppressed],
            "total": self.total,
            "truncated": self.truncated,
            "is_clear": self.is_clear,
            "coverage": self.coverage,
            "threshold": self.threshold,
            "editions": [{**plain(edition), "records": edition.records} for edition in self.editions],
            "policy": {"fingerprint": self.policy.fingerprint, **plain(self.policy)},
            "version": self.version,
            "components": dict(self.components),
            "tables": dict(self.tables),
            "limit": self.limit,
            "is_reviewed": self.is_reviewed,
            "time": instant(self.time),
        }

    def to_json(self, *, subject_key: bytes | None = None, indent: int | None = None) -> str:
        """`to_dict()` as JSON with every script as it is."""
        return json.dumps(self.to_dict(subject_key=subject_key), ensure_ascii=False, indent=indent)
