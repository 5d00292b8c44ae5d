"""Pages, what they need, and JSON: made once from a snapshot, guarded each time."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from scheduler.web import documents
from scheduler.web.answer import Answer
from scheduler.web.live import Live
from scheduler.web.rendering import page, seen
from scheduler.web.site import JSON

Guard = Callable[[Request], Awaitable[Response | None]]


def routes(live: Live, guard: Guard) -> list[Route]:
    """The routes of everything that is shown to people and programs; the last takes any path."""

    async def show(request: Request) -> Response:
        return await guard(request) or await _found(live, request)

    async def now(request: Request) -> Response:
        return await guard(request) or _now(live)

    async def asset(request: Request) -> Response:
        return await _found(live, request)

    return [
        Route("/assets/{name}", asset),
        Route("/api/now", now),
        Route("/api/openapi.json", asset),
        Route("/api/rotations", show),
        Route("/api/rotations/{name}", show),
        Route("/api/members/{id}", show),
        Route("/{page:path}", show),
    ]


class _Sent(Response):
    """An answer that is sent as it was made."""

    def __init__(self, answer: Answer, live: Live) -> None:
        super().__init__()
        self._answer, self._live = answer, live

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._answer(scope, receive, send, self._live.clock())


async def _found(live: Live, request: Request) -> Response:
    site = live.state.site
    path = request.scope["path"]
    if site is None:
        return PlainTextResponse("The roster was not read yet.", 503, {"retry-after": "5"})
    found = site.known(path) or await run_in_threadpool(site.make, path)
    if found is not None:
        return _Sent(found, live)
    if path.startswith("/api/"):
        return JSONResponse({"detail": "There is nothing under this address."}, 404)
    return seen("missing", site.view, 404) if site.view else page("unpublished", 404)


def _now(live: Live) -> Response:
    site = live.state.site
    if site is None:
        return JSONResponse({"detail": "The roster was not read yet."}, 503, {"retry-after": "5"})
    made = documents.written(documents.now(site.snapshot, live.clock()))
    return _Sent(Answer(made, JSON), live)
