"""`POST /match/{dataset}` and `GET /search/{dataset}`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence, Set
from typing import Annotated, Any

import attrs
from fastapi import APIRouter, Depends, Path, Query, Request, Response

from screenkit.errors import InvalidSubjectError
from screenkit.model import EvidenceKind, Subject
from screenkit.model.evidence import FULL_SCORE
from screenkit.model.name_limits import LONGEST_NAME
from screenkit.results import Hit, Screening
from screenkit.service.guarding.access import allowed
from screenkit.service.guarding.keys import Scope
from screenkit.service.guarding.problems import Problem
from screenkit.service.guarding.reading import CheckedRoute
from screenkit.service.records import as_json
from screenkit.service.state import Order, Service, service_of

from .entities import Entity, entity
from .queries import MOST_RESULTS, Example, MatchIn, Parameters, subject_of

router = APIRouter(route_class=CheckedRoute, tags=["yente"], dependencies=[Depends(allowed(Scope.SCREEN))])
#: The name under which the one algorithm is asked for, and the one by which clients ask for whatever is best.
ALGORITHM, BEST = "screenkit", "best"
#: The dataset that has all lists.
EVERYTHING = "default"
#: As yente's: results below it are left out, and so many are returned, where the client says nothing.
_CUTOFF, _LIMIT = 0.5, 5

_Name = Annotated[str, Path(max_length=200)]
# All of these together are shorter than the longest request line that a server takes, 64 KB.
_Names = Annotated[list[Annotated[str, Query(max_length=100)]], Query(max_length=50)]
_Ids = Annotated[list[Annotated[str, Query(max_length=200)]], Query(max_length=50)]
_Score = Annotated[float | None, Query(ge=0, le=1, allow_inf_nan=False)]


@attrs.frozen
class Filters:
    """Which entities a request is about."""

    datasets: Set[str]
    excluded_schemata: Set[str]
    topics: Set[str]

    def lets(self, found: Entity) -> bool:
        """Whether an entity is among them."""
        return (
            found["datasets"][0] in self.datasets
            and found["schema"] not in self.excluded_schemata
            and (not self.topics or bool({*found["properties"]["topics"]} & self.topics))
        )


async def filters_of(
    request: Request,
    dataset: _Name,
    include_dataset: _Names = [],  # noqa: B006  # FastAPI copies defaults
    exclude_dataset: _Names = [],  # noqa: B006
    exclude_schema: _Names = [],  # noqa: B006
    topics: _Names = [],  # noqa: B006
    changed_since: Annotated[str | None, Query(max_length=40)] = None,
) -> Filters:
    """The filters of a request. Raises `Problem`: 404 for a dataset that isn't searched."""
    there = {edition.source for edition in service_of(request).lists.screener.editions}
    if dataset != EVERYTHING and dataset not in there:
        raise Problem(404, "No such dataset. /catalog has those that are searched.")
    if changed_since is not None:
        raise Problem(400, "changed_since can't be answered: lists don't say when an entry changed.")
    datasets = there if dataset == EVERYTHING else {dataset}
    if include_dataset and EVERYTHING not in include_dataset:
        datasets = datasets & {*include_dataset}
    return Filters(datasets - {*exclude_dataset}, {*exclude_schema}, {*topics})


@router.post("/match/{dataset}", summary="Match entities by example, as yente does")
async def match(
    request: Request,
    body: MatchIn,
    filters: Annotated[Filters, Depends(filters_of)],
    limit: Annotated[int, Query(ge=1, le=MOST_RESULTS)] = _LIMIT,
    threshold: _Score = None,
    cutoff: _Score = None,
    algorithm: Annotated[str, Query(max_length=100)] = BEST,
    exclude_entity_ids: _Ids = [],  # noqa: B006
) -> Response:
    """Entities like each of the examples, best first, each with its score and why.

    `match` is true from the threshold on: by default the policy's. An example may have `params`, which go before those
    of the request.
    """
    service = service_of(request)
    _refuse_foreign(body, algorithm)
    if len(body.queries) > service.settings.max_subjects:
        raise Problem(400, f"Too many queries in one batch (limit: {service.settings.max_subjects})")
    asked = []
    for name, example in body.queries.items():
        own = example.params
        chosen = Parameters(
            threshold=_first(own.threshold, threshold, service.lists.screener.policy.threshold),
            cutoff=_first(own.cutoff, cutoff, _CUTOFF),
            limit=_first(own.limit, limit),
            exclude_entity_ids=[*exclude_entity_ids, *own.exclude_entity_ids],
        )
        subject, read = subject_of(example)
        asked.append((name, example, chosen, subject, read))

    def shown(found: Sequence[Screening]) -> bytes:
        answers = {
            name: _answer(one, example, chosen, read, filters)
            for (name, example, chosen, _, read), one in zip(asked, found, strict=True)
        }
        return as_json({"responses": answers, "matcher": FEATURES, "limit": limit})

    orders = [Order(subject=subject, threshold=_lowest(chosen, service)) for _, _, chosen, subject, _ in asked]
    content = await service.screen(request, orders, shown)
    return Response(content, headers={"x-batch-size": str(len(asked))}, media_type="application/json")


