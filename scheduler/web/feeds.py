"""``GET /feeds/<token>.ics``: the feed that a token opens, or nothing at all."""

from __future__ import annotations

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from scheduler.web.live import Live

PREFIX, ENDING = "/feeds/", ".ics"
ROUTE = "/feeds/{token}.ics"


class Feeds:
    """Answers what begins with ``/feeds/`` before any other route is looked at: calendars ask
    often, and a secret address must look like any that does not exist."""

    def __init__(self, app: ASGIApp, live: Live) -> None:
        self.app = app
        self.live = live

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope.get("path", "")
        if scope["type"] != "http" or not path.startswith(PREFIX):
            await self.app(scope, receive, send)
            return
        scope["rota.route"] = ROUTE
        if scope["method"] not in {"GET", "HEAD"}:
            refused = PlainTextResponse("Method Not Allowed", 405, headers={"allow": "GET, HEAD"})
            await refused(scope, receive, send)
            return
        site = self.live.state.site
        token = path.removeprefix(PREFIX).removesuffix(ENDING)
        found = site.feed(token) if site is not None and path.endswith(ENDING) else None
        if found is None:
            await PlainTextResponse("Not Found", 404)(scope, receive, send)
            return
        await found(scope, receive, send, self.live.clock())
