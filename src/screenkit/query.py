"""A query: a counterparty as a caller gives it, and `Screens`, what every way of screening one has in common."""

from __future__ import annotations

import asyncio
import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Iterable
from typing import NamedTuple

from screenkit.decisions import Decisions
from screenkit.errors import InvalidSubjectError
from screenkit.model import Kind, PartialDate, Subject
from screenkit.model.stated import KindName, is_missing
from screenkit.model.subject import Identifiers
from screenkit.options import ScreeningOptions
from screenkit.results import Screening


class Facts(NamedTuple):
    """What is known of a counterparty besides the name, as a caller gives it."""

    kind: Kind | KindName | None
    birth_date: PartialDate | dt.date | str | None
    countries: Iterable[str] | None
    gender: str | None
    identifiers: Identifiers
    customer: str | None

    def subject(self, name: Subject | str | Iterable[str]) -> Subject:
        """The subject of this name or these names. Raises `InvalidSubjectError`, also for a `Subject` with facts."""
        if not isinstance(name, Subject):
            return Subject(name, **self._asdict())
        if any(not is_missing(value) and value != () for value in self):
            raise InvalidSubjectError("give facts either in the Subject or as arguments, not both")
        return name


class Screens(ABC):
    """Something that screens one subject at a time."""

    @abstractmethod
    def screen_with(self, subject: Subject | str, options: ScreeningOptions) -> Screening:
        """`screen`, with its options as one record."""

    def screen(
        self,
        name: Subject | str | Iterable[str],
        *,
        kind: Kind | KindName | None = None,
        birth_date: PartialDate | dt.date | str | None = None,
        countries: Iterable[str] | None = (),
        gender: str | None = None,
        identifiers: Identifiers = (),
        customer: str | None = None,
        threshold: float | None = None,
        limit: int | None = None,
        decisions: Decisions | None = None,
        at: dt.datetime | None = None,
    ) -> Screening:
        """Search all designations for a counterparty, given by name and facts or as a `Subject`.

        `threshold` is a score from `Policy.floor` to 1.0, by default the policy's; an equal identifier is a hit
        whatever the threshold. `limit` is the most hits returned (`Screening.total` counts all). With `decisions`, a
        hit that a reviewer cleared for `Subject.customer` is suppressed. `at` is the time of the screening, by default
        now. Raises `InvalidSubjectError`, `InvalidPolicyError`, `DecisionError`, and `StaleListError` where it was
        opened from the store and its lists have become stale since.
        """
        facts = Facts(kind, birth_date, countries, gender, identifiers, customer)
        options = ScreeningOptions(threshold=threshold, limit=limit, decisions=decisions, at=at)
        return self.screen_with(facts.subject(name), options)

    async def screen_async(
        self,
        name: Subject | str | Iterable[str],
        *,
        kind: Kind | KindName | None = None,
        birth_date: PartialDate | dt.date | str | None = None,
        countries: Iterable[str] | None = (),
        gender: str | None = None,
        identifiers: Identifiers = (),
        customer: str | None = None,
        threshold: float | None = None,
        limit: int | None = None,
        decisions: Decisions | None = None,
        at: dt.datetime | None = None,
    ) -> Screening:
        """`screen` in a thread of its own, so that an event loop goes on meanwhile; the arguments are the same."""
        facts = Facts(kind, birth_date, countries, gender, identifiers, customer)
        options = ScreeningOptions(threshold=threshold, limit=limit, decisions=decisions, at=at)
        return await asyncio.to_thread(self.screen_with, facts.subject(name), options)
