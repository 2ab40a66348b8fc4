"""`Screening`: the hits of a search, and what was searched and how; `Hit` and `SuppressedHit`."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, overload

import attrs

from screenkit.model import wording
from screenkit.model.decision import Outcome, Review
from screenkit.model.evidence import Evidence, EvidenceKind, Score
from screenkit.model.listed import Designation, Edition, ListedName, Program
from screenkit.model.name import Reading
from screenkit.model.subject import Subject
from screenkit.model.terms import Measure, NameType
from screenkit.model.visible import in_terminal

from . import html
from .cautions import Caution, cautions_of, is_unread
from .record import hidden_subject, hit_dict, instant, plain, shared, withheld

if TYPE_CHECKING:
    from screenkit.policy import Policy


#: The coverage of a search in the embedded demonstration list alone.
STARTER = "starter"


def coverage_of(editions: Iterable[Edition], required: Sequence[str]) -> str:
    """What a search of these editions covered; `required` are the sources that its policy requires."""
    searched = tuple(editions)
    if not any(edition.coverage == "full" for edition in searched):
        return STARTER
    return "full" if required else ", ".join(sorted({edition.source or "unnamed" for edition in searched}))


def old_editions(editions: Iterable[Edition], max_lag: dt.timedelta | None, at: dt.datetime) -> tuple[Edition, ...]:
    """The editions that were fetched, or are used at a time, longer after their publication than that."""
    lags = ((edition, edition.lag(at)) for edition in editions)
    return tuple(edition for edition, lag in lags if max_lag is not None and lag is not None and lag > max_lag)


@attrs.frozen(kw_only=True, repr=False)
class Hit:
    """A designation that reaches the threshold, and why."""

    #: The listed target.
    designation: Designation
    #: The score with its evidence, readings and the listed name that matched.
    result: Score
    #: The last decision about the customer and this designation, if decisions were given and there is one.
    review: Review | None = None
    #: Whether it is suppressed because facts contradict, as the policy says; False for any other hit.
    is_set_aside: bool = False

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
        """The listed name that matched best."""
        return self.result.matched_name

    @property
    def readings(self) -> tuple[Reading, ...]:
        """The readings of both names that were compared, the customer's first."""
        return self.result.readings

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """Why, contribution by contribution; the points add up to `points`."""
        return self.result.evidence

    @property
    def contradictions(self) -> tuple[str, ...]:
        """The facts that contradict: of "birth date", "gender", "kind" and "country". A namesake has some.

        Equal names are a hit whatever the facts say, because a list's facts may be wrong.
        """
        return tuple(one.kind.value for one in self.evidence if one.contradicts)

    @property
    def confirmations(self) -> tuple[str, ...]:
        """The facts that agree: of "birth date", "country", "gender" and "identifier"."""
        return tuple(one.kind.value for one in self.evidence if one.agrees)

    @property
    def is_contradicted(self) -> bool:
        """Whether the birth date, gender or kind contradicts; a country alone says little."""
        return any(fact != EvidenceKind.COUNTRY for fact in self.contradictions)

    @property
    def review_state(self) -> str:
        """ "cleared" or "confirmed"; "lapsed" if a clearance no longer holds; empty if nobody has decided."""
        if self.review is None:
            return ""
        return Outcome.CONFIRMED if self.review.confirms else Outcome.CLEARED if self.review.clears else "lapsed"

    @property
    def programs(self) -> tuple[Program, ...]:
        """The programs under which the target is designated."""
        return self.designation.programs

    @property
    def measures(self) -> tuple[Measure, ...]:
        """What the listing entails."""
        return self.designation.measures

    def __repr__(self) -> str:
        """One line about the listed side; of the customer it says nothing."""
        designation = self.designation
        which = " ".join(filter(None, (designation.source, designation.id, designation.name)))
        return f"<{type(self).__name__} {self.score:.4f} {in_terminal(which)}>"

    def explain(self) -> str:
        """One plain paragraph: who, where listed, under which program, what it entails, and why it matched."""
        designation = self.designation
        edition = designation.edition
        is_main = self.matched_name.type is NameType.PRIMARY or self.matched_name.text == designation.name
        listing = wording.listing_sentence(
            name=designation.name,
            kind=designation.kind,
            id=designation.id,
            alias=None if is_main else (self.matched_name.text, self.matched_name.type),
            list_title=edition.title if edition else "",
            published=edition.published if edition else None,
            programs=[(program.code, program.title) for program in self.programs],
            measures=list(self.measures),
            secondary=list(designation.secondary_sanctions),
        )
        review = "" if self.review is None else f" {wording.review_sentence(*_decided(self.review))}"
        return f"{self.result.explain()} {listing}{review}"


class SuppressedHit(Hit):
    """A designation that would be a hit but for a stated reason. A screening that has one is not clear."""

    __slots__ = ()

    @property
    def is_cleared(self) -> bool:
        """Whether a reviewer cleared it."""
        return self.review is not None and self.review.clears

    @property
    def reason(self) -> str:
        """Why it doesn't alert: a reviewer cleared it, facts contradict, or only a weak alias matched."""
        if self.review is not None and self.review.clears:
            return wording.decision_phrase(*_decided(self.review)[:-1])
        if self.is_set_aside:
            return f"{wording.CONTRADICTED} by {', '.join(self.contradictions)}"
        return "only a weak alias matched, and no birth date or identifier agrees"


