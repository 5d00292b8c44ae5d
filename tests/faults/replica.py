"""One replica: a process that reminds once, and that dies where the test wants it to.

The product knows nothing of this: what it does to the journal and to Slack is wrapped here, in the
process that is to die.
"""

from __future__ import annotations

import asyncio
import functools
import os
import signal
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import slack_sdk.web.async_client  # noqa: F401  # loaded once, before processes are forked

from scheduler.actions.remind import remind
from scheduler.journal import Sender, open_journal
from scheduler.messages import client
from scheduler.messages.client import Client, connected

LEASE = timedelta(seconds=0.4)
FAST = 0.02
"""Seconds between two messages to a channel."""
DONE, AGAIN = 0, 7
"""Exit codes: nothing is left to do; something is in doubt, or another replica is at it."""


def run(folder: Path, now: datetime, journal_url: str, slack: str, step: int) -> None:
    """Remind once; die before the n-th step that is taken, if there are so many."""
    client.PATIENCE = 3.0
    _die_at(step)

    async def work() -> bool:
        async with connected("xoxb-loopback", slack + "/api/", FAST) as connection:
            done = await remind(folder, now, journal, connection, LEASE)
        return not done.busy and not done.waiting and not done.troubles

    journal = open_journal(journal_url)
    try:
        finished = asyncio.run(work())
    finally:
        journal.close()
    os._exit(DONE if finished else AGAIN)


def _die_at(step: int) -> None:
    """Count what is done to the journal and to Slack, before and after, and die in between."""
    taken = 0

    def count() -> None:
        nonlocal taken
        taken += 1
        if taken == step:
            os.kill(os.getpid(), signal.SIGKILL)

    Sender.do = _counted(Sender.do, count)  # type: ignore[method-assign]  # only in this process
    for name in ("post", "update", "find"):
        setattr(Client, name, _counted_async(getattr(Client, name), count))


def _counted(verb: Callable[..., Any], count: Callable[[], None]) -> Callable[..., Any]:
    @functools.wraps(verb)
    def counted(*arguments: Any, **options: Any) -> Any:
        count()
        done = verb(*arguments, **options)
        count()
        return done

    return counted


def _counted_async(verb: Callable[..., Any], count: Callable[[], None]) -> Callable[..., Any]:
    @functools.wraps(verb)
    async def counted(*arguments: Any, **options: Any) -> Any:
        count()
        done = await verb(*arguments, **options)
        count()
        return done

    return counted
