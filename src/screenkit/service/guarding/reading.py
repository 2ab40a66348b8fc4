"""`CheckedRoute`: a route whose JSON body is parsed strictly, so that nothing odd reaches what is behind it."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request, Response
from fastapi.routing import APIRoute
from pydantic_core import from_json

from .problems import Problem


async def json_of(request: Request) -> Any:
    """The body of a request as JSON.

    Raises `Problem` for what is none, for NaN, lone surrogates and deep nesting, and where the request doesn't state
    that it is JSON: a form of another site can't state that.
    """
    if not _is_json(request.headers.get("content-type", "")):
        told = "Send JSON, with Content-Type: application/json."
        raise Problem(422, told, errors=[{"loc": ["body"], "msg": told, "type": "content_type"}])
    return parsed(await request.body())


def _is_json(stated: str) -> bool:
    kind = stated.partition(";")[0].strip().lower()
    return kind == "application/json" or (kind.startswith("application/") and kind.endswith("+json"))


def parsed(body: bytes) -> Any:
    """A body as JSON. Raises `Problem` where it is none."""
    try:
        return from_json(body, allow_inf_nan=False)
    except ValueError:
        # What the parser says may quote the body.
        raise Problem(400, "The body is not JSON in UTF-8, or is nested too deeply.") from None


class _CheckedRequest(Request):
    async def json(self) -> Any:
        """The body as JSON, parsed strictly."""
        return parsed(await self.body())


class CheckedRoute(APIRoute):
    """A route that reads its body so."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler, given a request that parses strictly."""
        handler = super().get_route_handler()

        async def checked(request: Request) -> Response:
            return await handler(_CheckedRequest(request.scope, request.receive))

        return checked
