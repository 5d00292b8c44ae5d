"""A small team that is served, without a network."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import httpx
from starlette.applications import Starlette

from scheduler.actions.feed_address import feed_tokens
from scheduler.web import Live, build
from tests.actions.published import published
from tests.actions.roster import roster

NOW = datetime(2027, 1, 13, 9, tzinfo=UTC)
SECRET = b"a secret of thirty-two characters"
BASE = "https://rota.example.org"


def team(folder: Path) -> Path:
    """A roster with January published."""
    found = roster(folder)
    published(found, t4="ana", t11="chi", t18="ben", t25="chi", release="ana")
    return found


@dataclass
class Clock:
    """The clock of a server, as a test sets it."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now


@dataclass
class Served:
    """A server over a folder, asked without a network."""

    folder: Path
    clock: Clock = field(default_factory=Clock)

    def __post_init__(self) -> None:
        self.live = Live(self.folder, SECRET, BASE, self.clock)
        self.live.start()
        self.app: Starlette = build(self.live)

    def token(self, path: str) -> str:
        """The token of a feed (``members/ana.ics``)."""
        site = self.live.state.site
        assert site is not None
        return feed_tokens(site.snapshot.team, SECRET)[path]

    def feed(self, path: str) -> str:
        """The path of a feed's secret address."""
        return f"/feeds/{self.token(path)}.ics"

    async def ask(
        self, path: str, method: str = "GET", headers: dict[str, str] | None = None
    ) -> httpx.Response:
        """One request."""
        transport = httpx.ASGITransport(app=self.app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            return await client.request(method, path, headers=headers)

    def get(
        self, path: str, method: str = "GET", headers: dict[str, str] | None = None
    ) -> httpx.Response:
        """One request, from a test that is no coroutine."""
        return asyncio.run(self.ask(path, method, headers))
