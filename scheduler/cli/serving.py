"""What `rota serve` puts together: the pages and feeds, and Slack where it is set up.

The doors never import one another; here is where they meet.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.routing import BaseRoute

from scheduler.web import Live, build

if TYPE_CHECKING:
    from starlette.applications import Starlette

_BOT, _SIGNING, _API = "SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET", "ROTA_SLACK_API"


@dataclass(frozen=True, slots=True)
class Setup:
    """What was asked for. ``local``: only this machine is served."""

    journal: str = ""
    push: bool = False
    local: bool = True


def application(live: Live, setup: Setup) -> Starlette:
    """The whole application.

    Raises:
        BadRequest: the journal's URL is none.
        Refused: the journal cannot be reached.
    """
    layers = []
    if setup.local:
        # A page of somebody else's, opened in a browser here, must not reach these pages under a
        # name of its own.
        hosts = ["localhost", "127.0.0.1", "[::1]"]
        layers.append(Middleware(TrustedHostMiddleware, allowed_hosts=hosts, www_redirect=False))
    routes, tasks = _slack(live, setup)
    return build(live, routes=routes, layers=layers, tasks=tasks)


def _slack(live: Live, setup: Setup) -> tuple[list[BaseRoute], list[Callable[[], Awaitable[None]]]]:
    """Slack's events and the reminders; nothing without a bot's token."""
    token = os.environ.get(_BOT, "").strip()
    if not token:
        return [], []
    from scheduler.actions.feed_address import feed_address
    from scheduler.actions.remember import journal_of
    from scheduler.messages.client import SLACK, connected
    from scheduler.slack import Door, client_of, http
    from scheduler.slack.following import Following

    base = os.environ.get(_API, "")

    def feed(member: str) -> str:
        team = live.team
        found = next((one for one in team.members if one.id == member), None)
        return feed_address(team, found, live.secret, live.base_url) if found else ""

    door = Door(
        live.folder,
        journal_of(live.folder, setup.journal),
        client_of(token, base),
        clock=live.clock,
        push=setup.push,
        feed=feed,
    )

    async def follow() -> None:
        async with connected(token, base or SLACK) as poster:
            following = Following(door, poster)

            async def changed() -> None:
                await live.changed()
                await following.once()

            door.changed = changed
            await following.until(asyncio.Event())

    signing = os.environ.get(_SIGNING, "").strip()
    routes: list[BaseRoute] = [http(door, signing)] if signing else []
    return routes, [follow]
