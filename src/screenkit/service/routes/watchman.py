"""`GET /v2/search` in the shape of moov's Watchman (https://moov-io.github.io/watchman/)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response

from screenkit.errors import InvalidRecordError, InvalidSubjectError
from screenkit.model import Designation, IdentifierType, Kind, Subject
from screenkit.model.name_limits import LONGEST_NAME
from screenkit.results import Hit, Screening
from screenkit.service.guarding.access import allowed
from screenkit.service.guarding.keys import Scope
from screenkit.service.guarding.problems import Problem
from screenkit.service.records import as_json
from screenkit.service.state import Order, service_of

router = APIRouter(tags=["watchman"], dependencies=[Depends(allowed(Scope.SCREEN))])

_KINDS = {
    "person": Kind.PERSON,
    "business": Kind.ORGANIZATION,
    "organization": Kind.ORGANIZATION,
    "vessel": Kind.VESSEL,
    "aircraft": Kind.AIRCRAFT,
}
_TYPES = {Kind.PERSON: "person", Kind.ORGANIZATION: "business", Kind.VESSEL: "vessel", Kind.AIRCRAFT: "aircraft"}
#: What Watchman calls the lists that both have; others keep their own names.
_LISTS = {
    "us_ofac_sdn": "us_ofac",
    "us_ofac_cons": "us_non_sdn",
    "us_csl": "us_csl",
    "eu_fsf": "eu_csl",
    "uk_fcdo": "uk_csl",
    "un_sc": "un_csl",
}
_CONTACTS = {
    IdentifierType.EMAIL: "emailAddresses",
    IdentifierType.PHONE: "phoneNumbers",
    IdentifierType.WEBSITE: "websites",
}
#: Shorter than elsewhere: all stand in one request line.
_Text = Annotated[str, Query(max_length=400)]


@router.get("/v2/search", summary="Search a name, as Watchman does")
async def search(
    request: Request,
    name: Annotated[str, Query(min_length=1, max_length=LONGEST_NAME)],
    type: Annotated[str | None, Query(max_length=50)] = None,
    altNames: Annotated[list[_Text], Query(max_length=20)] = [],  # noqa: B006, N803  # Watchman's name
    birthDate: Annotated[str | None, Query(max_length=50)] = None,  # noqa: N803
    gender: Annotated[str | None, Query(max_length=50)] = None,
    country: Annotated[str | None, Query(max_length=100)] = None,
    source: Annotated[str | None, Query(max_length=100)] = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 10,
    minMatch: Annotated[float | None, Query(ge=0, le=1, allow_inf_nan=False)] = None,  # noqa: N803
    requestID: Annotated[str | None, Query(max_length=200)] = None,  # noqa: N803
) -> Response:
    """Entities like a name, best first, each with its score as `match`.

    Without `minMatch` the policy's threshold counts.
    """
    service = service_of(request)
    try:
        subject = Subject(
            (name, *altNames),
            kind=_KINDS.get((type or "").lower(), Kind.UNKNOWN),
            birth_date=birthDate,
            gender=gender,
            countries=country,
        )
    except (InvalidSubjectError, InvalidRecordError) as error:
        raise Problem(400, str(error)) from None
    policy = service.lists.screener.policy
    least = policy.threshold if minMatch is None else max(minMatch, policy.floor)

    def shown(found: Sequence[Screening]) -> bytes:
        hits = [hit for hit in found[0].hits if source is None or source in _names(hit.designation)]
        asked = {"name": name, "entityType": type or "", "sourceList": source or "api-request"}
        answer = {"query": asked, "entities": [_entity(hit) for hit in hits[:limit]]}
        return as_json(answer if requestID is None else {**answer, "requestID": requestID})

    content = await service.screen(request, [Order(subject=subject, threshold=least)], shown)
    return Response(content, media_type="application/json")


def _names(designation: Designation) -> tuple[str, str]:
    return designation.source, _LISTS.get(designation.source, designation.source)


def _entity(hit: Hit) -> dict[str, Any]:
    one = hit.designation
    sort = _TYPES.get(one.kind, "organization")
    held: dict[str, Any] = dict.fromkeys(("person", "business", "organization", "aircraft", "vessel"))
    held[sort] = _party(one)
    contact: dict[str, list[str]] = {}
    for identifier in one.identifiers:
        if identifier.type in _CONTACTS:
            contact.setdefault(_CONTACTS[identifier.type], []).append(identifier.value)
    return {
        "name": one.name,
        "entityType": sort,
        "sourceList": _names(one)[1],
        "sourceID": one.id,
        **held,
        "contact": {name: contact.get(name) for name in _CONTACTS.values()},
        "addresses": [{"line1": each.text, "city": each.city, "country": each.country} for each in one.addresses],
        "cryptoAddresses": [
            {"currency": each.label.rpartition(" ")[2], "address": each.value}
            for each in one.identifiers
            if each.type is IdentifierType.WALLET
        ],
        "affiliations": [{"entityName": each.name, "type": each.type} for each in one.relations],
        "sanctionsInfo": {
            "programs": [program.code for program in one.programs],
            "secondary": one.has_secondary_sanctions_risk,
            "description": one.remarks,
        },
        "historicalInfo": None,
        "match": hit.score,
    }


def _party(one: Designation) -> dict[str, Any]:
    made: dict[str, Any] = {"name": one.name, "altNames": [name.text for name in one.names[1:]]}
    if one.kind is Kind.PERSON:
        # Its form has no place for a date that isn't known to the day.
        day = next((date.earliest for date in one.birth_dates if date.earliest == date.latest), None)
        made |= {
            "gender": one.gender or "unknown",
            "birthDate": f"{day}T00:00:00Z" if day else None,
            "deathDate": None,
            "titles": list(one.titles),
        }
    if one.kind in (Kind.VESSEL, Kind.AIRCRAFT):
        numbers = {each.type: each.value for each in one.identifiers}
        return made | {
            "imoNumber": numbers.get(IdentifierType.IMO, ""),
            "mmsi": numbers.get(IdentifierType.MMSI, ""),
            "callSign": numbers.get(IdentifierType.CALL_SIGN, ""),
        }
    government = (
        IdentifierType.PASSPORT,
        IdentifierType.NATIONAL_ID,
        IdentifierType.TAX,
        IdentifierType.REGISTRATION,
    )
    made["governmentIDs"] = [
        {"type": each.type.value, "country": each.country or "", "identifier": each.value}
        for each in one.identifiers
        if each.type in government
    ]
    return made
