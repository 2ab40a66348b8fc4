"""`live`: a screener for a service, which goes over to new editions while it is in use.

A query takes the screener that is current when it begins, and stays with it to its end. A new edition is opened beside
it, by one thread at a time, and then takes its place in one step.
"""

from __future__ import annotations

import logging
import os
import threading
import weakref
from collections.abc import Iterable
from os import PathLike
from typing import NamedTuple, Self

from screenkit.editions import opening
from screenkit.editions.store import Store
from screenkit.errors import InvalidPolicyError, ScreenkitError, StaleListError
from screenkit.model import Subject
from screenkit.options import ScreeningOptions
from screenkit.policy import Policy
from screenkit.query import Screens
from screenkit.results import Screening
from screenkit.screener import Screener

_log = logging.getLogger(__name__)


def live(
    sources: Iterable[str] | None = None,
    *,
    store: str | PathLike[str] | None = None,
    policy: Policy | None = None,
    check_every: float | None = 60.0,
) -> LiveScreener:
    """Open the installed editions of these sources, or of all, and go over to newer ones when they are installed.

    The arguments are those of `Screener.open`. Every `check_every` seconds a thread looks whether the store has
    changed; with None nothing is done unless `reload` is called.

        >>> with live(["us_ofac_sdn", "un_sc"]) as screener:  # doctest: +SKIP
        ...     screener.screen("Dandong Hongxiang Industrial Development")

    Raises what `Screener.open` raises.
    """
    return LiveScreener(sources, store=store, policy=policy, check_every=check_every)


class _Current(NamedTuple):
    """What is searched now."""

    screener: Screener
    #: The store when its editions were chosen, and these: source and hash.
    signature: object
    editions: tuple[tuple[str, str], ...]


class LiveScreener(Screens):
    """A screener that goes over to new editions while it is in use. Safe to share between threads, and after a fork."""

    def __init__(
        self,
        sources: Iterable[str] | None = None,
        *,
        store: str | PathLike[str] | None = None,
        policy: Policy | None = None,
        check_every: float | None = 60.0,
    ) -> None:
        """Open the installed editions; see `live`."""
        if check_every is not None and not check_every > 0:
            raise InvalidPolicyError(f"check_every must be a number of seconds above 0, or None, not {check_every!r}")
        self._sources = sources if sources is None or isinstance(sources, str) else tuple(sources)
        self._store = Store(store).path
        self._policy = policy or Policy()
        self._check_every = check_every
        self._is_closed = threading.Event()
        self._current = self._newest(None)
        self._begin()
        _forked.add(self)

    def _begin(self) -> None:
        """Make what belongs to one process: a lock that nobody holds, and the thread, which a fork leaves behind."""
        #: Held by the thread that opens new editions.
        self._opening = threading.Lock()
        if self._check_every is not None and not self._is_closed.is_set():
            arguments = (weakref.ref(self), self._is_closed, self._check_every)
            threading.Thread(target=_keep_current, args=arguments, name="screenkit-live", daemon=True).start()

    @property
    def screener(self) -> Screener:
        """The screener of the editions that are current now. It stays as it is; a reload puts another in its place."""
        return self._current.screener

    def screen_with(self, subject: Subject | str, options: ScreeningOptions) -> Screening:
        """`screen`, with its options as one record."""
        screener = self.screener
        try:
            return screener.screen_with(subject, options)
        except StaleListError:
            # Newer editions may be installed that no check has come to yet.
            self.reload()
            if self.screener is screener:
                raise
        return self.screener.screen_with(subject, options)

    def reload(self, *, wait: bool = True) -> bool:
        """Go over to the editions that are current in the store now; whether they are others than before.

        Queries go on meanwhile with the editions they have. Where another thread is opening new ones, wait for it, or
        with `wait=False` return at once. Raises what `Screener.open` raises; then everything stays as it was.
        """
        if self._current.signature == opening.signature(Store(self._store)) or not self._opening.acquire(blocking=wait):
            return False
        try:
            before = self._current
            self._current = self._newest(before)
            return self._current.screener is not before.screener
        finally:
            self._opening.release()

    def _newest(self, before: _Current | None) -> _Current:
        store = Store(self._store)
        signature = opening.signature(store)
        if before is not None and before.signature == signature:
            return before
        choice = opening.choose(store, self._sources, as_of=None, max_age=self._policy.max_age)
        editions = tuple((one.source, one.sha256) for one in choice.editions)
        if before is not None and before.editions == editions:
            # They were only checked again, which the screener sees for itself.
            return before._replace(signature=signature)
        return _Current(Screener.of_choice(choice, self._policy), signature, editions)

    def close(self) -> None:
        """Look for new editions no more. Queries are still answered, until the editions become stale."""
        self._is_closed.set()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _keep_current(reference: weakref.ref[LiveScreener], is_closed: threading.Event, seconds: float) -> None:
    """Look for new editions again and again, until it is closed or nobody has it any more."""
    while not is_closed.wait(seconds):
        live_screener = reference()
        if live_screener is None:
            return
        try:
            if live_screener.reload():
                editions = ", ".join(f"{one.source}@{one.sha256[:12]}" for one in live_screener.screener.editions)
                _log.info("went over to new editions: %s", editions)
        except (ScreenkitError, OSError) as error:
            _log.warning("new editions can't be opened; the ones opened before are searched: %s", error)
        del live_screener


#: All there are, for a process that was forked.
_forked: weakref.WeakSet[LiveScreener] = weakref.WeakSet()


def _begin_again() -> None:
    for one in list(_forked):
        one._begin()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_begin_again)
