"""For machines that look after the server: alive, ready, counted, and not to be indexed."""

from __future__ import annotations

from collections.abc import Iterable

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.metrics_core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from scheduler.web.live import Live

_FRESH = {"cache-control": "no-store"}


def routes(live: Live, registry: CollectorRegistry) -> list[Route]:
    """``/healthz``, ``/readyz``, ``/metrics`` and ``/robots.txt``."""
    registry.register(_Roster(live))

    async def healthz(request: Request) -> Response:
        return JSONResponse({"status": "ok"}, headers=_FRESH)

    async def readyz(request: Request) -> Response:
        state = live.state
        told: dict[str, object] = {"status": "ready" if live.is_ready else "not ready"}
        told["roster"] = "last good" if state.broken else "current"
        if state.broken:
            told["mistakes"] = list(state.broken)
            told["since"] = state.since.isoformat() if state.since else None
        return JSONResponse(told, 200 if live.is_ready else 503, headers=_FRESH)

    async def metrics(request: Request) -> Response:
        return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST, headers=_FRESH)

    async def robots(request: Request) -> Response:
        return PlainTextResponse("User-agent: *\nDisallow: /\n")

    return [
        Route("/healthz", healthz),
        Route("/readyz", readyz),
        Route("/metrics", metrics),
        Route("/robots.txt", robots),
    ]


class _Roster(Collector):
    """What the roster looks like at the moment of asking."""

    def __init__(self, live: Live) -> None:
        self._live = live

    def collect(self) -> Iterable[Metric]:
        """The gauges."""
        state = self._live.state
        whole = 0.0 if state.broken or state.site is None else 1.0
        yield GaugeMetricFamily("rota_roster_current", "0: the last good one is served.", whole)
        yield GaugeMetricFamily("rota_reloads", "Rosters read so far.", self._live.reloads)
