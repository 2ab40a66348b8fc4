"""Designations and a subject in, a `Screening` out: the pipeline, as one readable class.

`Screener.screen` normalises the subject's names, asks the index for the listed names that can reach the
threshold, scores the designations they belong to, and sorts those that reach it. `compare` scores without an
index: it is the oracle that `screen` is tested against.
"""

from __future__ import annotations

import datetime as dt
import gc
import warnings
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from functools import cache
from itertools import islice
from multiprocessing import get_context
from os import PathLike
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Self

import numpy as np

from screenkit.blocks import Blocks
from screenkit.errors import (
    InvalidPolicyError,
    InvalidRecordError,
    NoListError,
    StarterCoverageWarning,
)
from screenkit.facts import lookup_keys
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
from screenkit.saved import KIND, Part, components, library_version, merged, opened_parts, results_rest_on, save_parts
from screenkit.score import Weighing, best_score
from screenkit.searchable import Chosen, Searchable, Tally
from screenkit.sources import read
from screenkit.sources.starter import starter_path

#: Subjects handed to a worker at once, and chunks in flight per worker.
_CHUNK, _CHUNKS_AHEAD = 64, 4


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

    def _take(self, parts: Sequence[Part], policy: Policy, file: Blocks | None = None) -> Self:
        #: The policy of every screening.
        self.policy = policy
        self._parts = tuple(parts)
        #: The file that it was loaded from.
        self._file = file
        is_whole = len(self._parts) == 1 and bool(self._parts[0].kept.all())
        #: What is searched, in the order given. Of a screener loaded from a file they are decoded when asked for.
        self.designations: Sequence[Designation] = (
            self._parts[0].held.designations
            if is_whole
            else Chosen([(part.held.designations, part.kept) for part in self._parts])
        )
        #: The editions searched, each with its counts of what is searched.
        self.editions = _editions(self._parts)
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
    def open(cls, sources: Iterable[str] | None = None, *, policy: Policy | None = None) -> Self:
        """Open the installed editions of these sources, or of all.

        Raises `NoListError`: this version installs none, so lists are given as
        `Screener(screenkit.read(source, path))`. The starter list never stands in for a missing one.
        """
        wanted = ", ".join(sources) if sources is not None else "any source"
        raise NoListError(
            f"no edition of {wanted} is installed; read a list file: Screener(screenkit.read(source, path))"
        )

    def screen(self, subject: Subject | str, *, threshold: float | None = None, limit: int | None = None) -> Screening:
        """Search all designations for a subject.

        `threshold` is a score from `Policy.floor` to 1.0, by default the policy's; an equal identifier is a hit
        whatever the threshold. `limit` is the most hits returned (`Screening.total` counts all). Raises
        `InvalidSubjectError`, `InvalidPolicyError`.
        """
        subject = as_subject(subject)
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
            components=components(),
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
        workers: int = 1,
    ) -> Iterator[Screening]:
        """Screen subjects one after another, in order; `workers` processes share the work.

        At most 256 subjects per worker are read ahead. Results do not depend on the count of workers. The
        first subject that can't be screened raises `InvalidSubjectError`.
        """
        self.policy.threshold_points(threshold)
        if isinstance(workers, bool) or not isinstance(workers, int) or workers < 1:
            raise InvalidPolicyError(f"workers is {workers!r}; it has to be a whole number from 1")
        if workers == 1:
            return (self.screen(subject, threshold=threshold, limit=limit) for subject in subjects)
        return self._screen_in_processes(iter(subjects), threshold, limit, workers)

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
        return type(self).__new__(type(self))._take(merged(parts, added, self.policy), self.policy)

    def __reduce__(self) -> tuple[Any, tuple[Any, ...]]:
        """Unpickled, one that was loaded opens its file again; any other is made anew from its designations."""
        if self._file is not None:
            return _reloaded, (type(self), self._file, self.policy)
        return _restored, (type(self), tuple(self.designations), self.policy)

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

    def _screen_in_processes(
        self, subjects: Iterator[Subject | str], threshold: float | None, limit: int | None, workers: int
    ) -> Iterator[Screening]:
        context = get_context()
        with TemporaryDirectory(prefix="screenkit-", ignore_cleanup_errors=True) as folder:
            if self._file is None and context.get_start_method() != "fork":
                # Workers that share no memory map one file, in place of making the index again in each of them.
                path = Path(folder) / "screener"
                self.save(path)
                shared = type(self).load(path, policy=self.policy)
            else:
                shared = self
            with ProcessPoolExecutor(workers, context, initializer=_adopt, initargs=(shared,)) as pool:
                ahead: deque[Future[list[Screening]]] = deque()
                while True:
                    while len(ahead) < workers * _CHUNKS_AHEAD and (chunk := list(islice(subjects, _CHUNK))):
                        ahead.append(pool.submit(_screen_chunk, chunk, threshold, limit))
                    if not ahead:
                        return
                    yield from ahead.popleft().result()


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


def _reloaded(made: type[Screener], file: Blocks, policy: Policy) -> Screener:
    return made.__new__(made)._take(opened_parts(file, policy), policy, file)


def _restored(made: type[Screener], designations: tuple[Designation, ...], policy: Policy) -> Screener:
    return made(designations, policy=policy)


_STARTER_WARNING = (
    "only the starter list was searched: about 60 designations that show how screenkit works. It is no"
    " compliance coverage; give a whole list: Screener(screenkit.read(source, path))"
)
_adopted: list[Screener] = []


def _adopt(screener: Screener) -> None:
    _adopted[:] = [screener]
    # What was there before the first subject stays: the collector need not look through it again and again.
    gc.freeze()


def _screen_chunk(subjects: list[Subject | str], threshold: float | None, limit: int | None) -> list[Screening]:
    return [_adopted[0].screen(subject, threshold=threshold, limit=limit) for subject in subjects]


def _order(hit: Hit) -> tuple[int, str, str, str]:
    edition = hit.designation.edition
    return -hit.points, hit.designation.source, hit.designation.id, edition.sha256 if edition else ""


def _editions(parts: Iterable[Part]) -> tuple[Edition, ...]:
    """The editions that designations stand in, each with counts of what is searched of it."""
    held: dict[Edition, Tally] = {}
    for part in parts:
        for edition, tally in part.held.tallies(part.kept):
            known = held.setdefault(edition, Tally(Counter(), Counter()))
            known.kinds.update(tally.kinds)
            known.programs.update(tally.programs)
    # A unary plus leaves out what counts to nothing.
    counted = (edition.counted(+tally.kinds, +tally.programs) for edition, tally in held.items())
    return tuple(sorted(counted, key=lambda edition: (edition.source, edition.published or "", edition.sha256)))


@cache
def _starter() -> Screener:
    return Screener(read("starter", starter_path()))


def screen(
    name: Subject | str | Iterable[str],
    *,
    kind: str | None = None,
    birth_date: PartialDate | dt.date | str | None = None,
    countries: Iterable[str] = (),
    gender: str | None = None,
    identifiers: Iterable[Identifier | str] = (),
    threshold: float | None = None,
    limit: int | None = None,
) -> Screening:
    """Screen a counterparty's name, in any script and spelling.

    Searches the embedded starter list, and says so with a `StarterCoverageWarning`: `coverage` is "starter"
    and `is_clear` False. Whole lists are searched by `Screener(screenkit.read(source, path)).screen(...)`.

        >>> hits = screen("Dandong Hongxiang Industrial Development")  # doctest: +SKIP

    Raises `InvalidSubjectError` for a name, date, country or kind that is none.
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
        )
    )
    return _starter().screen(subject, threshold=threshold, limit=limit)
