"""The application: all routes and what surrounds them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from importlib.metadata import version

from fastapi import FastAPI

from .guarding.guard import Guard
from .guarding.problems import handle_problems
from .page.routes import SignInNeeded, sign_in_page
from .page.routes import router as page
from .page.visitors import Sessions
from .routes.document import PROBLEMS, describe_problems
from .routes.screening import router as screening
from .routes.status import router as status
from .routes.watchman import router as watchman
from .searched.lists import SearchedLists
from .settings import Settings
from .state import Service
from .uploaded.screening import Uploads
from .yente.catalog import router as catalog
from .yente.matching import router as matching


def make_app(lists: SearchedLists, settings: Settings) -> FastAPI:
    """An ASGI application that searches these lists."""
    service = Service(settings, lists)

    @asynccontextmanager
    async def running(_: FastAPI) -> AsyncIterator[None]:
        watch = asyncio.create_task(lists.watch(settings.look_every))
        try:
            yield
        finally:
            watch.cancel()
            with suppress(asyncio.CancelledError):
                await watch
            await app.state.uploads.close()
            await asyncio.to_thread(service.jobs.close)

    app = FastAPI(
        title="screenkit",
        summary="Sanctions screening: is this name on a list, under which program, and why?",
        version=version("screenkit"),
        lifespan=running,
        # Their pages load scripts from other hosts.
        docs_url=None,
        redoc_url=None,
        # A redirection would repeat the path and the host that were asked for.
        redirect_slashes=False,
    )
    app.state.service = service
    app.state.sessions = Sessions(settings.keys)
    app.state.uploads = Uploads(service)
    app.add_exception_handler(SignInNeeded, sign_in_page)
    handle_problems(app)
    for router in (screening, status, matching, catalog, watchman):
        app.include_router(router, responses=PROBLEMS)
    app.include_router(page)
    describe_problems(app)
    app.add_middleware(Guard, settings=settings, metrics=service.metrics)
    return app
