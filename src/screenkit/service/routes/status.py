"""`/lists`, `/healthz`, `/readyz` and `/metrics`: what is searched, and whether it may be."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import PlainTextResponse
from prometheus_client.core import Metric

from screenkit.service.guarding.access import allowed
from screenkit.service.guarding.keys import Scope
from screenkit.service.guarding.metrics import MEDIA_TYPE, by_source, gauge
from screenkit.service.records import as_json
from screenkit.service.searched.listing import reasons, searched
from screenkit.service.searched.lists import SearchedLists
from screenkit.service.state import service_of

router = APIRouter()


@router.get("/lists", summary="The lists that are searched", dependencies=[Depends(allowed(Scope.LISTS))])
def lists(request: Request) -> Response:
    """Each edition with its date, hash and counts, and when it was last checked; the policy and the coverage."""
    return Response(as_json(searched(service_of(request).lists)), media_type="application/json")


@router.get("/healthz", summary="Whether the service runs")
async def healthz() -> dict[str, str]:
    """Says ok."""
    return {"status": "ok"}


@router.get(
    "/readyz",
    summary="Whether the service may screen",
    responses={503: {"description": "It may not; reasons says why.", "content": {"application/json": {}}}},
)
def readyz(request: Request) -> Response:
    """Says ok where every required list is searched and no list is stale."""
    found = reasons(service_of(request).lists)
    body = {"status": "unready", "reasons": found} if found else {"status": "ok"}
    return Response(as_json(body), 503 if found else 200, media_type="application/json")


@router.get(
    "/metrics",
    summary="Metrics for Prometheus",
    response_class=PlainTextResponse,
    dependencies=[Depends(allowed(Scope.METRICS))],
)
def metrics(request: Request) -> Response:
    """Counters of requests, subjects and lists, in Prometheus' text format."""
    service = service_of(request)
    return Response(service.metrics.text(_now(service.lists)), media_type=MEDIA_TYPE)


def _now(lists: SearchedLists) -> Iterator[Metric]:
    """What is searched now."""
    yield gauge("screenkit_ready", "1 if every required list is searched and fresh.", not reasons(lists))
    yield gauge("screenkit_list_swaps", "How often newer editions were opened.", lists.swaps)
    searched = () if lists.problem else lists.screener.editions
    yield by_source("screenkit_designations", "Designations searched.", ((one.source, one.records) for one in searched))
    yield by_source(
        "screenkit_list_checked_seconds",
        "When the list was last checked, as Unix time.",
        ((one.source, dt.datetime.fromisoformat(one.checked).timestamp()) for one in lists.freshness()),
    )
