"""Answers to requests that fail: RFC 9457 problem details, which never quote what was sent."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from screenkit.errors import (
    AuditError,
    DecisionError,
    InvalidPolicyError,
    InvalidRecordError,
    InvalidSubjectError,
    NoListError,
    ScreenkitError,
    SourceError,
    StoreError,
)

from .jobs import BusyError

_log = logging.getLogger("screenkit.service")
#: The forms of a body that may be one of several: `models.ScreenIn`.
FORMS = ("one subject", "several subjects")
#: After so many seconds a refused request may be tried again.
RETRY_AFTER = 1
_TITLES = {
    400: "Bad request",
    401: "A key is needed",
    403: "The key doesn't allow this",
    404: "Not found",
    405: "Method not allowed",
    409: "Conflict",
    413: "The request is too large",
    415: "Unsupported media type",
    421: "Misdirected request",
    422: "The request can't be processed",
    429: "Too many requests",
    500: "Internal error",
    503: "The service can't answer now",
}
#: The status of an error of screenkit; the first class that fits counts.
_STATUS: tuple[tuple[type[ScreenkitError], int], ...] = (
    (InvalidSubjectError, 422),
    (InvalidPolicyError, 422),
    (InvalidRecordError, 422),
    (DecisionError, 409),
    (NoListError, 503),
    (SourceError, 503),
    (StoreError, 503),
    (AuditError, 503),
)


class Problem(HTTPException):
    """A request that is refused, with places in its body where there are some."""

    def __init__(
        self,
        status: int,
        detail: str,
        *,
        errors: Sequence[Mapping[str, Any]] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(status, detail, None if headers is None else dict(headers))
        self.errors = errors


def problem_response(
    status: int,
    detail: str,
    request_id: str,
    *,
    errors: Sequence[Mapping[str, Any]] = (),
    headers: Mapping[str, str] | None = None,
) -> Response:
    """The answer to a request that failed."""
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": _TITLES.get(status, "The request failed"),
        "status": status,
        "detail": detail,
        "request_id": request_id,
    }
    if errors:
        body["errors"] = list(errors)
    more = {**(headers or {})}
    if status in (429, 503):
        more.setdefault("Retry-After", str(RETRY_AFTER))
    # Field names in `errors` are the caller's, in any characters: ASCII escapes can carry all of them.
    content = json.dumps(body).encode()
    return Response(content, status, more, "application/problem+json")


def handle_problems(app: FastAPI) -> None:
    """Make an application answer its errors in this form."""
    app.add_exception_handler(HTTPException, _refused)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(ScreenkitError, _screenkit_error)
    app.add_exception_handler(BusyError, _busy)


def _request_id(request: Request) -> str:
    return str(request.state.request_id)


def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    errors = error.errors if isinstance(error, Problem) else ()
    detail = str(error.detail)
    return problem_response(error.status_code, detail, _request_id(request), errors=errors, headers=error.headers)


def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    errors = [{"loc": _place(one["loc"]), "msg": one["msg"], "type": one["type"]} for one in error.errors()]
    return problem_response(
        422, "Fields are missing, unknown or wrong; errors has each.", _request_id(request), errors=errors
    )


def _place(stated: Sequence[int | str]) -> list[int | str]:
    """Where a fault is. Which form a body was taken for, one subject or several, is no part of the place."""
    return [part for at, part in enumerate(stated) if at != 1 or part not in FORMS]


def _screenkit_error(request: Request, error: Exception) -> Response:
    status = next((status for sort, status in _STATUS if isinstance(error, sort)), 500)
    detail = str(error)
    if status >= 500:
        _log.error("refused", extra={"fields": {"request_id": _request_id(request), "reason": detail}})
        if not isinstance(error, SourceError):
            # What goes wrong on this machine may name its paths.
            detail = "The service can't do this now; its log says why."
    return problem_response(status, detail, _request_id(request))


def _busy(request: Request, _: Exception) -> Response:
    return problem_response(429, "Too many requests are under way; try again.", _request_id(request))
