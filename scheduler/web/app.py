"""The web application: every route, and the layers around them."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress

from prometheus_client import CollectorRegistry
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from scheduler.web import health, pages
from scheduler.web.feeds import Feeds
from scheduler.web.live import Live
from scheduler.web.observe import SAFE, Observed
from scheduler.web.rendering import page

Guard = Callable[[Request], Awaitable[Response | None]]
"""Who may see pages: nothing lets the request through, an answer is sent instead of the page."""
Task = Callable[[], Awaitable[None]]
"""Something that runs beside the requests until the server stops."""

log = logging.getLogger("rota.web")


async def everybody(request: Request) -> Response | None:
    """The guard that lets everybody in."""
    return None


def build(
    live: Live,
    *,
    guard: Guard = everybody,
    routes: Sequence[BaseRoute] = (),
    layers: Sequence[Middleware] = (),
    tasks: Sequence[Task] = (),
) -> Starlette:
    """The application over a roster that was started.

    ``guard`` decides who sees pages and JSON; feeds are opened by their token alone. ``routes``
    come before the pages, and are not guarded. ``layers`` go around routes and pages but not
    around feeds. ``tasks`` run beside, from the start to the end of the server. Whatever handles
    a request finds the roster as ``request.app.state.live``.
    """
    registry = CollectorRegistry()

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        running = [asyncio.ensure_future(task()) for task in (live.watch, *tasks)]
        for task in running:
            task.add_done_callback(_tell_of_its_end)
        yield
        for task in running:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    app = Starlette(
        routes=[
            *health.routes(live, registry),
            *routes,
            Route("/mine", _nobody_signs_in),
            *pages.routes(live, guard),
        ],
        middleware=[
            Middleware(Observed, registry=registry),
            Middleware(Feeds, live=live),
            *layers,
        ],
        exception_handlers={500: _failed},
        lifespan=lifespan,
    )
    # A feed or a page has one address.
    app.router.redirect_slashes = False
    app.state.live = live
    return app


async def _nobody_signs_in(request: Request) -> Response:
    """In the place of members' own pages where ``routes`` has none."""
    return page("nobody")


async def _failed(request: Request, error: Exception) -> Response:
    safe = {name.decode(): value.decode() for name, value in SAFE}
    return PlainTextResponse("Something went wrong here; it is in the log.", 500, headers=safe)


def _tell_of_its_end(task: asyncio.Future[None]) -> None:
    if not task.cancelled() and task.exception() is not None:
        log.error("a task beside the requests has ended", exc_info=task.exception())
