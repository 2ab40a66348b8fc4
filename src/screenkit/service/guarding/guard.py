"""`Guard`: what surrounds every request: its id, its limits, the security headers, and the log and metrics of it."""

from __future__ import annotations

import asyncio
import json
import logging
import re
import time
import traceback
import uuid
from collections.abc import Mapping
from typing import Any

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from screenkit.service.settings import Settings

from .metrics import Metrics
from .problems import Problem, problem_response

_log = logging.getLogger("screenkit.service")
_GIVEN_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
#: Paths below this take an uploaded book.
UPLOADS = "/books"
#: The headers of every answer that doesn't state its own.
_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
#: The same as they are sent: names in lower case.
_RAW_HEADERS = tuple((name.lower().encode(), value.encode()) for name, value in _HEADERS.items())


class Guard:
    """ASGI middleware around the whole application."""

    def __init__(self, app: ASGIApp, settings: Settings, metrics: Metrics) -> None:
        self._app, self._settings, self._metrics = app, settings, metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and see that it is answered."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        given = headers.get("x-request-id", "")
        state = scope.setdefault("state", {})
        state["request_id"] = given if _GIVEN_ID.fullmatch(given) else uuid.uuid4().hex
        exchange = _Exchange(scope, receive, send, self._limit(scope["path"]))
        started = time.perf_counter()
        try:
            refused = self._refused(headers, exchange)
            if refused is not None:
                await exchange.answer(*refused)
            else:
                async with asyncio.timeout(self._settings.time_limit) as state["deadline"]:
                    await self._app(scope, exchange.receive, exchange.send)
        except TimeoutError:
            await exchange.answer(503, f"The request took longer than {self._settings.time_limit:g} seconds.")
        except Exception as error:  # noqa: BLE001  # a fault of the service; its text may quote a name and is not logged
            _log.error("fault", extra={"fields": {"request_id": state["request_id"], **_fault(error)}})
            await exchange.answer(500, "The service failed to answer; its log has the request_id.")
        finally:
            self._report(scope, exchange.status, time.perf_counter() - started)

    def _limit(self, path: str) -> int:
        is_upload = path == UPLOADS or path.startswith(f"{UPLOADS}/")
        return self._settings.max_upload_bytes if is_upload else self._settings.max_bytes

    def _refused(self, headers: Headers, exchange: _Exchange) -> tuple[int, str] | None:
        """The status and reason of a request that is refused before anything of it is read."""
        host = headers.get("host", "")
        if self._settings.hosts and re.sub(r":\d+\Z", "", host).lower() not in self._settings.hosts:
            return 421, "The service doesn't go by this host name; start it with --allow-host to allow it."
        length = headers.get("content-length", "0")
        if not length.isascii() or not length.isdigit():
            return 400, "Content-Length is not a number."
        if int(length[:20]) > exchange.limit:
            return 413, too_large(exchange.limit)
        return None

    def _report(self, scope: Scope, status: int, seconds: float) -> None:
        state: Mapping[str, Any] = scope["state"]
        # The path that was asked for may quote a name; that of the route doesn't.
        route = getattr(scope.get("route"), "path", "none")
        self._metrics.requests.labels(route, scope["method"], str(status)).inc()
        self._metrics.seconds.labels(route).observe(seconds)
        fields = {
            "request_id": state["request_id"],
            "method": scope["method"],
            "route": route,
            "status": status,
            "milliseconds": round(seconds * 1_000, 1),
            **{name: state[name] for name in ("key", "subjects", "hits") if name in state},
        }
        _log.info("request", extra={"fields": fields})


class _Exchange:
    """One request and its answer: the body is counted, and the answer gets its headers."""

    def __init__(self, scope: Scope, receive: Receive, send: Send, limit: int) -> None:
        self._scope, self._receive, self._send = scope, receive, send
        self.limit = limit
        self._received = 0
        #: The status of the answer; 0 until it begins.
        self.status = 0

    async def receive(self) -> Message:
        """The next part of the body. Raises `Problem` where there is more than the limit."""
        message = await self._receive()
        self._received += len(message.get("body", b""))
        if self._received > self.limit:
            raise Problem(413, too_large(self.limit))
        return message

    async def send(self, message: Message) -> None:
        """Send a part of the answer."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            stated = list(message.get("headers", ()))
            names = {name for name, _ in stated}
            stated += [header for header in _RAW_HEADERS if header[0] not in names]
            stated.append((b"x-request-id", self._scope["state"]["request_id"].encode()))
            message = {**message, "headers": stated}
        await self._send(message)

    async def answer(self, status: int, detail: str) -> None:
        """Answer that the request failed, if no answer has begun."""
        if not self.status:
            response = problem_response(status, detail, self._scope["state"]["request_id"])
            await response(self._scope, self._receive, self.send)


def too_large(limit: int) -> str:
    """What is said of a body that is too large."""
    return f"The body has more than {limit:,} bytes."


def _fault(error: Exception) -> dict[str, object]:
    frames = traceback.extract_tb(error.__traceback__)
    return {
        "error": type(error).__name__,
        "at": [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames[-8:]],
    }


class JsonLines(logging.Formatter):
    """Log records as JSON, one on each line."""

    def format(self, record: logging.LogRecord) -> str:
        """The record's time, level, logger, event and fields."""
        told = {
            "time": time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created)) + f".{int(record.msecs):03d}Z",
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": record.getMessage(),
            **getattr(record, "fields", {}),
        }
        if record.exc_info and record.exc_info[1] is not None:
            told |= _fault(record.exc_info[1]) if isinstance(record.exc_info[1], Exception) else {}
        return json.dumps(told, ensure_ascii=False)
