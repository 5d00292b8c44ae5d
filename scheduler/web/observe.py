"""What every request leaves behind: one log line, three metrics and the same safe headers.

A path may hold a token, so that only the route that matched is ever written down.
"""

from __future__ import annotations

import json
import logging
from time import gmtime, perf_counter
from traceback import extract_tb
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Histogram
from starlette.types import ASGIApp, Message, Receive, Scope, Send

UNMATCHED = "unmatched"
NOT_MODIFIED = 304
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5)
SAFE = (
    (
        b"content-security-policy",
        b"default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
        b"object-src 'none'",
    ),
    (b"referrer-policy", b"no-referrer"),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
)

log = logging.getLogger("rota.access")


class Observed:
    """The outermost layer around all routes."""

    def __init__(self, app: ASGIApp, registry: CollectorRegistry) -> None:
        self.app = app
        labels = ("route", "method", "status")
        self._requests = Counter("rota_requests", "Requests answered.", labels, registry=registry)
        self._seconds = Histogram(
            "rota_request_seconds",
            "Time until the answer was sent.",
            ("route",),
            buckets=_SECONDS,
            registry=registry,
        )
        self._counters: dict[tuple[str, str, int], Counter] = {}
        self._timers: dict[str, Histogram] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        began, status = perf_counter(), 500

        async def sending(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                # Whoever has the answer already has these with it.
                if status != NOT_MODIFIED:
                    message["headers"] = [*message.get("headers", ()), *SAFE]
            await send(message)

        try:
            await self.app(scope, receive, sending)
        finally:
            self._note(scope, status, perf_counter() - began)

    def _note(self, scope: Scope, status: int, seconds: float) -> None:
        route = route_of(scope)
        method = scope["method"] if scope["method"] in _METHODS else "other"
        key = (route, method, status)
        if key not in self._counters:
            self._counters[key] = self._requests.labels(*map(str, key))
        if route not in self._timers:
            self._timers[route] = self._seconds.labels(route)
        self._counters[key].inc()
        self._timers[route].observe(seconds)
        if log.isEnabledFor(logging.INFO):
            told = {"route": route, "method": method, "status": status}
            log.info("request", extra={"told": told | {"ms": round(seconds * 1000, 2)}})


def route_of(scope: Scope) -> str:
    """The template of the route that matched, such as ``/feeds/{token}.ics``."""
    named = scope.get("rota.route") or getattr(scope.get("route"), "path", UNMATCHED)
    return str(named)


class JsonLines(logging.Formatter):
    """One JSON object a line. Of an error there is its kind and where it came from: what it says
    may hold what is private."""

    converter = staticmethod(gmtime)

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": f"{self.formatTime(record, '%Y-%m-%dT%H:%M:%S')}.{int(record.msecs):03}Z",
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": record.getMessage(),
            **getattr(record, "told", {}),
        }
        if record.exc_info and record.exc_info[0]:
            line["error"] = record.exc_info[0].__name__
            frames = extract_tb(record.exc_info[2])
            line["where"] = [f"{frame.filename}:{frame.lineno}" for frame in frames[-5:]]
        return json.dumps(line, ensure_ascii=False)
