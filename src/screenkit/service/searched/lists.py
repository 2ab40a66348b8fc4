"""`SearchedLists`: what requests are screened against, also before the first list can be opened."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable
from contextlib import suppress

import attrs

from screenkit.editions.freshness import Freshness
from screenkit.errors import NoListError, ScreenkitError
from screenkit.live_screener import LiveScreener
from screenkit.model import Subject
from screenkit.options import ScreeningOptions
from screenkit.results import Screening
from screenkit.results.screening import STARTER, coverage_of
from screenkit.screener import Screener

_log = logging.getLogger(__name__)
#: Names whose scripts and languages have tables.
_NAMES = (
    "Li Wei",
    "李伟",
    "Kim Yong-chol",
    "김영철",
    "محمد علي",
    "山田 太郎",
    "अमित कुमार",
    "Иван Петров",
    "Acme Trading Co., Ltd.",
)


@attrs.frozen(kw_only=True)
class ListSource:
    """Where the lists come from."""

    #: Opens them: the installed lists as they change, or others, which stay as they are.
    open: Callable[[], Screener | LiveScreener]
    #: How fresh the lists are that change.
    freshness: Callable[[], tuple[Freshness, ...]]
    #: Whether other lists are there now than the starter list, which was opened because there were none.
    has_others: Callable[[], bool] = bool


class SearchedLists:
    """The lists that requests are screened against. A request that began with some editions ends with them."""

    def __init__(self, source: ListSource) -> None:
        """Open the lists.

        Lists that can't be opened don't end the service: `problem` says what is wrong until they can.
        """
        self._source = source
        self._opened: Screener | LiveScreener | None = None
        self._lock = threading.Lock()
        #: Why nothing can be searched; empty if something can.
        self.problem = ""
        #: How often newer editions took the place of others.
        self.swaps = 0
        self.reload()

    @property
    def screener(self) -> Screener:
        """What is searched now. Raises `NoListError` where nothing could be opened."""
        opened = self._searched()
        return opened.screener if isinstance(opened, LiveScreener) else opened

    @property
    def is_starter(self) -> bool:
        """Whether only the starter list is searched, which is a demonstration."""
        return coverage_of(self.screener.editions, ()) == STARTER

    def freshness(self) -> tuple[Freshness, ...]:
        """How fresh the lists are. Raises what the store raises."""
        return self._source.freshness()

    def screen(self, subject: Subject, options: ScreeningOptions) -> Screening:
        """Screen with the newest editions."""
        return self._searched().screen_with(subject, options)

    def screen_now(self, subject: Subject, options: ScreeningOptions) -> Screening:
        """Screen with what is open. Raises `StaleListError` where that has become stale, and opens nothing."""
        return self.screener.screen_with(subject, options)

    def warm(self) -> None:
        """Screen a name in each of several scripts, so that no request waits until the tables of one are loaded."""
        with suppress(ScreenkitError):  # `problem` has it, or the first request will
            for name in _NAMES:
                self.screen(Subject(name), ScreeningOptions())

    def reload(self) -> None:
        """Go over to newer editions if there are some, or open the lists if they could not be opened before."""
        with self._lock:
            try:
                if isinstance(self._opened, LiveScreener):
                    self.swaps += self._opened.reload()
                elif self._opened is None or (self.is_starter and self._source.has_others()):
                    self._opened = self._source.open()
                self.problem = ""
            except (ScreenkitError, OSError) as error:
                self._failed(str(error))

    async def watch(self, every: float) -> None:
        """Look for newer editions again and again, until cancelled."""
        while True:
            await asyncio.sleep(every)
            await asyncio.to_thread(self.reload)

    def _searched(self) -> Screener | LiveScreener:
        if self._opened is None:
            raise NoListError(self.problem)
        return self._opened

    def _failed(self, reason: str) -> None:
        if self._opened is not None:
            _log.error("newer editions can't be opened; the ones opened before are searched: %s", reason)
        elif self.problem != reason:
            _log.error("the lists can't be opened: %s", reason)
            self.problem = reason
