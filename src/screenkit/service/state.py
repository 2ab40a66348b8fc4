"""`Service`: what all routes share, and the one way in which they screen."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TypeVar

import attrs
from fastapi import Request

from screenkit.errors import StaleListError
from screenkit.model import Subject
from screenkit.options import ScreeningOptions
from screenkit.results import Screening

from .guarding.jobs import Jobs
from .guarding.metrics import Metrics
from .records import Records
from .searched.lists import SearchedLists
from .settings import Settings

_Result = TypeVar("_Result")
#: The characters of the longest names that are screened without a thread. Such a subject takes about a millisecond, and
#: handing it to a thread and taking the result back takes half as long again.
_SHORT = 100
_Screen = Callable[[Subject, ScreeningOptions], Screening]
#: Is never set.
_NEVER = threading.Event()
_Screened = Callable[[Sequence[Screening]], _Result]


@attrs.frozen(kw_only=True)
class Order:
    """One subject, and how it is screened."""

    #: The subject.
    subject: Subject
    #: The lowest score that is a hit; None for the policy's threshold.
    threshold: float | None = None
    #: The most hits; None for all.
    limit: int | None = None


class StoppedError(Exception):
    """Nobody waits for the result any more."""


class Service:
    """The settings, lists, threads and metrics of one running service."""

    def __init__(self, settings: Settings, lists: SearchedLists) -> None:
        #: Limits, keys and records.
        self.settings = settings
        #: What is searched.
        self.lists = lists
        #: What is counted.
        self.metrics = Metrics()
        #: The threads that screen.
        self.jobs = Jobs(settings.threads, settings.concurrency, self.metrics.pending.set)
        #: What writes records.
        self.records = Records()

    async def screen(self, request: Request, orders: Sequence[Order], shown: _Screened[_Result]) -> _Result:
        """Screen, record the screenings in the audit log if there is one, and return what is to be shown of them.

        Nothing is returned that could not be recorded.
        """

        def job(stop: threading.Event, screen: _Screen = self.lists.screen) -> _Result:
            found = []
            for order in orders:
                if stop.is_set():
                    raise StoppedError
                found.append(self.screen_one(order, screen))
            self._record(found)
            return self._counted(request, found, shown)

        if self._is_short(orders):
            # Where the lists have become stale, newer ones may have to be opened, which takes a thread.
            with suppress(StaleListError):
                return job(_NEVER, self.lists.screen_now)
        return await self.jobs.run(job)

    def _is_short(self, orders: Sequence[Order]) -> bool:
        """Whether screening is done sooner than a thread would have begun. What is recorded waits for the disk."""
        if len(orders) > 1 or self.settings.audit is not None:
            return False
        subject = orders[0].subject
        has_decisions = self.settings.decisions is not None and subject.customer is not None
        return not has_decisions and sum(map(len, subject.names)) <= _SHORT

    def screen_one(self, order: Order, screen: _Screen) -> Screening:
        """Screen one subject by a function of the lists; nothing is recorded."""
        # Decisions are kept by customer: without a key there is none to apply.
        decisions = None if order.subject.customer is None else self.settings.decisions
        options = ScreeningOptions(threshold=order.threshold, limit=order.limit, decisions=decisions)
        return screen(order.subject, options)

    def _record(self, found: Sequence[Screening]) -> None:
        if self.settings.audit is not None:
            self.settings.audit.append(*(one.to_dict(subject_key=self.settings.subject_key) for one in found))

    def _counted(self, request: Request, found: Sequence[Screening], shown: _Screened[_Result]) -> _Result:
        alerts = sum(one.needs_review for one in found)
        self.metrics.subjects.inc(len(found))
        self.metrics.alerts.inc(alerts)
        request.state.subjects, request.state.hits = len(found), sum(one.total for one in found)
        return shown(found)


def service_of(request: Request) -> Service:
    """The service that a request was sent to."""
    service: Service = request.app.state.service
    return service
