"""Designations and a subject in, a `Screening` out: the pipeline, as one readable class.

`Screener.screen` normalises the subject's names, asks the index for the listed names that can reach the
threshold, scores the designations they belong to, and sorts those that reach it. `compare` scores without an
index: it is the oracle that `screen` is tested against.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
import warnings
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from functools import cache
from importlib.metadata import version
from itertools import islice
from typing import Any, Self

from screenkit.errors import (
    InvalidPolicyError,
    InvalidRecordError,
    NoListError,
    StarterCoverageWarning,
)
from screenkit.facts import lookup_keys
from screenkit.index import NameIndex
from screenkit.matching import ScoredName, as_subject, best_scores, compare_subject, normalized_name, searched_names
from screenkit.model import (
    Designation,
    Edition,
    Hit,
    Identifier,
    Kind,
    PartialDate,
    Score,
    Screening,
    Subject,
    SuppressedHit,
)
from screenkit.names import normalize
from screenkit.policy import Policy
from screenkit.score import best_score
from screenkit.sources import read
from screenkit.sources.starter import starter_path

#: What a designation made by hand stands in.
_BY_HAND = Edition(source="", title="designations given by the caller")
#: Subjects handed to a worker at once, and chunks in flight per worker.
_CHUNK, _CHUNKS_AHEAD = 64, 4


class Screener:
    """Designations made searchable. Safe to share between threads; nothing in it changes after it is made."""

    def __init__(self, designations: Iterable[Designation], *, policy: Policy | None = None) -> None:
        """Normalise and index all names.

        Raises `NoListError` where there is no designation, `InvalidRecordError` where something else is among
        them or an edition has two of one id.
        """
        #: The policy of every screening.
        self.policy = policy or Policy()
        #: What is searched, in the order given.
        self.designations = tuple(designations)
        if not self.designations:
            raise NoListError("there is no designation to search; nothing found would mean nothing was searched")
        self._refuse_unfit()
        self.editions = _editions(self.designations)
        #: Row of the index -> position of the designation that has the name, and the name.
        self._searched = [(at, name) for at, one in enumerate(self.designations) for name in searched_names(one)]
        names = [normalized_name(self.designations[at], name) for at, name in self._searched]
        #: The index of all names.
        self.index = NameIndex(names, self.policy)
        self._by_identifier = defaultdict(set)
        for at, designation in enumerate(self.designations):
            for identifier in designation.identifiers:
                for key in lookup_keys(identifier):
                    self._by_identifier[key].add(at)

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

        `threshold` is a score from `Policy.floor` to 1.0, by default the policy's; `limit` the most hits
        returned (`Screening.total` counts all). Raises `InvalidSubjectError`, `InvalidPolicyError`.
        """
        subject = as_subject(subject)
        points = self.policy.threshold_points(threshold)
        if limit is not None and (isinstance(limit, bool) or not isinstance(limit, int) or limit < 1):
            raise InvalidPolicyError(f"limit is {limit!r}; it has to be a whole number from 1, or None for all")
        hits: list[Hit] = []
        suppressed: list[SuppressedHit] = []
        for at, alerting, weak in self._scores(subject, points):
            designation = self.designations[at]
            if alerting is not None and alerting.points >= points:
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
            version=_version(),
            components=_components(),
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
        added = tuple(added)
        gone = {item if isinstance(item, str) else (item.source, item.id) for item in removed}
        there = {key for held in self.designations for key in (held.id, (held.source, held.id))}
        if gone - there:
            raise InvalidRecordError(f"to be removed but not there: {', '.join(sorted(map(str, gone - there)))}")
        replaced = {(designation.source, designation.id) for designation in added}
        kept = [
            held for held in self.designations if held.id not in gone and (held.source, held.id) not in gone | replaced
        ]
        return type(self)((*kept, *added), policy=self.policy)

    def __reduce__(self) -> tuple[Any, tuple[Any, ...]]:
        """Made anew from its designations where it is unpickled, which is what its index needs."""
        return _restored, (type(self), self.designations, self.policy)

    def __len__(self) -> int:
        """How many designations are searched."""
        return len(self.designations)

    def __iter__(self) -> Iterator[Designation]:
        return iter(self.designations)

    def _refuse_unfit(self) -> None:
        seen: set[tuple[Edition | None, str]] = set()
        for designation in self.designations:
            if not isinstance(designation, Designation):
                raise InvalidRecordError(f"a Screener takes Designations, not {type(designation).__name__}")
            key = (designation.edition, designation.id)
            if key in seen:
                raise InvalidRecordError(
                    f"{designation.source or 'the list given'} has two designations of id {designation.id}"
                )
            seen.add(key)

    def _scores(self, subject: Subject, points: int) -> Iterator[tuple[int, Score | None, Score | None]]:
        """Designations that can reach the points by name or share an identifier, each with its best scores."""
        has_facts = subject.birth_date or subject.countries or subject.gender
        least = points - (self.policy.largest_gain if has_facts else 0)
        policy = self.policy
        identified = {
            at
            for identifier in subject.identifiers
            for key in lookup_keys(identifier)
            for at in self._by_identifier.get(key, ())
        }
        for at in sorted(identified):
            yield at, *compare_subject(subject, self.designations[at], policy)
        found: dict[int, list[tuple[int, ScoredName]]] = {}
        for text in subject.names:
            query = normalize(text)
            for row, weighing in self.index.weighed(query, least):
                at, listed = self._searched[row]
                if at not in identified and (weighing.points >= least or self.index.has_reading(row)):
                    score = best_score(weighing, query, listed.text, policy)
                    found.setdefault(at, []).append((row, ScoredName(text, listed, score)))
        for at, scored in found.items():
            # In the order in which `compare_subject` meets them: of two equally good names it takes the first.
            scored.sort(key=lambda one: one[0])
            yield at, *best_scores(subject, self.designations[at], [one for _, one in scored], policy)

    def _screen_in_processes(
        self, subjects: Iterator[Subject | str], threshold: float | None, limit: int | None, workers: int
    ) -> Iterator[Screening]:
        with ProcessPoolExecutor(workers, initializer=_adopt, initargs=(self,)) as pool:
            ahead: deque[Future[list[Screening]]] = deque()
            while True:
                while len(ahead) < workers * _CHUNKS_AHEAD and (chunk := list(islice(subjects, _CHUNK))):
                    ahead.append(pool.submit(_screen_chunk, chunk, threshold, limit))
                if not ahead:
                    return
                yield from ahead.popleft().result()


