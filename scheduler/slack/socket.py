"""Socket Mode: the app connects to Slack by itself, and needs no public address."""

from __future__ import annotations

import asyncio

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_sdk.errors import SlackApiError

from scheduler.errors import Refused
from scheduler.slack.app import build
from scheduler.slack.door import Door, reason


async def run(door: Door, app_token: str, stop: asyncio.Event) -> None:
    """Serve until ``stop`` is set.

    Raises:
        Refused: Slack does not let the app in.
    """
    handler = AsyncSocketModeHandler(build(door), app_token)
    try:
        await handler.client.connect()  # type: ignore[no-untyped-call]  # slack_sdk types half of it
    except SlackApiError as error:
        raise Refused(
            f"Slack does not let the app in: {reason(error)}. SLACK_APP_TOKEN has to be an "
            "app-level token (xapp-…) with the scope connections:write."
        ) from error
    try:
        await stop.wait()
    finally:
        await handler.client.close()  # type: ignore[no-untyped-call]  # as above
