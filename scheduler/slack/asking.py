"""One request of one person: who they are, and how they are answered."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from slack_bolt.context.respond.async_respond import AsyncRespond
from slack_sdk.errors import SlackApiError

from scheduler.errors import RotaError
from scheduler.messages import requests
from scheduler.messages.message import Message
from scheduler.slack.door import CUT, Door, ephemeral, reason

if TYPE_CHECKING:
    from scheduler.actions.look import Look

log = logging.getLogger("rota.slack")


@dataclass(frozen=True)
class Asking:
    """A request that came the first time and from a member. ``user`` is their id at Slack."""

    door: Door
    look: Look
    member: str
    user: str
    now: datetime
    body: Mapping[str, Any]
    respond: AsyncRespond | None

    @property
    def value(self) -> str:
        """What the pressed button carries."""
        return str(self.body["actions"][0].get("value", ""))

    @property
    def trigger(self) -> str:
        """What allows to open a modal, for three seconds."""
        return str(self.body["trigger_id"])

    async def tell(self, message: Message) -> None:
        """Answer where the person looks: beside what they typed or pressed, else in their
        conversation with the bot."""
        await _say(self.door, self.user, self.body, self.respond, message)

    async def replace(self, message: Message) -> None:
        """Put a message in the place of the one whose button was pressed."""
        container = self.body.get("container", {})
        if container.get("type") == "message" and not container.get("is_ephemeral"):
            await self.door.edit(container["channel_id"], container["message_ts"], message)
        elif self.respond is not None and self.body.get("response_url"):
            await self.respond(**{**message.to_json(), "replace_original": True})
        else:
            await self.tell(message)


Work = Callable[[Asking], Awaitable[None]]
Listener = Callable[..., Awaitable[None]]


def answered(door: Door, work: Work, stranger: Work | None = None) -> Listener:
    """A listener of Bolt that acknowledges first, takes each delivery once, lets members in, and
    turns what goes wrong into a sentence."""

    async def listener(
        ack: Callable[[], Awaitable[Any]], body: dict[str, Any], respond: AsyncRespond
    ) -> None:
        # First of all: Slack waits three seconds, and a roster may take as long to read.
        await ack()
        now, user = door.clock(), user_of(body)
        try:
            if not await door.first_time(event_of(body)):
                return
        except RotaError as error:
            log.warning("the journal cannot be used: %s", error)
            said = "I cannot remember anything just now. Try again in a minute."
            await _say(door, user, body, respond, requests.refused(said))
            return
        try:
            look = await door.look()
        except RotaError as error:
            log.warning("the roster cannot be read: %s", error)
            said = "The roster has a mistake just now; a lead can see it."
            await _say(door, user, body, respond, requests.refused(said))
            return
        asking = Asking(door, look, look.linked(user, now), user, now, body, respond)
        await _carefully(asking, work if asking.member else stranger or _unknown)

    return listener


async def _say(
    door: Door, user: str, body: Mapping[str, Any], respond: AsyncRespond | None, message: Message
) -> None:
    if respond is not None and body.get("response_url"):
        await respond(**ephemeral(message))
    else:
        await door.post(user, message)


async def _carefully(asking: Asking, work: Work) -> None:
    try:
        await work(asking)
    except RotaError as error:
        await asking.tell(requests.refused(str(error)))
    except SlackApiError as error:
        log.warning("Slack refused: %s", reason(error))
    except CUT as error:
        log.warning("Slack did not answer: %s", type(error).__name__)


async def _unknown(asking: Asking) -> None:
    await asking.tell(
        requests.refused(
            f"I do not know you as a member of {asking.look.team.name}. Ask a lead to write your "
            "Slack id (profile, ⋮, Copy member ID) into roster.yaml."
        )
    )


def user_of(body: Mapping[str, Any]) -> str:
    """The id at Slack of who asks."""
    event = body.get("event")
    if isinstance(event, Mapping):
        return str(event.get("user", ""))
    user = body.get("user")
    return str(user.get("id", "") if isinstance(user, Mapping) else body.get("user_id", ""))


def event_of(body: Mapping[str, Any]) -> str:
    """What is the same for every delivery of one request, and for nothing else."""
    return str(body.get("event_id") or body.get("trigger_id") or "")