@router.get("/search/{dataset}", summary="Search names, as yente does")
async def search(
    request: Request,
    filters: Annotated[Filters, Depends(filters_of)],
    q: Annotated[str, Query(min_length=1, max_length=LONGEST_NAME)],
    schema: Annotated[str, Query(max_length=100)] = "Thing",
    countries: _Names = [],  # noqa: B006
    filter: _Ids = [],  # noqa: B006
    limit: Annotated[int, Query(ge=0, le=MOST_RESULTS)] = 10,
    offset: Annotated[int, Query(ge=0, le=10_000)] = 0,
    facets: _Names = ["countries", "topics", "datasets"],  # noqa: B006
) -> Response:
    """Entities whose names are like a text, best first."""
    service = service_of(request)
    try:
        subject = Subject(q)
    except InvalidSubjectError as error:
        raise Problem(400, str(error)) from None
    wanted = [("country", code) for code in countries] + [_filter(one) for one in filter]

    def shown(found: Sequence[Screening]) -> bytes:
        every = (entity(hit.designation) for hit in _ranked(found[0]))
        kept = [one for one in every if filters.lets(one) and _is(one, schema) and _has(one, wanted)]
        return as_json(
            {
                "results": kept[offset : offset + limit],
                "facets": {name: _facet(name, kept) for name in facets if name in _FACETS},
                "total": {"value": len(kept), "relation": "eq"},
                "limit": limit,
                "offset": offset,
            }
        )

    order = Order(subject=subject, threshold=service.lists.screener.policy.floor)
    return Response(await service.screen(request, [order], shown), media_type="application/json")


def _refuse_foreign(body: MatchIn, algorithm: str) -> None:
    """Refuse what would change yente's score and can't change this one."""
    if algorithm not in (ALGORITHM, BEST):
        raise Problem(400, f"Invalid algorithm. /algorithms has the one there is: {ALGORITHM}.")
    if any(body.weights.values()) or body.config:
        raise Problem(400, "weights and config can't be stated: weights are the policy's.")


def _first(*values: Any) -> Any:
    return next(value for value in values if value is not None)


def _lowest(chosen: Parameters, service: Service) -> float:
    """The lowest score wanted; below the policy's floor a search isn't complete."""
    wanted = [one for one in (chosen.threshold, chosen.cutoff) if one is not None]
    return max(min(wanted), service.lists.screener.policy.floor)


def _ranked(screening: Screening) -> list[Hit]:
    """Hits and, where they rank, suppressed hits."""
    return sorted((*screening.hits, *screening.suppressed), key=lambda hit: -hit.points)


def _answer(
    screening: Screening, example: Example, chosen: Parameters, read: dict[str, list[str]], filters: Filters
) -> dict[str, Any]:
    excluded = {*chosen.exclude_entity_ids}
    alerting = {id(hit) for hit in screening.hits}
    threshold = round(_first(chosen.threshold) * FULL_SCORE)
    results = []
    for hit in _ranked(screening):
        made = entity(hit.designation)
        if not filters.lets(made) or not excluded.isdisjoint((made["id"], *made["referents"])):
            continue
        why = explanations(hit)
        results.append(
            {
                **made,
                "score": hit.score,
                # A suppressed hit is shown and is no match: only a weak alias is like it, or a reviewer cleared it.
                "match": hit.points >= threshold and id(hit) in alerting,
                "features": {name: one["score"] for name, one in why.items()},
                "explanations": why,
            }
        )
    return {
        "status": 200,
        "results": results[: chosen.limit],
        "total": {"value": len(results), "relation": "eq"},
        "query": {"id": example.id, "schema": example.schema_, "properties": read},
    }


def explanations(hit: Hit) -> dict[str, dict[str, Any]]:
    """The evidence of a hit by feature; the scores of the features add up to the score."""
    grouped: dict[str, list[Any]] = {}
    for evidence in hit.evidence:
        grouped.setdefault(evidence.kind.value.replace(" ", "_"), []).append(evidence)
    return {
        name: {
            "score": sum(one.points for one in every) / FULL_SCORE,
            "detail": "; ".join(one.explain() for one in every),
            "query": "; ".join(one.query for one in every if one.query) or None,
            "candidate": "; ".join(one.listed for one in every if one.listed) or None,
            "weight": 1.0,
        }
        for name, every in grouped.items()
    }


#: The features that a score is made of.
FEATURES: dict[str, Any] = {
    kind.value.replace(" ", "_"): {"description": f"Points for evidence of the kind: {kind.value}.", "coefficient": 1.0}
    for kind in EvidenceKind
}
_FACETS: dict[str, tuple[str, Callable[[Entity], Iterable[str]]]] = {
    "countries": ("Countries", lambda one: one["properties"].get("country", ())),
    "topics": ("Topics", lambda one: one["properties"]["topics"]),
    "datasets": ("Datasets", lambda one: one["datasets"]),
    "schema": ("Types", lambda one: (one["schema"],)),
    "genders": ("Genders", lambda one: one["properties"].get("gender", ())),
}


def _facet(name: str, found: Iterable[Entity]) -> dict[str, Any]:
    label, values = _FACETS[name]
    counts = Counter(value for one in found for value in values(one))
    return {"label": label, "values": [{"name": key, "label": key, "count": n} for key, n in counts.most_common(50)]}


def _filter(stated: str) -> tuple[str, str]:
    name, colon, value = stated.partition(":")
    if not colon:
        raise Problem(400, "A filter must have the form property:value.")
    return name.removeprefix("properties."), value


def _is(found: Entity, schema: str) -> bool:
    """Whether an entity is of a schema, or of one that includes it."""
    broader = {"Organization": "Company", "Airplane": "Vehicle", "Vessel": "Vehicle"}
    own = found["schema"]
    legal = ("Person", "Organization", "LegalEntity")
    return schema in ("Thing", own, broader.get(own)) or (schema == "LegalEntity" and own in legal)


def _has(found: Entity, wanted: Sequence[tuple[str, str]]) -> bool:
    """Whether an entity has, of each property that is asked for, one of the values asked for."""
    properties = found["properties"]
    return all(any(value in properties.get(name, ()) for other, value in wanted if other == name) for name, _ in wanted)
