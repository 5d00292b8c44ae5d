"""Remind: send what is due, edit what is no longer so, each once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection

from scheduler.actions.deliver import Delivery, Tally, write_down
from scheduler.actions.messages import directory
from scheduler.actions.outgoing import Outgoing, outgoing
from scheduler.actions.remember import has_journal, journal_of
from scheduler.actions.stamp import Stamp, stamp
from scheduler.domain.rotation import Rotation
from scheduler.files import read_rotations, read_team
from scheduler.journal import Journal, claim_journal, outbox, right_to_send, server_now
from scheduler.journal import started as mark_start
from scheduler.journal.outbox import LEASE, Letter
from scheduler.messages.client import SLACK, Client, connected
from scheduler.messages.directory import Directory
from scheduler.messages.due import Reminder, due
from scheduler.messages.kinds.horizon import unheard

LOOKBACK = timedelta(days=100)
"""Reminders that were due longer ago are never sent; those of a quarter's turns are younger."""
AHEAD = timedelta(days=7)
"""How far ahead a dry run looks."""
_ROUNDS = 10
"""How often the files may change while messages go out, before the rest waits for the next run."""


@dataclass(frozen=True, slots=True)
class Reminded:
    """What was done. ``sent`` are reminders, ``edited`` letters; ``waiting`` counts those of which
    nobody knows yet whether Slack has them. ``unlinked`` are members without a Slack id for whom
    something is due. ``troubles`` has for each sentence whom it concerns. ``stopped``:
    Slack refuses everything. ``busy``: another process is sending, and nothing was done here.
    ``first``: reminders are sent from now on."""

    directory: Directory
    sent: tuple[Reminder, ...] = ()
    edited: tuple[Letter, ...] = ()
    waiting: int = 0
    unlinked: tuple[str, ...] = ()
    troubles: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    stopped: bool = False
    busy: bool = False
    first: bool = False
    unheard: str = ""
    """What nobody hears, because there is neither a channel nor a lead to tell it to."""


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What would be sent now, what after that within a week, and how many messages would be
    edited."""

    directory: Directory
    now: tuple[Reminder, ...]
    later: tuple[Reminder, ...]
    edits: tuple[Letter, ...]
    unlinked: tuple[str, ...]
    first: bool
    """There is no journal yet: the first run only marks the start."""
    unheard: str = ""
    """As in ``Reminded``."""


@dataclass(frozen=True, slots=True)
class _Book:
    """The files as they were read, and a stamp that tells whether they are still the same."""

    stamp: Stamp
    directory: Directory
    rotations: tuple[Rotation, ...]

    def wanted(self, since: datetime, now: datetime) -> tuple[Reminder, ...]:
        return due(self.directory, self.rotations, since, now)


async def remind(
    folder: Path,
    now: datetime,
    journal: Journal,
    client: Client,
    lease: timedelta = LEASE,
    is_stopping: Callable[[], bool] = lambda: False,
) -> Reminded:
    """Send every reminder that is due and was not sent, and correct those that are no longer so.

    Killed at any point and run again, it goes on where it was: no reminder is sent twice and none
    is lost. As soon as it ``is_stopping``, no further one is posted. One process sends at a time;
    another that is asked meanwhile does nothing.

    Raises:
        BadFiles: the files hold mistakes.
        Refused: the journal does not answer, or is another team's.
    """
    book = await asyncio.to_thread(_read, folder)

    def goes_on() -> bool:
        return not is_stopping() and stamp(folder) == book.stamp

    with right_to_send(journal) as sender:
        if sender is None:
            return Reminded(book.directory, busy=True)
        since, first = await asyncio.to_thread(sender.do, _begin, book.directory.installation, now)
        await asyncio.to_thread(sender.do, outbox.prune, now - outbox.KEPT)
        tally = Tally()
        for _ in range(_ROUNDS):
            delivery = Delivery(sender, client, book.directory, tally, goes_on, lease)
            await _round(book, delivery, tally, since, now)
            if tally.stopped or is_stopping() or goes_on():
                break
            book = await asyncio.to_thread(_read, folder)
    return Reminded(
        directory=book.directory,
        sent=tuple(tally.sent),
        edited=tuple(tally.edited),
        waiting=len(tally.waiting),
        unlinked=tuple(sorted(tally.unlinked)),
        troubles={said: tuple(sorted(whom)) for said, whom in tally.troubles.items()},
        stopped=tally.stopped,
        first=first,
        unheard=unheard(book.directory, book.rotations, now),
    )


async def _round(
    book: _Book, delivery: Delivery, tally: Tally, since: datetime, now: datetime
) -> None:
    """One pass over all that is due, as the files stand."""
    oldest = now - LOOKBACK
    letters = await delivery.note(outbox.letters, oldest)
    await delivery.settle(one for one in letters.values() if one.is_in_doubt)
    letters = await delivery.note(outbox.letters, oldest)
    clock = await delivery.note(server_now)
    wanted = book.wanted(since, now)
    todo = outgoing(book.directory, book.rotations, wanted, letters, now, clock)
    tally.unlinked = set(todo.unlinked)
    await delivery.note(write_down, todo)
    # What is in doubt holds up what comes after it in the same conversation.
    held = {one.to for one in letters.values() if one.is_in_doubt}
    await delivery.send([reminder for reminder in todo.send if reminder.to not in held])
    await delivery.edit(todo.edits)


def remind_once(
    folder: Path, now: datetime, token: str, journal: str = "", base_url: str = ""
) -> Reminded:
    """``remind`` with a connection of its own: for the command line and for cron. ``base_url`` is
    the address of Slack's API where that is another than usual.

    Raises:
        BadFiles, Refused: as ``remind``.
        BadRequest: ``journal`` is no URL.
    """

    async def work(known: Journal) -> Reminded:
        async with connected(token, base_url or SLACK) as client:
            return await remind(folder, now, known, client)

    known = journal_of(folder, journal)
    try:
        return asyncio.run(work(known))
    finally:
        known.close()


def foresee(folder: Path, now: datetime, journal: str = "") -> Foreseen:
    """What ``remind`` would do now, and what comes within a week; nothing is written or sent.

    Raises:
        BadFiles: the files hold mistakes.
        BadRequest: ``journal`` is no URL.
        Refused: the journal does not answer, or is another team's.
    """
    book = _read(folder)
    todo = _todo(book, folder, now, journal)
    return Foreseen(
        directory=book.directory,
        now=todo.send if todo else (),
        later=book.wanted(now, now + AHEAD),
        edits=tuple(edit.letter for edit in todo.edits) if todo else (),
        unlinked=todo.unlinked if todo else (),
        first=todo is None,
        unheard=unheard(book.directory, book.rotations, now),
    )


def _todo(book: _Book, folder: Path, now: datetime, url: str) -> Outgoing | None:
    """What is to be done; ``None`` where there is no journal beside the roster yet."""
    if not has_journal(folder, url):
        return None
    with closing(journal_of(folder, url)) as journal, journal.looking() as connection:
        since, _ = _begin(connection, book.directory.installation, now)
        letters = outbox.letters(connection, now - LOOKBACK)
        clock = server_now(connection)
    wanted = book.wanted(since, now)
    return outgoing(book.directory, book.rotations, wanted, letters, now, clock)


def _begin(connection: Connection, installation: str, now: datetime) -> tuple[datetime, bool]:
    """Since when to look for what is due, and whether this is the first time."""
    claim_journal(connection, installation)
    start = mark_start(connection, now)
    return max(start, now - LOOKBACK), start == now


# ------------------------------------------------------------------------------------------ files


def _read(folder: Path) -> _Book:
    found = stamp(folder)
    team, rotations = read_team(folder), read_rotations(folder)
    return _Book(found, directory(team, rotations), rotations)
