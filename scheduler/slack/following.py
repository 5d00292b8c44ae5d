"""What follows the rotation while the app runs: reminders, user groups and topics."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from apscheduler.events import EVENT_JOB_ERROR, JobExecutionEvent
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from scheduler.errors import RotaError
from scheduler.messages.client import Client
from scheduler.slack import groups
from scheduler.slack.door import CUT, Door

log = logging.getLogger("rota.slack")

EVERY = 60.0
"""Seconds between two looks at what is due."""


@dataclass
class Following:
    """Keeps Slack true to the rotation file. ``poster`` sends reminders, at Slack's pace."""

    door: Door
    poster: Client
    topics: bool = False
    _stopping: asyncio.Event = field(default_factory=asyncio.Event)
    _told: set[str] = field(default_factory=set)
    _one_at_a_time: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def once(self) -> None:
        """Send what is due, and let groups and topics follow. What goes wrong is logged, each
        sentence once, and stops nothing. Once ``until`` is to end, nothing more is begun."""
        async with self._one_at_a_time:
            await self._carefully(self._remind)
            await self._carefully(self._follow)

    async def until(self, stop: asyncio.Event) -> None:
        """Do so at once and then every minute, also after a look of which nobody foresaw how it
        would end."""
        clock = AsyncIOScheduler(timezone=UTC)
        # One at a time, and after a sleep of the machine once instead of many times.
        clock.add_job(
            self.once,
            "interval",
            seconds=EVERY,
            next_run_time=datetime.now(UTC),
            max_instances=1,
            coalesce=True,
            misfire_grace_time=None,
        )
        clock.add_listener(_failed, EVENT_JOB_ERROR)
        clock.start()
        try:
            await stop.wait()
        finally:
            self._stopping.set()
            clock.pause()
            # What is being sent is sent to its end, and written down. Only then may the clock shut
            # down: that cancels whatever still runs.
            async with self._one_at_a_time:
                clock.shutdown(wait=False)

    async def _carefully(self, step: Callable[[], Awaitable[None]]) -> None:
        if self._stopping.is_set():
            return
        try:
            await step()
        except RotaError as error:
            self._tell(str(error))
        except CUT as error:
            self._tell(f"Slack did not answer: {type(error).__name__}")

    async def _remind(self) -> None:
        from scheduler.actions.remind import remind

        door = self.door
        now, stopping = door.clock(), self._stopping.is_set
        done = await remind(door.folder, now, door.journal, self.poster, is_stopping=stopping)
        for sentence in (*done.troubles, *filter(None, (done.unheard,))):
            self._tell(sentence)

    async def _follow(self) -> None:
        door, look = self.door, await self.door.look()
        followed = await groups.follow(door.client, look, door.clock(), topics=self.topics)
        for sentence in followed.changed:
            log.info(sentence)
        for sentence in followed.troubles:
            self._tell(sentence)

    def _tell(self, sentence: str) -> None:
        if sentence not in self._told:
            self._told.add(sentence)
            log.warning(sentence)


def _failed(event: JobExecutionEvent) -> None:
    """Log what nobody foresaw; the next look comes all the same."""
    log.error("a look at what is due failed", exc_info=event.exception)
