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
from scheduler.web.app import Guard, everybody

if TYPE_CHECKING:
    from starlette.applications import Starlette

    from scheduler.slack import Door
    from scheduler.web.signin import LocalLink

_BOT, _SIGNING, _API = "SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET", "ROTA_SLACK_API"


@dataclass(frozen=True, slots=True)
class Setup:
    """What was asked for. ``topics`` at Slack tell who is on duty. ``local``: only this machine is
    served. ``is_open``: pages are shown to whoever reaches them. ``link`` signs one member in."""

    journal: str = ""
    push: bool = False
    topics: bool = False
    local: bool = True
    is_open: bool = False
    link: LocalLink | None = None


def application(live: Live, setup: Setup) -> Starlette:
    """The whole application.

    Raises:
        BadRequest: the journal's URL is none.
        Refused: the journal cannot be reached.
    """
    door = _door(live, setup)
    guard, forms, cookies = _members(live, setup, door)
    layers = []
    if setup.local:
        # A page of somebody else's, opened in a browser here, must not reach these pages under a
        # name of its own.
        hosts = ["localhost", "127.0.0.1", "[::1]"]
        layers.append(Middleware(TrustedHostMiddleware, allowed_hosts=hosts, www_redirect=False))
    routes, tasks = _slack(live, setup, door) if door else ([], [])
    return build(
        live, guard=guard, routes=[*routes, *forms], layers=[*layers, *cookies], tasks=tasks
    )


def _members(
    live: Live, setup: Setup, door: Door | None
) -> tuple[Guard, list[BaseRoute], list[Middleware]]:
    """Sign-in and members' own pages; nothing where there is no way to sign in. Slack's door, if
    there is one, tells people of what happens on them."""
    from scheduler.web.providers import providers
    from scheduler.web.signin import SignIn

    vouching = providers(os.environ)
    signin = SignIn(live, vouching, local=setup.link, open_pages=setup.is_open)
    if not signin.can_sign_in:
        return everybody, [], []
    from scheduler.actions.remember import journal_of
    from scheduler.web.desk import Desk
    from scheduler.web.forms import routes

    desk = Desk(live, signin, journal_of(live.folder, setup.journal), setup.push)
    if door is not None:
        from scheduler.slack.relay import Relay

        desk.elsewhere = Relay(door)
    return signin.guard, [*signin.routes, *routes(desk)], signin.layers


def _door(live: Live, setup: Setup) -> Door | None:
    """The door to Slack; none without a bot's token."""
    token = os.environ.get(_BOT, "").strip()
    if not token:
        return None
    from scheduler.actions.feed_address import feed_address
    from scheduler.actions.remember import journal_of
    from scheduler.slack import Door, client_of

    def feed(member: str) -> str:
        team = live.team
        found = next((one for one in team.members if one.id == member), None)
        return feed_address(team, found, live.secret, live.base_url) if found else ""

    return Door(
        live.folder,
        journal_of(live.folder, setup.journal),
        client_of(token, os.environ.get(_API, "")),
        clock=live.clock,
        push=setup.push,
        feed=feed,
    )


def _slack(
    live: Live, setup: Setup, door: Door
) -> tuple[list[BaseRoute], list[Callable[[], Awaitable[None]]]]:
    """Slack's events and the reminders."""
    from scheduler.messages.client import SLACK, connected
    from scheduler.slack import http
    from scheduler.slack.following import Following

    async def follow() -> None:
        token = os.environ[_BOT].strip()
        async with connected(token, os.environ.get(_API, "") or SLACK) as poster:
            following = Following(door, poster, setup.topics)

            async def changed() -> None:
                await live.changed()
                await following.once()

            door.changed = changed
            await following.until(asyncio.Event())

    signing = os.environ.get(_SIGNING, "").strip()
    routes: list[BaseRoute] = [http(door, signing)] if signing else []
    return routes, [follow]
