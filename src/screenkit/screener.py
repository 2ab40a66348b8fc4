"""Designations and a subject in, a `Screening` out: the pipeline, as one readable class.

`Screener.screen` normalises the subject's names, asks the index for the listed names that can reach the
threshold, scores the designations they belong to, and sorts those that reach it. `compare` scores without an
index: it is the oracle that `screen` is tested against.
"""

from __future__ import annotations

import datetime as dt
import warnings
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from os import PathLike
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Self

import numpy as np

from screenkit import installed
from screenkit.blocks import Blocks
from screenkit.decisions import Decisions
from screenkit.editions.store import Store
from screenkit.errors import (
    InvalidPolicyError,
    InvalidRecordError,
    NoListError,
    StarterCoverageWarning,
)
from screenkit.facts import lookup_keys
from screenkit.many import Asked, needs_file, screen_each, screen_in_processes
from screenkit.matching import ScoredName, as_subject, best_scores, compare_subject
from screenkit.model import (
    Designation,
    Edition,
    Hit,
    Identifier,
    ListedName,
    Name,
    PartialDate,
    Score,
    Screening,
    Subject,
    SuppressedHit,
)
from screenkit.names import normalize
from screenkit.policy import Policy
from screenkit.saved import (
    KIND,
    Part,
    components,
    library_version,
    merged,
    opened_parts,
    results_rest_on,
    save_parts,
    searched_editions,
    tables,
)
from screenkit.score import Weighing, best_score
from screenkit.searchable import Chosen, Searchable
from screenkit.sources import read
from screenkit.sources.starter import starter_path


