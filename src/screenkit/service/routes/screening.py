"""`POST /screen`: one subject or several, each with its own parameters."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Sequence
from typing import Any

from fastapi import APIRouter, Depends, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from pydantic import TypeAdapter, ValidationError

from screenkit.errors import InvalidPolicyError, InvalidRecordError, InvalidSubjectError
from screenkit.service.guarding.access import allowed
from screenkit.service.guarding.keys import Scope
from screenkit.service.guarding.problems import Problem
from screenkit.service.guarding.reading import json_of
from screenkit.service.records import in_utf8
from screenkit.service.state import Order, Service, service_of

from .models import BatchIn, ScreenIn, ScreeningOut, ScreeningsOut, SubjectIn

_may_screen = allowed(Scope.SCREEN)
_BODY: TypeAdapter[SubjectIn | BatchIn] = TypeAdapter(ScreenIn)


class _ShortRoute(APIRoute):
    """A route that does what its function declares, without FastAPI's general machinery.

    That takes as long as everything else that answers a request, screening aside (benchmarks/speed/service.py).
    """

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler: it asks for the key, checks the body, and screens."""

        async def handler(request: Request) -> Response:
            await _may_screen(request)
            return await screen(request, _checked(await json_of(request)))

        return handler


router = APIRouter(route_class=_ShortRoute)


@router.post(
    "/screen",
    summary="Screen one subject or several",
    responses={200: {"model": ScreeningOut | ScreeningsOut}},
    dependencies=[Depends(_may_screen)],
)
async def screen(request: Request, body: ScreenIn) -> Response:
    """Screen a subject and return the record of the screening; of `subjects`, a record of each."""
    service = service_of(request)
    text = service.records.text
    if isinstance(body, SubjectIn):
        content = await service.screen(request, orders([body], service), lambda found: in_utf8(text(found[0])))
    else:
        content = await service.screen(
            request,
            orders(body.subjects, service, body),
            lambda found: in_utf8(f'{{"screenings":[{",".join(map(text, found))}]}}'),
        )
    return Response(content, media_type="application/json")


def _checked(body: object) -> SubjectIn | BatchIn:
    """What a body asks for. Raises `RequestValidationError` with the place of each fault."""
    try:
        return _BODY.validate_python(body)
    except ValidationError as error:
        faults = error.errors(include_url=False, include_context=False, include_input=False)
        raise RequestValidationError([{**one, "loc": ("body", *one["loc"])} for one in faults]) from None


def orders(subjects: Sequence[SubjectIn], service: Service, batch: BatchIn | None = None) -> list[Order]:
    """What is to be screened. Raises `Problem` with the place of each subject that can't be."""
    most = service.settings.max_subjects
    if len(subjects) > most:
        raise Problem(422, f"There are {len(subjects):,} subjects; at most {most:,} are screened at once.")
    policy = service.lists.screener.policy
    made, errors = [], []
    for at, one in enumerate(subjects):
        try:
            order = one.order(batch.threshold, batch.limit) if batch else one.order()
            policy.threshold_points(order.threshold)
            made.append(order)
        except (InvalidSubjectError, InvalidPolicyError, InvalidRecordError) as error:
            place = ["body", "subjects", at] if batch else ["body"]
            errors.append({"loc": place, "msg": str(error), "type": type(error).__name__})
    if errors:
        detail = "Not all subjects can be screened; errors has each." if batch else errors[0]["msg"]
        raise Problem(422, str(detail), errors=errors)
    return made
