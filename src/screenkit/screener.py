"""Designations and a subject in, a `Screening` out: the pipeline, as one readable class.

`Screener.screen` normalizes the subject's names, asks the index for the listed names that can reach the
threshold, scores the designations they belong to, and sorts those that reach it. `compare` scores without an
index: it is the oracle that `screen` is tested against.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Sequence
from os import PathLike
from typing import Any, Self

from screenkit.comparison.compared_name import asked_names
from screenkit.comparison.designations import ScoredName, as_subject, best_scores, compare_subject, score_cut_off
from screenkit.comparison.facts import lookup_keys
from screenkit.comparison.score import score_pairs
from screenkit.decisions import Decisions
from screenkit.editions import opening as installed
from screenkit.editions.store import Store
from screenkit.errors import (
    NoListError,
)
from screenkit.model import Designation, Score, Subject
from screenkit.options import ScreeningOptions
from screenkit.policy import Policy
from screenkit.query import Screens
from screenkit.results import Hit, Screening, SuppressedHit
from screenkit.results.screening import STARTER
from screenkit.search.changes import changed, refuse_unfit
from screenkit.search.files.block_file import Blocks
from screenkit.search.files.snapshot import (
    KIND,
    components,
    library_version,
    opened_segments,
    results_rest_on,
    save_segments,
    searched_editions,
    tables,
)
from screenkit.search.segment import LiveDesignations, LiveSegment, Segment
from screenkit.sources.starter import warn_of_starter
from screenkit.workers import screen_all


class Screener(Screens):
    """Designations made searchable. Safe to share between threads and, forked or pickled, between processes."""

    def __init__(self, designations: Iterable[Designation], *, policy: Policy | None = None) -> None:
        """Normalize and index all names.

        Raises `NoListError` where there is no designation, `InvalidRecordError` where something else is among
        them or an edition has two of one id.
        """
        policy = policy or Policy()
        designations = tuple(designations)
        if not designations:
            raise NoListError("there is no designation to search; nothing found would mean nothing was searched")
        refuse_unfit(designations)
        self._take([LiveSegment.whole(Segment.made(designations, policy))], policy)

    def _take(
        self,
        segments: Sequence[LiveSegment],
        policy: Policy,
        file: Blocks | None = None,
        guard: installed.Guard | None = None,
    ) -> Self:
        #: The policy of every screening.
        self.policy = policy
        self._segments = tuple(segments)
        #: The file that it was loaded from.
        self._file = file
        #: What refuses a search once the editions opened are stale.
        self._guard = guard
        is_whole = len(self._segments) == 1 and bool(self._segments[0].alive.all())
        #: What is searched, in the order given. Of a screener loaded from a file they are decoded when asked for.
        self.designations: Sequence[Designation] = (
            self._segments[0].segment.designations if is_whole else LiveDesignations(self._segments)
        )
        #: The editions searched, each with its counts of what is searched.
        self.editions = searched_editions(self._segments)
        searched = {edition.source for edition in self.editions}
        self._missing_sources = tuple(one for one in policy.required_sources if one not in searched)
        #: Where each designation is, by its source and id; made when one is first looked up.
        self._places: dict[tuple[str, str], tuple[int, int]] | None = None
        return self

    @classmethod
    def load(cls, path: str | PathLike[str], *, policy: Policy | None = None) -> Self:
        """Open what `save` wrote; the file is mapped into memory and must not be written to while it is in use.

        It opens under any policy. Raises `DamagedFileError` for a file that is damaged (noticed when a part of it is
        first used), foreign, or saved by a version that searches otherwise; such a file has to be made again.
        """
        policy = policy or Policy()
        file = Blocks.open(path, KIND, results_rest_on())
        return cls.__new__(cls)._take(opened_segments(file, policy), policy, file)

    def save(self, path: str | PathLike[str]) -> None:
        """Write all that is searched to one file, for `load` to open in milliseconds.

        A file of that path is replaced, whole or not at all. The policy is not saved. Raises `OSError` where the file
        can't be written.
        """
        save_segments(path, self._segments)

    @classmethod
    def open(
        cls,
        sources: Iterable[str] | None = None,
        *,
        policy: Policy | None = None,
        as_of: dt.date | str | None = None,
        store: str | PathLike[str] | None = None,
    ) -> Self:
        """Open the installed editions of these sources, or of all, from the store at a path or the user's own.

        A source is an id such as "un_sc", or names one edition: "un_sc@2025-11-20", "un_sc@9743e2bb10ea". With `as_of`
        (a day, to its end in UTC, or a time with a zone) the editions are those that were current in the store then.
        Editions named or dated so may be of any age; the others are refused, here and by `screen`, once
        `Policy.max_age` has passed since they were last checked.

        Lists are indexed when they are imported or updated, or else when they are first opened; after that it takes
        hundredths of a second. Raises `NoListError` where one is not installed (the starter list never stands in for
        it), `StaleListError`, `StoreError` where the store is damaged.
        """
        policy = policy or Policy()
        return cls.of_choice(installed.choose(Store(store), sources, as_of=as_of, max_age=policy.max_age), policy)

    @classmethod
    def of_choice(cls, choice: installed.Choice, policy: Policy) -> Self:
        """Open editions that were chosen already."""
        segments, file = installed.opened(choice, policy)
        return cls.__new__(cls)._take(segments, policy, file, choice.guard)

    def screen_with(self, subject: Subject | str, options: ScreeningOptions) -> Screening:
        """`screen`, with its options as one record."""
        if self._guard is not None:
            self._guard.refuse_stale()
        missing = self._missing_sources
        if missing:
            raise NoListError(
                f"the policy requires {', '.join(missing)}, which this search does not include; install and open"
                f" {'it' if len(missing) == 1 else 'them'}, or change required_sources"
            )
        subject = as_subject(subject)
        points = self.policy.threshold_points(options.threshold)
        time = options.time
        hits: list[Hit] = []
        suppressed: list[SuppressedHit] = []
        for designation, alerting, weak in self._scores(subject, points):
            if alerting is not None and (alerting.points >= points or alerting.is_identified):
                hit = Hit(designation=designation, result=alerting)
                if self.policy.suppress_contradicted and hit.is_contradicted and not alerting.is_identified:
                    suppressed.append(SuppressedHit(designation=designation, result=alerting, is_set_aside=True))
                else:
                    hits.append(hit)
            elif weak is not None and weak.points >= points:
                suppressed.append(SuppressedHit(designation=designation, result=weak))
        if options.decisions is not None:
            hits, suppressed = options.decisions.settle(
                subject, hits, suppressed, time, reviewers=self.policy.required_reviewers
            )
        hits.sort(key=_order)
        suppressed.sort(key=_order)
        screening = Screening(
            hits=tuple(hits[: options.limit]),
            suppressed=tuple(suppressed),
            subject=subject,
            editions=self.editions,
            policy=self.policy,
            threshold=points,
            total=len(hits),
            version=library_version(),
            time=time,
            limit=options.limit,
            is_reviewed=options.decisions is not None,
            components=components(),
            tables=tables(),
        )
        if screening.coverage == STARTER:
            warn_of_starter()
        return screening

    def screen_many(
        self,
        subjects: Iterable[Subject | str],
        *,
        threshold: float | None = None,
        limit: int | None = None,
        decisions: Decisions | None = None,
        at: dt.datetime | None = None,
        workers: int = 1,
    ) -> Iterator[Screening]:
        """Screen subjects one after another, in order; `workers` processes share the work.

        At most 256 subjects per worker are read ahead. Results do not depend on the count of workers. `at` is the time
        of all screenings, by default of each its own. The first subject that can't be screened raises
        `InvalidSubjectError`.
        """
        options = ScreeningOptions(threshold=threshold, limit=limit, decisions=decisions, at=at)
        return screen_all(self, subjects, options, workers)

    def updated(self, *, added: Iterable[Designation] = (), removed: Iterable[Designation | str] = ()) -> Self:
        """A new screener with designations added and removed (given as such or by id); this one stays as it is.

        An added designation replaces one of the same source and id. Raises `InvalidRecordError` where
        something is to be removed that isn't there.
        """
        segments = changed(self._segments, tuple(added), tuple(removed), self.policy)
        return type(self).__new__(type(self))._take(segments, self.policy, guard=self._guard)

    def __reduce__(self) -> tuple[Any, tuple[Any, ...]]:
        """Unpickled, one that was loaded opens its file again; any other is made anew from its designations."""
        if self._file is not None:
            return _reloaded, (type(self), self._file, self.policy, self._guard)
        return _restored, (type(self), tuple(self.designations), self.policy, self._guard)

    def find(self, source: str, id: str) -> Designation | None:
        """The designation with this id on the list of a source; None where it is not searched."""
        if self._places is None:
            self._places = {
                key: (number, at)
                for number, live in enumerate(self._segments)
                for at, key in enumerate(live.segment.keys())
                if live.alive[at]
            }
        place = self._places.get((source, id))
        return None if place is None else self._segments[place[0]].segment.designations[place[1]]

    @property
    def is_in_file(self) -> bool:
        """Whether it is mapped from a file, which other processes can map as well."""
        return self._file is not None

    def __len__(self) -> int:
        """How many designations are searched."""
        return len(self.designations)

    def __iter__(self) -> Iterator[Designation]:
        return iter(self.designations)

    def _scores(self, subject: Subject, points: int) -> Iterator[tuple[Designation, Score | None, Score | None]]:
        """Designations that can reach the points by name or share an identifier, each with its best scores."""
        has_facts = subject.birth_date or subject.countries or subject.gender
        least = points - (self.policy.largest_gain if has_facts else 0)
        identified = self._identified(subject)
        for number, at in identified:
            designation = self._segments[number].segment.designations[at]
            yield designation, *compare_subject(subject, designation, self.policy)
        for (number, at), scored in self._by_name(subject, least, identified).items():
            designation = self._segments[number].segment.designations[at]
            yield designation, *best_scores(subject, designation, scored, self.policy)

    def _by_name(
        self, subject: Subject, least: int, identified: Collection[tuple[int, int]]
    ) -> dict[tuple[int, int], list[ScoredName]]:
        """The names that score enough, by their designation: its segment, and its position there."""
        found: dict[tuple[int, int], list[tuple[int, ScoredName]]] = {}
        for asked in asked_names(subject, self.policy):
            for number, live in enumerate(self._segments):
                for id, owner, name, pairs in live.candidates(asked.query, least):
                    if (number, owner) not in identified:
                        score = score_pairs(asked.query, name, pairs, least, self.policy)
                        if score is not None:
                            scored = ScoredName(live.segment.listed(id), score, asked.party)
                            found.setdefault((number, owner), []).append((id, scored))
                for id, owner in live.cut_off(asked.query.text):
                    if (number, owner) not in identified:
                        listed = live.segment.listed(id)
                        cut = score_cut_off(asked, listed.text, self.policy)
                        if cut is not None:
                            found.setdefault((number, owner), []).append((id, ScoredName(listed, cut)))
        # In the order in which `compare_subject` comes to them: of two equally good names it takes the first.
        return {
            place: [scored for _, scored in sorted(names, key=lambda pair: pair[0])] for place, names in found.items()
        }

    def _identified(self, subject: Subject) -> dict[tuple[int, int], None]:
        """The designations that may share an identifier, in their order: their segments, and their positions there."""
        keys = [key for identifier in subject.identifiers for key in lookup_keys(identifier)]
        if not keys:
            return {}
        return {(number, at): None for number, live in enumerate(self._segments) for at in live.identified(keys)}


def _reloaded(made: type[Screener], file: Blocks, policy: Policy, guard: installed.Guard | None) -> Screener:
    return made.__new__(made)._take(opened_segments(file, policy), policy, file, guard)


def _restored(
    made: type[Screener], designations: tuple[Designation, ...], policy: Policy, guard: installed.Guard | None
) -> Screener:
    return made.__new__(made)._take([LiveSegment.whole(Segment.made(designations, policy))], policy, guard=guard)


def _order(hit: Hit) -> tuple[int, bool, str, str, str]:
    edition = hit.designation.edition
    sha256 = edition.sha256 if edition else ""
    return -hit.points, hit.is_contradicted, hit.designation.source, hit.designation.id, sha256