class Screener:
    """Designations made searchable. Safe to share between threads and, forked or pickled, between processes."""

    def __init__(self, designations: Iterable[Designation], *, policy: Policy | None = None) -> None:
        """Normalise and index all names.

        Raises `NoListError` where there is no designation, `InvalidRecordError` where something else is among
        them or an edition has two of one id.
        """
        policy = policy or Policy()
        designations = tuple(designations)
        if not designations:
            raise NoListError("there is no designation to search; nothing found would mean nothing was searched")
        _refuse_unfit(designations)
        self._take([Part.whole(Searchable.made(designations, policy))], policy)

    def _take(
        self,
        parts: Sequence[Part],
        policy: Policy,
        file: Blocks | None = None,
        guard: installed.Guard | None = None,
    ) -> Self:
        #: The policy of every screening.
        self.policy = policy
        self._parts = tuple(parts)
        #: The file that it was loaded from.
        self._file = file
        #: What refuses a search once the editions opened are stale.
        self._guard = guard
        is_whole = len(self._parts) == 1 and bool(self._parts[0].kept.all())
        #: What is searched, in the order given. Of a screener loaded from a file they are decoded when asked for.
        self.designations: Sequence[Designation] = (
            self._parts[0].held.designations
            if is_whole
            else Chosen([(part.held.designations, part.kept) for part in self._parts])
        )
        #: The editions searched, each with its counts of what is searched.
        self.editions = searched_editions(self._parts)
        return self

    @classmethod
    def load(cls, path: str | PathLike[str], *, policy: Policy | None = None) -> Self:
        """Open what `save` wrote; the file is mapped into memory and must not be written to while it is in use.

        It opens under any policy. Raises `DamagedFileError` for a file that is damaged (noticed when a part of it is
        first used), foreign, or saved by a version that searches otherwise; such a file has to be made again.
        """
        policy = policy or Policy()
        file = Blocks.open(path, KIND, results_rest_on())
        return cls.__new__(cls)._take(opened_parts(file, policy), policy, file)

    def save(self, path: str | PathLike[str]) -> None:
        """Write all that is searched to one file, for `load` to open in milliseconds.

        A file of that path is replaced, whole or not at all. The policy is not saved. Raises `OSError` where the file
        can't be written.
        """
        save_parts(path, self._parts)

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
        `Policy.max_age` has passed since they were last found current.

        The first opening of a set of editions indexes them, the next ones take hundredths of a second. Raises
        `NoListError` where one is not installed (the starter list never stands in for it), `StaleListError`,
        `StoreError` where the store is damaged.
        """
        policy = policy or Policy()
        choice = installed.choose(Store(store), sources, as_of=as_of, max_age=policy.max_age)
        parts, file = installed.opened(choice, policy)
        return cls.__new__(cls)._take(parts, policy, file, choice.guard)

    def screen(
        self,
        subject: Subject | str,
        *,
        threshold: float | None = None,
        limit: int | None = None,
        decisions: Decisions | None = None,
        at: dt.datetime | None = None,
    ) -> Screening:
        """Search all designations for a subject.

        `threshold` is a score from `Policy.floor` to 1.0, by default the policy's; an equal identifier is a hit
        whatever the threshold. `limit` is the most hits returned (`Screening.total` counts all). With `decisions`, a
        hit that a reviewer cleared for `Subject.customer` is suppressed. `at` is the time of the screening, by default
        now. Raises `InvalidSubjectError`, `InvalidPolicyError`, `DecisionError`, and `StaleListError` where it was
        opened from the store and its lists have become stale since.
        """
        if self._guard is not None:
            self._guard.refuse_stale()
        subject = as_subject(subject)
        time = _screened(at)
        points = self.policy.threshold_points(threshold)
        if limit is not None and (isinstance(limit, bool) or not isinstance(limit, int) or limit < 1):
            raise InvalidPolicyError(f"limit is {limit!r}; it has to be a whole number from 1, or None for all")
        hits: list[Hit] = []
        suppressed: list[SuppressedHit] = []
        for designation, alerting, weak in self._scores(subject, points):
            if alerting is not None and (alerting.points >= points or alerting.is_identified):
                hits.append(Hit(designation=designation, result=alerting))
            elif weak is not None and weak.points >= points:
                suppressed.append(SuppressedHit(designation=designation, result=weak))
        if decisions is not None:
            hits, suppressed = decisions.settle(subject, hits, suppressed, time)
        hits.sort(key=_order)
        suppressed.sort(key=_order)
        screening = Screening(
            hits=tuple(hits[:limit]),
            suppressed=tuple(suppressed),
            subject=subject,
            editions=self.editions,
            policy=self.policy,
            threshold=points,
            total=len(hits),
            version=library_version(),
            time=time,
            limit=limit,
            is_reviewed=decisions is not None,
            components=components(),
            tables=tables(),
        )
        if screening.coverage != "full":
            warnings.warn(_STARTER_WARNING, StarterCoverageWarning, stacklevel=2)
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
        self.policy.threshold_points(threshold)
        if isinstance(workers, bool) or not isinstance(workers, int) or workers < 1:
            raise InvalidPolicyError(f"workers is {workers!r}; it has to be a whole number from 1")
        asked = Asked(threshold, limit, decisions, at)
        if workers == 1:
            return screen_each(self, subjects, asked)
        if self._file is None and needs_file():
            return self._screen_by_file(subjects, asked, workers)
        return screen_in_processes(self, subjects, asked, workers)

    def updated(self, *, added: Iterable[Designation] = (), removed: Iterable[Designation | str] = ()) -> Self:
        """A new screener with designations added and removed (given as such or by id); this one stays as it is.

        An added designation replaces one of the same source and id. Raises `InvalidRecordError` where
        something is to be removed that isn't there.
        """
        added, removed = tuple(added), set(removed if isinstance(removed, (list, tuple, set)) else tuple(removed))
        gone = {item if isinstance(item, str) else (item.source, item.id) for item in removed}
        keys = [part.held.keys() for part in self._parts]
        pairs = [zip(held, part.kept.tolist(), strict=True) for held, part in zip(keys, self._parts, strict=True)]
        there = {told for held in pairs for key, is_kept in held if is_kept for told in (key, key[1])}
        if gone - there:
            raise InvalidRecordError(f"to be removed but not there: {', '.join(sorted(map(str, gone - there)))}")
        _refuse_unfit(added)
        gone |= {(designation.source, designation.id) for designation in added}
        parts = [
            Part(part.held, part.kept & np.array([key not in gone and key[1] not in gone for key in held]))
            for part, held in zip(self._parts, keys, strict=True)
        ]
        return type(self).__new__(type(self))._take(merged(parts, added, self.policy), self.policy, guard=self._guard)

    def __reduce__(self) -> tuple[Any, tuple[Any, ...]]:
        """Unpickled, one that was loaded opens its file again; any other is made anew from its designations."""
        if self._file is not None:
            return _reloaded, (type(self), self._file, self.policy, self._guard)
        return _restored, (type(self), tuple(self.designations), self.policy, self._guard)

    def __len__(self) -> int:
        """How many designations are searched."""
        return len(self.designations)

    def __iter__(self) -> Iterator[Designation]:
        return iter(self.designations)

    def _scores(self, subject: Subject, points: int) -> Iterator[tuple[Designation, Score | None, Score | None]]:
        """Designations that can reach the points by name or share an identifier, each with its best scores."""
        has_facts = subject.birth_date or subject.countries or subject.gender
        least = points - (self.policy.largest_gain if has_facts else 0)
        policy = self.policy
        identified = self._identified(subject)
        for number, at in identified:
            designation = self._parts[number].held.designations[at]
            yield designation, *compare_subject(subject, designation, policy)
        found: dict[tuple[int, int], list[tuple[int, ScoredName]]] = {}
        for text in subject.names:
            query = normalize(text)
            for number, part in enumerate(self._parts):
                owners = part.held.owners
                for row, weighing in part.held.index.weighed(query, least):
                    key = number, int(owners[row])
                    if part.kept[key[1]] and key not in identified:
                        is_read = len(query.readings) > 1 and part.held.index.has_reading(row)
                        if is_read or weighing.points >= least:
                            listed = part.held.listed(row)
                            scored = _scored(query, listed, weighing, is_read, policy)
                            if scored.points >= least:
                                found.setdefault(key, []).append((row, scored))
        for (number, at), scores in found.items():
            # In the order in which `compare_subject` meets them: of two equally good names it takes the first.
            scores.sort(key=lambda one: one[0])
            designation = self._parts[number].held.designations[at]
            yield designation, *best_scores(subject, designation, [one for _, one in scores], policy)

    def _identified(self, subject: Subject) -> dict[tuple[int, int], None]:
        """The designations that may share an identifier, in their order: their parts, and their positions there."""
        keys = [key for identifier in subject.identifiers for key in lookup_keys(identifier)]
        if not keys:
            return {}
        return {
            (number, at): None
            for number, part in enumerate(self._parts)
            for at in sorted(part.held.identified(keys))
            if part.kept[at]
        }

    def _screen_by_file(self, subjects: Iterable[Subject | str], asked: Asked, workers: int) -> Iterator[Screening]:
        """Workers that share no memory map one file, in place of making the index again in each of them."""
        with TemporaryDirectory(prefix="screenkit-", ignore_cleanup_errors=True) as folder:
            path = Path(folder) / "screener"
            self.save(path)
            yield from screen_in_processes(type(self).load(path, policy=self.policy), subjects, asked, workers)


def _refuse_unfit(designations: Iterable[Designation]) -> None:
    seen: set[tuple[Edition | None, str]] = set()
    for designation in designations:
        if not isinstance(designation, Designation):
            raise InvalidRecordError(f"a Screener takes Designations, not {type(designation).__name__}")
        key = (designation.edition, designation.id)
        if key in seen:
            raise InvalidRecordError(
                f"{designation.source or 'the list given'} has two designations of id {designation.id}"
            )
        seen.add(key)


def _scored(query: Name, listed: ListedName, weighing: Weighing, is_read: bool, policy: Policy) -> ScoredName:
    """A name's score; its evidence is made where the name turns out the best one, or where a reading may be better."""
    if is_read:
        score = best_score(weighing, query, listed.text, policy)
        return ScoredName(query.text, listed, score.points, lambda: score)
    return ScoredName(query.text, listed, weighing.points, lambda: best_score(weighing, query, listed.text, policy))


