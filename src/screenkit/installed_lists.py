"""`screen`: one call that searches whatever is installed, or the embedded starter list where nothing ever was."""

from __future__ import annotations

import datetime as dt
import os
import threading
from collections.abc import Iterable
from pathlib import Path

from screenkit.decisions import Decisions
from screenkit.editions.store import Store
from screenkit.live_screener import LiveScreener
from screenkit.model import Kind, PartialDate, Subject
from screenkit.model.stated import KindName
from screenkit.model.subject import Identifiers
from screenkit.options import ScreeningOptions
from screenkit.query import Facts
from screenkit.results import Screening
from screenkit.screener import Screener
from screenkit.sources import read
from screenkit.sources.starter import starter_path


def screen(
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
    """Screen a counterparty's name, in any script and spelling; the arguments are those of `Screener.screen`.

    Searches the installed editions of all sources, as `Screener.open()` does. Only where nothing was ever installed it
    searches the embedded starter list, and says so with a `StarterCoverageWarning`: `coverage` is "starter" and
    `is_clear` False. After an edition was installed, the first call opens it; calls of other threads meanwhile search
    the editions before it.

        >>> hits = screen("Dandong Hongxiang Industrial Development")  # doctest: +SKIP

    Raises `InvalidSubjectError` for a name, date, country or kind that can't be read, and what `Screener.open` raises.
    """
    facts = Facts(kind, birth_date, countries, gender, identifiers, customer)
    options = ScreeningOptions(threshold=threshold, limit=limit, decisions=decisions, at=at)
    subject = facts.subject(name)
    store = Store()
    return (_opened.of_store(store.path) if store.is_expected else _opened.of_starter()).screen_with(subject, options)


class _Opened:
    """What `screen` has opened: at most one store, and the starter list. One thread opens, the others wait for it."""

    def __init__(self) -> None:
        self._opening = threading.Lock()
        self._of_store: tuple[Path, LiveScreener] | None = None
        self._of_starter: Screener | None = None

    def of_store(self, store: Path) -> LiveScreener:
        """What searches the current editions of a store."""
        opened = self._of_store
        if opened is None or opened[0] != store:
            with self._opening:
                opened = self._of_store
                if opened is None or opened[0] != store:
                    opened = self._of_store = store, LiveScreener(store=store, check_every=None)
                    return opened[1]
        opened[1].reload(wait=False)
        return opened[1]

    def of_starter(self) -> Screener:
        """What searches the starter list."""
        with self._opening:
            if self._of_starter is None:
                self._of_starter = Screener(read("starter", starter_path()))
            return self._of_starter

    def begin_again(self) -> None:
        """In a process that was forked, let nobody wait for a thread that the fork left behind."""
        self._opening = threading.Lock()


_opened = _Opened()
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_opened.begin_again)
