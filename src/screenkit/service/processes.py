"""Several processes that answer at one address: started again when one ends, and ended together."""

from __future__ import annotations

import logging
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress

from screenkit.errors import ServiceError

_log = logging.getLogger("screenkit.service")
#: A process that ends sooner than this many seconds after its start is started again only after as many.
_SOON = 1.0
#: Connections that wait at a socket.
_BACKLOG = 2_048


def listening(host: str, port: int, count: int) -> list[socket.socket]:
    """So many sockets bound to one address; each connection goes to one of them. Raises `ServiceError`."""
    sockets: list[socket.socket] = []
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        for _ in range(count):
            made = socket.socket(family, kind, protocol)
            sockets.append(made)
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            # Linux spreads connections over such sockets. One socket for all would give most to the first that wakes.
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
            made.bind((address[0], sockets[0].getsockname()[1] if len(sockets) > 1 else port, *address[2:]))
            # From here on a connection waits until a process is there to answer it.
            made.listen(_BACKLOG)
    except OSError as error:
        for one in sockets:
            one.close()
        raise ServiceError(f"{host}:{port}: can't be listened at: {error.strerror or error}.") from error
    return sockets


def run_in_processes(
    run: Callable[[socket.socket], None], sockets: Sequence[socket.socket], ended: Callable[[int], None]
) -> None:
    """Run a function in a process for each socket until a signal ends this one; the others then end too.

    A process that ends by itself is replaced. Its connections are lost; new ones wait at its socket. `ended` is told of
    the number of each that ended.
    """
    _Processes(run, sockets, ended).run()


class _Processes:
    """The processes, by their numbers."""

    def __init__(
        self, run: Callable[[socket.socket], None], sockets: Sequence[socket.socket], ended: Callable[[int], None]
    ) -> None:
        self._run, self._sockets, self._ended = run, sockets, ended
        self._running: dict[int, tuple[socket.socket, float]] = {}
        self._is_ending = False
        # The end of a pipe that only this process can write to: when it closes, this process has ended.
        self._watched, self._kept = os.pipe()

    def run(self) -> None:
        """Start them, replace those that end, and return when all have ended after a signal."""
        for end in (signal.SIGTERM, signal.SIGINT):
            signal.signal(end, self._end)
        for one in self._sockets:
            self._start(one)
        host, port, *_ = self._sockets[0].getsockname()
        _log.info("running on http://%s:%d in %d processes", host, port, len(self._sockets))
        while self._running:
            number, status = os.wait()
            served, since = self._running.pop(number)
            self._ended(number)
            if self._is_ending:
                continue
            _log.error("process ended", extra={"fields": {"process": number, "status": status}})
            if time.monotonic() - since < _SOON:
                time.sleep(_SOON)
            if not self._is_ending:
                self._start(served)

    def _start(self, served: socket.socket) -> None:
        number = os.fork()
        if number:
            self._running[number] = (served, time.monotonic())
            if self._is_ending:  # it came before the process was counted
                os.kill(number, signal.SIGTERM)
            return
        status = 1
        try:
            # So that an interrupt at the terminal reaches this process once, from the one that started it.
            os.setpgid(0, 0)
            for one in (signal.SIGTERM, signal.SIGINT):
                signal.signal(one, signal.SIG_DFL)
            os.close(self._kept)
            threading.Thread(target=self._end_with_parent, daemon=True).start()
            self._run(served)
            status = 0
        finally:
            sys.stderr.flush()
            os._exit(status)

    def _end_with_parent(self) -> None:
        os.read(self._watched, 1)
        os.kill(os.getpid(), signal.SIGTERM)

    def _end(self, *_: object) -> None:
        self._is_ending = True
        for one in list(self._running):
            with suppress(ProcessLookupError):
                os.kill(one, signal.SIGTERM)
