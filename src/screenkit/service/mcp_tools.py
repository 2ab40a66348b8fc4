"""`serve_tools`: screening as tools for language models, over the Model Context Protocol. It needs the extra [mcp].

The tools read and never write. Each answer says which editions it rests on, and when it was given.
"""

from __future__ import annotations

import datetime as dt
import functools
import warnings
from collections.abc import Callable, Mapping
from importlib.metadata import version
from typing import Annotated, Any

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp_types import ToolAnnotations
from pydantic import Field

from screenkit.comparison.designations import compare
from screenkit.errors import InvalidSubjectError, ScreenkitError, StarterCoverageWarning
from screenkit.model import Subject
from screenkit.options import ScreeningOptions
from screenkit.results import Hit, SuppressedHit
from screenkit.results.record import instant, plain

from .searched.listing import reasons, searched
from .searched.lists import SearchedLists

_INSTRUCTIONS = """\
Screens names against sanctions lists. A hit is a candidate for a person to review, never a finding that somebody is
sanctioned. "is_clear" holds for the editions in the answer only; state their dates. If "warnings" is not empty, say so.
"""
_Tool = Callable[..., dict[str, Any]]
#: The most hits that are returned; `total` counts all.
_MOST_HITS = 50

_Name = Annotated[str, Field(description="The name in any script and spelling, as it was given.")]
_Kind = Annotated[str | None, Field(description="person, organization, vessel or aircraft, if known.")]
_Birth = Annotated[str | None, Field(description="Birth date: YYYY, YYYY-MM or YYYY-MM-DD.")]
_Countries = Annotated[list[str] | None, Field(description="ISO 3166 codes or names of countries.")]
_Identifiers = Annotated[list[str] | None, Field(description="Such as passport:A1234567:cn or IMO 9116412.")]


def serve_tools(lists: SearchedLists) -> None:
    """Serve the tools on standard input and output until it is closed."""
    # Each answer says so itself.
    warnings.simplefilter("ignore", StarterCoverageWarning)
    server = MCPServer("screenkit", instructions=_INSTRUCTIONS, version=version("screenkit"), log_level="WARNING")
    reading = ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False)
    for tool in tools(lists):
        server.tool(annotations=reading, structured_output=True)(_refusing(tool))
    server.run("stdio")


def _refusing(tool: _Tool) -> _Tool:
    """A tool whose refusals reach the model in words."""

    @functools.wraps(tool)
    def called(*given: Any, **stated: Any) -> dict[str, Any]:
        try:
            return tool(*given, **stated)
        except ScreenkitError as error:
            raise ToolError(str(error)) from None

    return called


def tools(lists: SearchedLists) -> tuple[_Tool, ...]:
    """The tools. What their docstrings say is what a model is told."""

    def screen(
        name: _Name,
        kind: _Kind = None,
        birth_date: _Birth = None,
        countries: _Countries = None,
        identifiers: _Identifiers = None,
        threshold: Annotated[float | None, Field(description="Lowest score that is a hit, from 0.40 to 1.00.")] = None,
    ) -> dict[str, Any]:
        """Search the sanctions lists for a name; returns hits with program, legal basis, score and reasons."""
        lists.reload()
        subject = _subject(name, kind, birth_date, countries, identifiers)
        found = lists.screen(subject, ScreeningOptions(threshold=threshold, limit=_MOST_HITS))
        return {
            "is_clear": found.is_clear,
            "needs_review": found.needs_review,
            "cautions": [caution.text for caution in found.cautions],
            "coverage": found.coverage,
            "total": found.total,
            "hits": [_hit(hit) for hit in found.hits],
            "suppressed": [_hit(hit) for hit in found.suppressed[:_MOST_HITS]],
            "threshold": found.threshold / 10_000,
            **_basis(lists),
        }

    def explain(
        name: _Name,
        source: Annotated[str, Field(description="The list of the entry, such as us_ofac_sdn.")],
        id: Annotated[str, Field(description="The id of the entry on its list, as a hit states it.")],
        kind: _Kind = None,
        birth_date: _Birth = None,
        countries: _Countries = None,
        identifiers: _Identifiers = None,
    ) -> dict[str, Any]:
        """Compare a name with one entry of a list, and say why it scores as it does, also below the threshold."""
        lists.reload()
        designation = lists.screener.find(source, id)
        if designation is None:
            raise InvalidSubjectError("no list that is searched has an entry of that source and id")
        subject = _subject(name, kind, birth_date, countries, identifiers)
        score = compare(subject, designation, policy=lists.screener.policy)
        return {**_hit(Hit(designation=designation, result=score)), **_basis(lists)}

    def lists_searched() -> dict[str, Any]:
        """Say which lists are searched, with the date and hash of each edition and when it was last checked."""
        lists.reload()
        return {**searched(lists), **_basis(lists)}

    lists_searched.__name__ = "lists"
    return screen, explain, lists_searched


def _subject(
    name: str,
    kind: str | None,
    birth_date: str | None,
    countries: list[str] | None,
    identifiers: list[str] | None,
) -> Subject:
    return Subject(
        name,
        kind=kind,  # type: ignore[arg-type]  # any text; one that is no kind is refused
        birth_date=birth_date,
        countries=countries or (),
        identifiers=identifiers or (),
    )


def _hit(hit: Hit) -> Mapping[str, Any]:
    designation = hit.designation
    told: dict[str, Any] = {
        "source": designation.source,
        "id": designation.id,
        "name": designation.name,
        "kind": designation.kind.value,
        "matched_name": hit.matched_name.text,
        "score": hit.score,
        "programs": [
            {"code": one.code, "title": one.title, "authority": one.authority, "measures": plain(one.measures)}
            for one in hit.programs
        ],
        "measures": plain(hit.measures),
        "birth_dates": [date.text for date in designation.birth_dates],
        "contradictions": list(hit.contradictions),
        "evidence": [{"points": one.points, "reason": one.explain()} for one in hit.evidence],
        "explanation": hit.explain(),
    }
    return {**told, "suppressed_because": hit.reason} if isinstance(hit, SuppressedHit) else told


def _basis(lists: SearchedLists) -> dict[str, Any]:
    """What an answer rests on, when it was given, and what is wrong with the lists, if anything."""
    editions = [
        {
            "source": one.source,
            "title": one.title,
            "published": one.published,
            "retrieved": one.retrieved,
            "sha256": one.sha256,
            "designations": one.records,
        }
        for one in lists.screener.editions
    ]
    return {
        "editions": editions,
        "answered": instant(dt.datetime.now(dt.UTC)),
        "policy": lists.screener.policy.fingerprint,
        "version": version("screenkit"),
        "warnings": reasons(lists),
    }
