"""What every form needs: the roster, the journal, who signs in, and one writer at a time."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, ParamSpec, Protocol, TypeVar

from scheduler.web.live import Live
from scheduler.web.signin import SignIn

if TYPE_CHECKING:
    from scheduler.actions.answer import Settled
    from scheduler.actions.ask import Asked
    from scheduler.journal import Journal

P = ParamSpec("P")
R = TypeVar("R")

log = logging.getLogger("rota.web")


class Elsewhere(Protocol):
    """Another door, which tells people of what happens on the pages."""

    async def asked(self, asked: Asked) -> None:
        """Somebody asked; what was asked already may not have come to everybody."""

    async def settled(self, settled: Settled, member: str) -> None:
        """A member said yes or no."""

    async def withdrawn(self, settled: Settled, member: str) -> None:
        """The asker no longer needs an answer."""

    async def changed(self) -> None:
        """The rotation has changed otherwise."""


class Nowhere(Elsewhere):
    """Where the pages are the only door."""


@dataclass
class Desk:
    """How members act on one roster. ``elsewhere`` hears of it."""

    live: Live
    signin: SignIn
    journal: Journal
    push: bool = False
    elsewhere: Elsewhere = field(default_factory=Nowhere)
    one_plan: asyncio.Lock = field(default_factory=asyncio.Lock)
    """What ifs wait for one another: a plan takes a whole processor."""
    _one_writer: asyncio.Lock = field(default_factory=asyncio.Lock)
    _telling: set[asyncio.Task[None]] = field(default_factory=set)

    @property
    def folder(self) -> Path:
        return self.live.folder

    async def do(self, action: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Run an action that only reads, or that only the journal sees, beside the loop."""
        return await asyncio.to_thread(action, *args, **kwargs)

    async def write(self, action: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Run an action that writes into the roster, one at a time, and serve what it wrote."""
        async with self._one_writer:
            done = await asyncio.to_thread(action, *args, **kwargs)
        await self.live.changed()
        return done

    def tell(self, telling: Coroutine[Any, Any, None]) -> None:
        """Let another door tell people, beside the page that somebody waits for."""
        task = asyncio.create_task(telling)
        self._telling.add(task)
        task.add_done_callback(self._told)

    def _told(self, task: asyncio.Task[None]) -> None:
        self._telling.discard(task)
        if not task.cancelled() and task.exception() is not None:
            log.error("people were not told elsewhere", exc_info=task.exception())