def _decided(review: Review) -> tuple[Outcome, str, dt.date, dt.date | None, str, list[str]]:
    decision = review.decision
    lapses = [lapse.value for lapse in review.lapses]
    return decision.outcome, decision.reviewer, decision.decided.date(), decision.until, decision.reason, lapses


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Screening(Sequence[Hit]):
    """The result of a search: a read-only sequence of hits that says what was searched and how."""

    #: The hits: highest score first, of equal scores the contradicted ones last, then by source and designation id.
    hits: tuple[Hit, ...]
    #: Designations that only a weak alias matched, that facts contradict if the policy says so, or that a reviewer
    #: cleared, in the same order.
    suppressed: tuple[SuppressedHit, ...]
    #: What was screened.
    subject: Subject
    #: The editions searched, each with its number of designations.
    editions: tuple[Edition, ...]
    #: The policy.
    policy: Policy
    #: The threshold, in points.
    threshold: int
    #: How many hits there were before the limit.
    total: int
    #: Version of screenkit.
    version: str
    #: When it was made, in UTC.
    time: dt.datetime
    #: The highest number of hits to return; None for all.
    limit: int | None = None
    #: Whether reviewers' decisions were applied.
    is_reviewed: bool = False
    #: Versions of Unicode's data and of the packages that results depend on.
    components: tuple[tuple[str, str], ...] = ()
    #: Digests of the rules and tables by which lists are read and names are matched. In a working copy they can differ
    #: under one version number.
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
        """True if the limit cut off hits."""
        return self.total > len(self.hits)

    @property
    def coverage(self) -> str:
        """ "full" where the policy requires sources (all were searched), else what was searched: "un_sc, us_ofac_sdn".

        "starter" where only the embedded demonstration list was searched.
        """
        return coverage_of(self.editions, self.policy.required_sources)

    @property
    def old_editions(self) -> tuple[Edition, ...]:
        """The editions that were fetched long after their publication (`Policy.max_lag`); newer ones may exist."""
        return old_editions(self.editions, self.policy.max_lag, self.time)

    @property
    def is_clear(self) -> bool:
        """True where whole lists were searched for readable names, and nothing was found, suppressed or cut off."""
        is_empty = not (self.hits or self.suppressed or self.truncated or self.coverage == STARTER)
        return is_empty and not self.is_unread

    @property
    def cautions(self) -> tuple[Caution, ...]:
        """What has to be known of the names beside the hits: a script that can't be read, several names in one text."""
        return cautions_of(self.subject)

    @property
    def is_unread(self) -> bool:
        """True where a name has letters of a script that can't be read dependably, such as Thai or Khmer."""
        return is_unread(self.subject)

    @property
    def needs_review(self) -> bool:
        """Whether somebody has to look at it: there is a hit, also one cut off, or a suppressed one nobody cleared."""
        return bool(self.total) or not all(hit.is_cleared for hit in self.suppressed)

    def __repr__(self) -> str:
        """One line without the customer's name."""
        hits = f"{wording.counted(self.total, 'hit')}, {len(self.suppressed):,} suppressed"
        return f"<Screening: {hits}; coverage {self.coverage}, is_clear {self.is_clear}>"

    def _repr_html_(self) -> str:
        """A table for notebooks, without the customer's name."""
        return html.table(self)

    def to_dict(self, *, subject_key: bytes | None = None) -> dict[str, Any]:
        """Everything as plain values, ready for JSON: all that `replay` needs.

        With a `subject_key` (16 secret bytes or more) the customer's names and facts are left out: the subject is its
        HMAC-SHA256 under the key, and evidence quotes only the listed side. Raises `AuditError` if the key is too
        short.
        """
        before, after = self.own_parts(subject_key=subject_key)
        return {
            **before,
            **shared(self.editions, self.policy, self.version, self.components, self.tables),
            **after,
        }

    def own_parts(self, *, subject_key: bytes | None = None) -> tuple[dict[str, Any], dict[str, Any]]:
        """What `to_dict` says before and after the part that all screenings by one screener have in common."""
        hits, suppressed = self.hits, self.suppressed
        if subject_key is not None:
            hits, suppressed = tuple(map(withheld, hits)), tuple(map(withheld, suppressed))
        before = {
            "subject": plain(self.subject) if subject_key is None else hidden_subject(self.subject, subject_key),
            "hits": [hit_dict(hit) for hit in hits],
            "suppressed": [{**hit_dict(hit), "reason": hit.reason} for hit in suppressed],
            "total": self.total,
            "truncated": self.truncated,
            "is_clear": self.is_clear,
            "needs_review": self.needs_review,
            "cautions": [plain(caution) for caution in self.cautions],
            "coverage": self.coverage,
            "old_editions": [edition.source for edition in self.old_editions],
            "threshold": self.threshold,
        }
        return before, {"limit": self.limit, "is_reviewed": self.is_reviewed, "time": instant(self.time)}

    def to_json(self, *, subject_key: bytes | None = None, indent: int | None = None) -> str:
        """`to_dict()` as JSON; letters of every script are written as they are."""
        return json.dumps(self.to_dict(subject_key=subject_key), ensure_ascii=False, indent=indent)
