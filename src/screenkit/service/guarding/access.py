"""Who may do what: the dependency that asks a request for a key with a scope."""

from __future__ import annotations

from collections.abc import Callable, Coroutine

from fastapi import Depends, Request
from fastapi.security import HTTPBearer

from screenkit.service.state import service_of

from .keys import Key, Scope
from .problems import Problem

#: "ApiKey" is the scheme of yente's clients.
_SCHEMES = ("bearer", "apikey")
#: Shows in the OpenAPI document that a key may be needed.
_documented = HTTPBearer(auto_error=False, description="An API key, where the service was started with --keys.")


def allowed(scope: Scope) -> Callable[..., Coroutine[None, None, Key | None]]:
    """A dependency that lets a request pass whose key has the scope; every request where the service has no keys.

    It raises `Problem`: 401 without a key in force, 403 where it lacks the scope.
    """

    # A coroutine, because a thread for each request would take longer than it.
    async def key_of(request: Request, _: object = Depends(_documented)) -> Key | None:
        keys = service_of(request).settings.keys
        if keys is None:
            return None
        key = keys.find(_presented(request))
        if key is None:
            raise Problem(
                401,
                "Send an API key: Authorization: Bearer KEY.",
                headers={"WWW-Authenticate": 'Bearer realm="screenkit"'},
            )
        request.state.key = key.name
        if scope not in key.scopes:
            raise Problem(403, f"The key lacks the scope {scope}.")
        return key

    return key_of


def _presented(request: Request) -> str:
    scheme, _, value = request.headers.get("authorization", "").partition(" ")
    return value.strip() if scheme.lower() in _SCHEMES else request.headers.get("x-api-key", "")
