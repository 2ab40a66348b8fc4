"""Running the service: the server, its logs, and its end."""

from __future__ import annotations

import gc
import logging
import os
import signal
import sys
import warnings

import uvicorn
from fastapi import FastAPI

from screenkit.errors import ServiceError, StarterCoverageWarning

from .app import make_app
from .guarding.guard import JsonLines
from .guarding.metrics import forget_process
from .processes import listening, run_in_processes
from .searched.lists import ListSource, SearchedLists
from .settings import Settings, is_loopback

#: After how many seconds a thread gives way to others.
_SWITCH = 0.0005


def serve(source: ListSource, settings: Settings, *, host: str, port: int, workers: int = 1) -> None:
    """Serve until a signal ends the process; requests under way are answered first.

    So many processes answer; they share the index and whatever else is there before the first request. Raises
    `ServiceError` for an address that others reach where there is no API key.
    """
    if not is_loopback(host) and not (settings.keys and any(key.revoked is None for key in settings.keys.read())):
        raise ServiceError(
            f"{host} is reached from other machines, and there is no API key. Make one with `screenkit keys add`, and"
            " give its file with --keys; or serve on 127.0.0.1."
        )
    if workers > 1 and not hasattr(os, "fork"):
        raise ServiceError("Several workers need a system that can fork. Run several services at ports of their own.")
    _log_as_json()
    # A thread that screens gives way to the one that answers ten times as soon as by default. Otherwise each answer
    # waits for it, and the service answers half as many (benchmarks/speed/service.py).
    sys.setswitchinterval(_SWITCH)
    # Each answer says so itself.
    warnings.simplefilter("ignore", StarterCoverageWarning)
    lists = SearchedLists(source)
    lists.warm()
    app = make_app(lists, settings)
    # What is there now stays. The collector would look through it again and again, a fifth of a second each time.
    gc.collect()
    gc.freeze()
    server = uvicorn.Server(_configured(app, settings, host, port))
    if workers > 1:
        run_in_processes(lambda served: server.run([served]), listening(host, port, workers), forget_process)
        return
    for number in (signal.SIGTERM, signal.SIGINT):
        # The server, having ended as told to, tells this process again; what is left to do after it is then done.
        signal.signal(number, lambda *_: None)
    server.run()


def _configured(app: FastAPI, settings: Settings, host: str, port: int) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        host=host,
        port=port,
        log_config=None,
        access_log=False,
        server_header=False,
        # A header from outside must not decide who somebody is.
        proxy_headers=False,
        timeout_graceful_shutdown=int(settings.time_limit) + 1,
        limit_concurrency=max(1_000, settings.concurrency * 4),
    )


def _log_as_json() -> None:
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.WARNING)
    for name in ("screenkit", "uvicorn.error"):
        logging.getLogger(name).setLevel(logging.INFO)