def _restored(made: type[Screener], designations: tuple[Designation, ...], policy: Policy) -> Screener:
    return made(designations, policy=policy)


_STARTER_WARNING = (
    "only the starter list was searched: about 60 designations that show how screenkit works. It is no"
    " compliance coverage; give a whole list: Screener(screenkit.read(source, path))"
)
_adopted: list[Screener] = []


def _adopt(screener: Screener) -> None:
    _adopted[:] = [screener]


def _screen_chunk(subjects: list[Subject | str], threshold: float | None, limit: int | None) -> list[Screening]:
    return [_adopted[0].screen(subject, threshold=threshold, limit=limit) for subject in subjects]


def _order(hit: Hit) -> tuple[int, str, str, str]:
    edition = hit.designation.edition
    return -hit.points, hit.designation.source, hit.designation.id, edition.sha256 if edition else ""


def _editions(designations: Iterable[Designation]) -> tuple[Edition, ...]:
    """The editions that designations stand in, each with counts of what is searched of it."""
    kinds: dict[Edition, Counter[Kind]] = defaultdict(Counter)
    programs: dict[Edition, Counter[str]] = defaultdict(Counter)
    for designation in designations:
        edition = designation.edition or _BY_HAND
        kinds[edition][designation.kind] += 1
        programs[edition].update({program.code for program in designation.programs})
    counted = (edition.counted(kinds[edition], programs[edition]) for edition in kinds)
    return tuple(sorted(counted, key=lambda edition: (edition.source, edition.published or "", edition.sha256)))


@cache
def _version() -> str:
    return version("screenkit")


@cache
def _components() -> tuple[tuple[str, str], ...]:
    packages = ("unidecode", "rapidfuzz")
    return (("unicode", unicodedata.unidata_version), *((package, version(package)) for package in packages))


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
