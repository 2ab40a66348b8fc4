"""The page's routes: the form and its results, decisions, uploaded books, and signing in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Request, Response
from fastapi.responses import FileResponse, RedirectResponse, StreamingResponse
from starlette.datastructures import UploadFile

from screenkit.errors import ScreenkitError
from screenkit.results import Screening
from screenkit.service.guarding.jobs import BusyError
from screenkit.service.guarding.keys import Scope
from screenkit.service.guarding.problems import Problem
from screenkit.service.searched.listing import reasons, searched
from screenkit.service.state import Service, service_of
from screenkit.service.uploaded.kept import Book
from screenkit.service.uploaded.screening import Uploads

from .forms import Form
from .progress import shown_progress
from .rendering import ICON, POLICY, STYLE, page, parts
from .view import shown
from .visitors import COOKIE, Sessions, Visitor, refuse_foreign

#: The forms below carry names, so nothing of them is in an address.
router = APIRouter(include_in_schema=False)
_FIELDS = 40


def _sessions(request: Request) -> Sessions:
    found: Sessions = request.app.state.sessions
    return found


def _uploads(request: Request) -> Uploads:
    found: Uploads = request.app.state.uploads
    return found


class SignInNeeded(Exception):  # noqa: N818  # it is no error of anybody
    """The page is for those who signed in."""


async def _visitor(request: Request) -> Visitor:
    found = _sessions(request).visitor(request)
    if found is None:
        raise SignInNeeded
    if Scope.SCREEN not in found.scopes:
        raise Problem(403, "The key lacks the scope screen.")
    if found.name is not None:
        request.state.key = found.name
    return found


_Visitor = Annotated[Visitor, Depends(_visitor)]
_Part = Annotated[str, Path(max_length=100)]
_NO_BOOK = "There is no such result, or it is kept no longer."
_own_form = [Depends(refuse_foreign)]


@router.get("/")
def empty(request: Request, visitor: _Visitor) -> Response:
    """The empty form."""
    return _search(request, visitor, Form())


@router.post("/", dependencies=_own_form)
async def search(request: Request, visitor: _Visitor) -> Response:
    """The form with what was found."""
    form = Form()
    try:
        form = Form.read(await request.form(max_files=0, max_fields=_FIELDS))
        return await _found(request, visitor, form)
    except (ScreenkitError, BusyError) as error:
        return _search(request, visitor, form, problem=_told(error), status=_status(error))


@router.post("/decisions", dependencies=_own_form)
async def decide(request: Request, visitor: _Visitor) -> Response:
    """Record what a reviewer decided about a hit, and show what is found since."""
    service = service_of(request)
    given = await request.form(max_files=0, max_fields=_FIELDS)
    form = Form()
    try:
        form = Form.read(given)
        decisions = service.settings.decisions
        if decisions is None or Scope.REVIEW not in visitor.scopes:
            raise Problem(403, "Decisions are not recorded here, or the key lacks the scope review.")
        stated = {name: str(given.get(name, "")) for name in ("designation", "source", "outcome", "reason", "reviewer")}

        def record(found: Sequence[Screening]) -> None:
            decisions.decide(
                found[0],
                stated["designation"],
                stated["outcome"],
                reviewer=visitor.name or stated["reviewer"],
                reason=stated["reason"],
                source=stated["source"],
            )

        await service.screen(request, form.orders(), record)
        said = f"{stated['outcome'].capitalize()}: {stated['source']} {stated['designation']}."
        return await _found(request, visitor, form, said=said)
    except (ScreenkitError, BusyError) as error:
        return _search(request, visitor, form, problem=_told(error), status=_status(error))


@router.post("/books", dependencies=_own_form)
async def upload(request: Request, visitor: _Visitor) -> Response:
    """Begin to screen an uploaded book, and go to its page."""
    given = await request.form(max_files=1, max_fields=_FIELDS)
    book, sheet = given.get("book"), str(given.get("sheet", "")).strip()
    try:
        if not isinstance(book, UploadFile) or not book.filename:
            raise Problem(422, "Choose a file of customers first.")
        made = await _uploads(request).take(book.filename, book.file, sheet or None, visitor.name)
    except (ScreenkitError, BusyError, Problem) as error:
        return _search(request, visitor, Form(), problem=_told(error), status=_status(error))
    return RedirectResponse(f"/books/{made.token}", 303)


@router.get("/books/{token}")
async def book(request: Request, visitor: _Visitor, token: _Part) -> Response:
    """The page of a book: its progress until it is screened, then its results."""
    found = _found_book(request, visitor, token)
    # It goes on for as long as the book takes.
    request.state.deadline.reschedule(None)
    head, foot = parts("book.html", **_common(request, visitor))
    headers = {"Content-Security-Policy": POLICY, "X-Accel-Buffering": "no"}
    return StreamingResponse(shown_progress(found, head, foot), 200, headers, "text/html; charset=utf-8")


@router.get("/books/{token}/{name}")
def download(request: Request, visitor: _Visitor, token: _Part, name: _Part) -> Response:
    """A file of a screened book."""
    found = _found_book(request, visitor, token)
    if name not in found.files:
        raise Problem(404, _NO_BOOK)
    return FileResponse(found.results / name, filename=name, media_type="application/octet-stream")


def _found_book(request: Request, visitor: Visitor, token: str) -> Book:
    found = _uploads(request).shelf.find(token, visitor.name)
    if found is None:
        raise Problem(404, _NO_BOOK)
    return found


@router.post("/session", dependencies=_own_form)
async def sign_in(request: Request) -> Response:
    """Sign in with a key."""
    key = str((await request.form(max_files=0, max_fields=_FIELDS)).get("key", "")).strip()
    response = RedirectResponse("/", 303)
    if _sessions(request).sign_in(key, response) is None:
        return sign_in_page(request, problem="No key in force is this one.")
    return response


@router.post("/session/end", dependencies=_own_form)
def sign_out(request: Request) -> Response:
    """Sign out."""
    response = RedirectResponse("/", 303)
    response.delete_cookie(COOKIE, path="/")
    return response


@router.get("/style.css")
async def style() -> Response:
    """The style sheet."""
    return Response(STYLE, headers={"Cache-Control": "max-age=300"}, media_type="text/css")


@router.get("/icon.svg")
async def icon() -> Response:
    """The icon."""
    return Response(ICON, headers={"Cache-Control": "max-age=86400"}, media_type="image/svg+xml")


def sign_in_page(request: Request, error: Exception | None = None, problem: str = "") -> Response:
    """The form to sign in with; it answers a request that needs it."""
    return page("sign_in.html", 401, problem=problem)


async def _found(request: Request, visitor: Visitor, form: Form, said: str = "") -> Response:
    return await service_of(request).screen(
        request,
        form.orders(),
        lambda found: _search(request, visitor, form, found=[shown(one) for one in found], said=said),
    )


def _search(
    request: Request,
    visitor: Visitor,
    form: Form,
    *,
    found: Sequence[Any] = (),
    problem: str = "",
    said: str = "",
    status: int = 200,
) -> Response:
    values = _common(request, visitor)
    return page("search.html", status, form=form, found=found, problem=problem, said=said, **values)


def _common(request: Request, visitor: Visitor) -> dict[str, Any]:
    service: Service = service_of(request)
    lists = service.lists
    return {
        "visitor": visitor,
        "is_guarded": service.settings.keys is not None,
        "can_decide": service.settings.decisions is not None and Scope.REVIEW in visitor.scopes,
        "lists": [] if lists.problem else searched(lists)["lists"],
        "reasons": reasons(lists),
        "threshold": "" if lists.problem else lists.screener.policy.threshold,
        "most_megabytes": service.settings.max_upload_bytes // 1_000_000,
        "now": dt.datetime.now(dt.UTC),
    }


def _told(error: Exception) -> str:
    if isinstance(error, BusyError):
        return "Too many requests are under way. Try again in a moment."
    return str(error.detail) if isinstance(error, Problem) else str(error)


def _status(error: Exception) -> int:
    if isinstance(error, BusyError):
        return 429
    return error.status_code if isinstance(error, Problem) else 422
