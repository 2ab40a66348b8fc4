"""The OpenAPI document: what may go wrong with any request, in the media type in which it is answered."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI

from .models import ProblemOut

#: What any request may be answered with in place of a result.
PROBLEMS: dict[int | str, dict[str, Any]] = {
    status: {"model": ProblemOut} for status in (400, 401, 403, 404, 413, 421, 422, 429, 503)
}
_JSON, _PROBLEM = "application/json", "application/problem+json"


def describe_problems(app: FastAPI) -> None:
    """Make an application's document state problems in their media type, which FastAPI takes for JSON."""
    described = app.openapi

    def document() -> dict[str, Any]:
        if app.openapi_schema is None:
            made = described()
            for path in made["paths"].values():
                for operation in path.values():
                    for response in operation["responses"].values():
                        _restate(response)
        return described()

    app.openapi = document  # type: ignore[method-assign]  # as FastAPI's documentation has it


def _restate(response: dict[str, Any]) -> None:
    content = response.get("content", {})
    if content.get(_JSON, {}).get("schema", {}).get("$ref", "").endswith(f"/{ProblemOut.__name__}"):
        content[_PROBLEM] = content.pop(_JSON)
