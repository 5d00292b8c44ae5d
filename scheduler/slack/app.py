"""The app: which control of Slack leads to which handler."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.http_retry.async_handler import AsyncRetryHandler
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient

from scheduler.messages import names
from scheduler.slack import asks, commands, home, modal, turns
from scheduler.slack.asking import Work, answered
from scheduler.slack.door import Door, log

ACTIONS: dict[str, Work] = {
    names.DONE: turns.done,
    names.CANNOT: asks.cannot,
    names.SWAP: modal.swap,
    names.ACCEPT: asks.accept,
    names.DECLINE: asks.decline,
    names.WITHDRAW: asks.withdraw,
    names.UNDO: turns.undo,
    names.CHECKLIST: turns.nothing,
    names.FEED: turns.nothing,
}
VIEWS: dict[str, Work] = {names.SWAP_VIEW: modal.submitted}
HOME_OPENED = "app_home_opened"


def client_of(token: str, base_url: str = "") -> AsyncWebClient:
    """Slack's client, which waits where Slack says that it is asked too often."""
    retries: list[AsyncRetryHandler] = [AsyncRateLimitErrorRetryHandler(max_retry_count=3)]
    options: dict[str, Any] = {"base_url": base_url} if base_url else {}
    return AsyncWebClient(token, retry_handlers=retries, **options)


def build(door: Door, signing_secret: str = "") -> AsyncApp:
    """The app for a roster. The secret is needed where requests come over HTTP."""
    # Bolt itself logs bodies and headers when it is told to debug.
    logging.getLogger("slack_bolt").setLevel(logging.WARNING)
    level = log.level
    # Bolt warns of SLACK_BOT_TOKEN in the environment, which is where the client has it from.
    log.setLevel(logging.ERROR)
    app = AsyncApp(client=door.client, signing_secret=signing_secret or None, logger=log)
    log.setLevel(level)
    app.middleware(_own_team)
    app.command(names.COMMAND)(answered(door, commands.command))
    app.shortcut(names.SHORTCUT)(answered(door, commands.mine))
    for action, work in ACTIONS.items():
        app.action(action)(answered(door, work))
    for view, work in VIEWS.items():
        app.view(view)(answered(door, work))
    app.event(HOME_OPENED)(answered(door, home.opened, home.stranger))
    app.error(_unexpected)
    return app


async def _own_team(
    req: AsyncBoltRequest, resp: BoltResponse, next: Callable[[], Awaitable[BoltResponse]]
) -> BoltResponse:
    """Let only the workspace in that the token belongs to."""
    known = req.context.authorize_result
    teams = {req.context.team_id, _user_team(req.body)} - {None, ""}
    if known is None or teams != {known.team_id}:
        log.warning("refused a request of another workspace")
        return BoltResponse(status=200, body="")
    return await next()


def _user_team(body: dict[str, Any]) -> str:
    user = body.get("user")
    return str(user.get("team_id", "")) if isinstance(user, dict) else ""


async def _unexpected(error: Exception) -> None:
    """Log what nobody foresaw, with its place and without the request, which holds secrets."""
    log.error("a request failed: %s", type(error).__name__, exc_info=error)