def _reloaded(made: type[Screener], file: Blocks, policy: Policy, guard: installed.Guard | None) -> Screener:
    return made.__new__(made)._take(opened_parts(file, policy), policy, file, guard)


def _restored(
    made: type[Screener], designations: tuple[Designation, ...], policy: Policy, guard: installed.Guard | None
) -> Screener:
    return made.__new__(made)._take([Part.whole(Searchable.made(designations, policy))], policy, guard=guard)


_STARTER_WARNING = (
    "only the starter list was searched: about 60 designations that show how screenkit works. It is no"
    " compliance coverage; install whole lists: `screenkit update`, or give one: Screener(read(source, path))"
)


def _screened(at: dt.datetime | None) -> dt.datetime:
    """The time of a screening, to the millisecond, which is what a record keeps of it."""
    if at is None:
        at = dt.datetime.now(dt.UTC)
    elif not isinstance(at, dt.datetime) or at.tzinfo is None:
        raise InvalidPolicyError(
            f"at is {at}, which has no offset from UTC; give datetime.now(datetime.UTC) or the like"
        )
    try:
        at.astimezone(dt.UTC)
    except OverflowError as error:
        raise InvalidPolicyError(f"at is {at}, which can't be told in UTC") from error
    return at.replace(microsecond=at.microsecond // 1_000 * 1_000)


def _order(hit: Hit) -> tuple[int, str, str, str]:
    edition = hit.designation.edition
    return -hit.points, hit.designation.source, hit.designation.id, edition.sha256 if edition else ""


@cache
def _starter() -> Screener:
    return Screener(read("starter", starter_path()))


@lru_cache(maxsize=1)
def _opened(store: Path, _: object) -> Screener:
    """All that is installed; opened again when the signature of what is current is another."""
    return Screener.open(store=store)


def screen(
    name: Subject | str | Iterable[str],
    *,
    kind: str | None = None,
    birth_date: PartialDate | dt.date | str | None = None,
    countries: Iterable[str] = (),
    gender: str | None = None,
    identifiers: Iterable[Identifier | str] = (),
    customer: str | None = None,
    threshold: float | None = None,
    limit: int | None = None,
    decisions: Decisions | None = None,
) -> Screening:
    """Screen a counterparty's name, in any script and spelling.

    Searches the installed editions of all sources, as `Screener.open()` does. Only where nothing was ever installed it
    searches the embedded starter list, and says so with a `StarterCoverageWarning`: `coverage` is "starter" and
    `is_clear` False.

        >>> hits = screen("Dandong Hongxiang Industrial Development")  # doctest: +SKIP

    Raises `InvalidSubjectError` for a name, date, country or kind that is none, and what `Screener.open` raises.
    """
    subject = (
        name
        if isinstance(name, Subject)
        else Subject(
            name,
            kind=kind,
            birth_date=birth_date,
            countries=countries,
            gender=gender,
            identifiers=identifiers,
            customer=customer,
        )
    )
    store = Store()
    screener = _opened(store.path, installed.signature(store)) if store.is_expected else _starter()
    return screener.screen(subject, threshold=threshold, limit=limit, decisions=decisions)
