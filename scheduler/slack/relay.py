"""What members do on the pages is told in Slack as well: questions go out, and every message about
one tells how it stands."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from scheduler.errors import RotaError
from scheduler.slack.asking import Asking
from scheduler.slack.asks import show, show_withdrawn
from scheduler.slack.door import CUT, Door
from scheduler.slack.questions import put_to, where_asked

if TYPE_CHECKING:
    from scheduler.actions.answer import Settled
    from scheduler.actions.ask import Asked

log = logging.getLogger("rota.slack")


@dataclass(frozen=True)
class Relay:
    """Tells Slack of what happened on the pages. What goes wrong is logged and undoes nothing:
    whoever Slack does not reach has the question on their own page."""

    door: Door

    async def asked(self, asked: Asked) -> None:
        """Put a question to everybody who is asked and does not have it yet."""
        await self._carefully(self._put(asked))

    async def settled(self, settled: Settled, member: str) -> None:
        """Tell what a member's yes or no has come to."""
        at = where_asked(settled.request).get(member, ())
        await self._carefully(self._show(settled, member, at))

    async def withdrawn(self, settled: Settled, member: str) -> None:
        """Tell that nobody is asked any more."""
        at = settled.request.details.get("mine", ())
        await self._carefully(self._show(settled, member, at, withdrawn=True))

    async def changed(self) -> None:
        """Let reminders and groups follow a change of the rotation at once."""
        await self._carefully(self.door.follow())

    async def _put(self, asked: Asked) -> None:
        directory = (await self.door.look()).book.directory
        await put_to(self.door, directory, asked)

    async def _show(
        self, settled: Settled, member: str, at: Sequence[str], *, withdrawn: bool = False
    ) -> None:
        look, now = await self.door.look(), self.door.clock()
        # Who acted reads on the page what came of it, so that only their message is edited and no
        # new one is sent: nobody is named as the user.
        asking = Asking(self.door, look, member, "", now, _pressed(at), None)
        await (show_withdrawn if withdrawn else show)(asking, settled)

    async def _carefully(self, step: Awaitable[None]) -> None:
        try:
            await step
        except RotaError as error:
            log.warning("Slack was not told of what happened on a page: %s", error)
        except CUT as error:
            log.warning("Slack did not answer: %s", type(error).__name__)


def _pressed(at: Sequence[str]) -> dict[str, Any]:
    """What Slack would send of a button in the message at this place."""
    if not at:
        return {}
    channel, ts = at
    return {"container": {"type": "message", "channel_id": channel, "message_ts": ts}}
