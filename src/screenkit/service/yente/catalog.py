"""`/entities/{id}`, what is adjacent to it, `/algorithms` and `/catalog`."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Request, Response

from screenkit.editions.freshness import Verdict
from screenkit.model import Designation
from screenkit.service.guarding.access import allowed
from screenkit.service.guarding.keys import Scope
from screenkit.service.guarding.problems import Problem
from screenkit.service.records import as_json
from screenkit.service.searched.listing import searched
from screenkit.service.state import service_of

from .entities import Entity, adjacent, entity, find, nested
from .matching import ALGORITHM, EVERYTHING, FEATURES

router = APIRouter(tags=["yente"], dependencies=[Depends(allowed(Scope.LISTS))])

_Id = Annotated[str, Path(max_length=1_000)]
_Limit = Annotated[int, Query(ge=1, le=500)]
_Offset = Annotated[int, Query(ge=0, le=10_000)]


@router.get("/entities/{entity_id}", summary="An entry of a list, as yente shows it")
def fetch(request: Request, entity_id: _Id, nested_too: Annotated[bool, Query(alias="nested")] = True) -> Response:
    """An entity with its sanctions, addresses and relations, or without them."""
    found = _found(request, entity_id)
    return _json(nested(found, service_of(request).lists.screener) if nested_too else entity(found))


@router.get("/entities/{entity_id}/adjacent", summary="What is adjacent to an entry")
def fetch_adjacent(request: Request, entity_id: _Id, limit: _Limit = 10, offset: _Offset = 0) -> Response:
    """An entity, and what is adjacent to it, by property."""
    found = _found(request, entity_id)
    beside = adjacent(found, service_of(request).lists.screener)
    return _json(
        {"entity": entity(found), "adjacent": {name: _page(all, limit, offset) for name, all in beside.items()}}
    )


@router.get("/entities/{entity_id}/adjacent/{property}", summary="What is adjacent by one property")
def fetch_adjacent_by_property(
    request: Request,
    entity_id: _Id,
    property: Annotated[str, Path(max_length=100)],
    limit: _Limit = 10,
    offset: _Offset = 0,
) -> Response:
    """What is adjacent to an entity by one property; nothing where it has no such property."""
    beside = adjacent(_found(request, entity_id), service_of(request).lists.screener)
    return _json(_page(beside.get(property, []), limit, offset))


@router.get("/algorithms", summary="The one algorithm")
def algorithms() -> Response:
    """screenkit's own score, which is the best and the default."""
    own = {
        "name": ALGORITHM,
        "description": "Names, read in their languages, and facts. The features add up to the score.",
        "features": FEATURES,
        "docs": FEATURES,
    }
    return _json({"algorithms": [own], "default": ALGORITHM, "best": ALGORITHM})


@router.get("/catalog", summary="The lists that are searched, as yente's datasets")
def catalog(request: Request) -> Response:
    """`default`, which has all lists, and each list by its source."""
    lists = searched(service_of(request).lists)["lists"]
    names = [one["source"] for one in lists]
    datasets = [_dataset(one) for one in lists]
    whole = {
        "name": EVERYTHING,
        "title": "All lists that are searched",
        "version": max((one["version"] for one in datasets), default="0"),
        "entity_count": sum(one["records"] for one in lists),
        "load": True,
        "index_version": max((one["version"] for one in datasets), default="0"),
        "index_current": all(one["index_current"] for one in datasets),
        "children": names,
    }
    stale = [one["name"] for one in datasets if not one["index_current"]]
    current = [name for name in (EVERYTHING, *names) if name not in stale]
    return _json({"datasets": [whole, *datasets], "current": current, "outdated": stale, "index_stale": bool(stale)})


def _dataset(one: dict[str, Any]) -> dict[str, Any]:
    version = one["sha256"][:12] or "0"
    return {
        "name": one["source"],
        "title": one["title"],
        "version": version,
        "publisher": {"name": one["publisher"]},
        "entity_count": one["records"],
        "last_export": one["published"],
        "updated_at": one["checked"] or one["retrieved"],
        "load": True,
        "index_version": version,
        "index_current": one["verdict"] != Verdict.STALE,
        "children": [],
    }


def _found(request: Request, id: str) -> Designation:
    found = find(service_of(request).lists.screener, id)
    if found is None:
        raise Problem(404, "No such entity!")
    return found


def _page(found: list[Entity], limit: int, offset: int) -> dict[str, Any]:
    return {
        "results": found[offset : offset + limit],
        "total": {"value": len(found), "relation": "eq"},
        "limit": limit,
        "offset": offset,
    }


def _json(value: Any) -> Response:
    return Response(as_json(value), media_type="application/json")
