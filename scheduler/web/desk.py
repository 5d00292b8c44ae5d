"""What every form needs: the roster, the journal, who signs in, and one writer at a time."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from scheduler.web.live import Live
from scheduler.web.signin import SignIn

if TYPE_CHECKING:
    from scheduler.actions.ask import Asked
    from scheduler.journal import Journal

P = ParamSpec("P")
R = TypeVar("R")


async def nobody_else(asked: Asked) -> None:
    """Where only the pages tell of questions."""


@dataclass
class Desk:
    """How members act on one roster. ``asked`` is awaited with each new question, so that another
    door may tell people of it."""

    live: Live
    signin: SignIn
    journal: Journal
    push: bool = False
    asked: Callable[[Asked], Awaitable[None]] = nobody_else
    one_plan: asyncio.Lock = field(default_factory=asyncio.Lock)
    """What ifs wait for one another: a plan takes a whole processor."""
    _one_writer: asyncio.Lock = field(default_factory=asyncio.Lock)

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
