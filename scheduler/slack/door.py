"""What every handler shares: the roster, the journal, the client, the clock and one lock."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from aiohttp import ClientError
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from scheduler.messages.message import Message
from scheduler.messages.troubles import is_nobody

if TYPE_CHECKING:
    from scheduler.actions.look import Look
    from scheduler.journal import Journal

P = ParamSpec("P")
R = TypeVar("R")

log = logging.getLogger("rota.slack")

CUT = (ClientError, TimeoutError)
"""No answer of Slack's came about."""

At = tuple[str, str]
"""Where a message stands: Slack's ids of the conversation and of the message in it."""


class NotSent(Enum):
    """Why a message may not stand anywhere."""

    nobody = "nobody"
    """Slack knows nobody there, or there is no id."""
    unsure = "unsure"
    """Slack was unwell, did not answer or refused: the message may stand there all the same."""


def utc_now() -> datetime:
    """This moment."""
    return datetime.now(UTC)


def no_feed(member: str) -> str:
    """Where no calendars are served, nobody has an address of one."""
    return ""


@dataclass
class Door:
    """How requests from Slack reach one roster.

    ``feed`` gives the address of a member's calendar, or nothing. ``changed`` is awaited after
    every change of the rotation, so that reminders, groups and calendars follow at once.
    """

    folder: Path
    journal: Journal
    client: AsyncWebClient
    clock: Callable[[], datetime] = utc_now
    push: bool = False
    feed: Callable[[str], str] = no_feed
    changed: Callable[[], Awaitable[None]] | None = None
    _one_writer: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def look(self) -> Look:
        """The roster as it is now.

        Raises:
            BadFiles: it holds mistakes.
        """
        from scheduler.actions.look import look

        return await asyncio.to_thread(look, self.folder)

    async def do(self, action: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Run an action that only reads, or that only the journal sees, beside the loop."""
        return await asyncio.to_thread(action, *args, **kwargs)

    async def write(self, action: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Run an action that writes into the roster: one at a time."""
        async with self._one_writer:
            return await asyncio.to_thread(action, *args, **kwargs)

    async def first_time(self, event: str) -> bool:
        """Whether this delivery is the first of its event."""
        from scheduler.actions.remember import first_time

        return not event or await self.do(first_time, self.journal, event, self.clock())

    async def follow(self) -> None:
        """Let everything follow a change."""
        if self.changed is not None:
            await self.changed()

    # -------------------------------------------------------------------------------- telling

    async def post(self, user: str, message: Message) -> At | None:
        """Tell a person in the conversation with the bot: where it stands now; ``None`` where it is
        not sure to, which is one line in the log and stops nobody else's message."""
        sent = await self.send(user, message)
        return None if isinstance(sent, NotSent) else sent

    async def send(self, user: str, message: Message) -> At | NotSent:
        """The same, for whoever goes by why it may not stand there."""
        if not user:
            return NotSent.nobody
        try:
            sent = await self.client.chat_postMessage(channel=user, **message.to_json())
        except SlackApiError as error:
            log.warning("Slack did not take a message to %s: %s", user, reason(error))
            return NotSent.nobody if is_nobody(code(error)) else NotSent.unsure
        except CUT as error:
            log.warning("a message to %s may be lost: %s", user, type(error).__name__)
            return NotSent.unsure
        return str(sent["channel"]), str(sent["ts"])

    async def edit(self, channel: str, ts: str, message: Message) -> None:
        """Put a message in the place of one that was posted."""
        try:
            await self.client.chat_update(channel=channel, ts=ts, **message.to_json())
        except SlackApiError as error:
            log.warning("Slack did not edit a message: %s", reason(error))
        except CUT as error:
            log.warning("a message may not be edited: %s", type(error).__name__)


def reason(error: SlackApiError) -> str:
    """Why Slack refused, in its own word and without any token."""
    told = _told(error)
    needed = f" (needs {told['needed']})" if "needed" in told else ""
    return f"{code(error) or 'no answer'}{needed}"


def code(error: SlackApiError) -> str:
    """Slack's own word for why it refused; empty where it said none."""
    return str(_told(error).get("error", ""))


def _told(error: SlackApiError) -> Mapping[str, Any]:
    answer = error.response
    told = answer.data if hasattr(answer, "data") else answer
    return told if isinstance(told, Mapping) else {}


def ephemeral(message: Message) -> dict[str, Any]:
    """An answer that only the person sees, beside what they pressed."""
    return {**message.to_json(), "response_type": "ephemeral", "replace_original": False}
