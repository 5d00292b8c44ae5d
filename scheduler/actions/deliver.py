"""Deliver reminders: every step is written down before the next one is taken.

enter ─▶ claim ─▶ post ─▶ record     one sender at a time, each conversation in order of time
                    └─▶ nobody answered: look into the conversation, and post again only what is
                        not there when its claim is over
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection

from scheduler.actions.outgoing import Edit, Outgoing, address, content, letter
from scheduler.errors import RotaError
from scheduler.journal import Sender, outbox, server_now
from scheduler.journal.outbox import LEASE, Letter
from scheduler.messages.client import Barred, Client, Limited, Unclear, Unreachable
from scheduler.messages.directory import Directory
from scheduler.messages.due import Reminder

P = ParamSpec("P")
R = TypeVar("R")

AT_ONCE = 20
"""Conversations at the same time."""
_TRIES = 4
_UNWELL = "Slack cannot be reached or is unwell: Rota tries again"
_REST = timedelta(minutes=15)
_NO_REST = timedelta(0)
_GONE = frozenset({"message_not_found", "cant_update_message", "edit_window_closed"})


@dataclass
class Tally:
    """What happened so far. ``waiting`` are the keys of letters that may be on their way,
    ``troubles`` has whom each sentence concerns."""

    sent: list[Reminder] = field(default_factory=list)
    edited: list[Letter] = field(default_factory=list)
    waiting: set[str] = field(default_factory=set)
    unlinked: set[str] = field(default_factory=set)
    troubles: dict[str, set[str]] = field(default_factory=dict)
    stopped: bool = False
    """Slack refuses everything: the rest waits."""

    def trouble(self, error: object, to: str) -> None:
        """Remember a trouble, once for each whom it concerns."""
        self.troubles.setdefault(str(error), set()).add(to)


class Delivery:
    """One round of one sender. As soon as it no longer ``goes_on``, because the files are others
    than the reminders were made of or the sender is to stop, nothing more is posted."""

    def __init__(
        self,
        sender: Sender,
        client: Client,
        directory: Directory,
        tally: Tally,
        goes_on: Callable[[], bool],
        lease: timedelta = LEASE,
    ) -> None:
        self._sender = sender
        self._client = client
        self._directory = directory
        self._tally = tally
        self._goes_on = goes_on
        self._lease = lease

    async def note(
        self, verb: Callable[Concatenate[Connection, P], R], *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """Do something in the journal without holding up everything else."""
        return await asyncio.to_thread(lambda: self._sender.do(verb, *args, **kwargs))

    async def settle(self, doubtful: Iterable[Letter]) -> None:
        """Find out whether Slack has the letters that were left without an answer."""
        now = await self.note(server_now)
        for one in doubtful:
            if one.claimed_until is not None and one.claimed_until > now:
                # Its sender has only just died, and Slack may still be about to get it.
                self._tally.waiting.add(one.key)
                continue
            try:
                found = await self._recognised(one.key, one.to, one.claimed_until or now)
            except (Unreachable, Unclear) as error:
                self._tally.trouble(error, one.to)
                self._tally.waiting.add(one.key)
                continue
            if not found:
                await self.note(outbox.put_off, one.key, _NO_REST)

    async def send(self, reminders: Sequence[Reminder]) -> None:
        """Post reminders: to each conversation one after another, to several at once.

        Raises:
            Refused: the journal does not answer any more; nothing more is posted then.
        """
        queues: dict[str, list[Reminder]] = {}
        for reminder in reminders:
            queues.setdefault(reminder.to, []).append(reminder)
        at_once = asyncio.Semaphore(AT_ONCE)

        async def work_off(queue: Sequence[Reminder]) -> None:
            for reminder in queue:
                async with at_once:
                    if not await self._send(reminder):
                        break

        try:
            async with asyncio.TaskGroup() as group:
                for queue in queues.values():
                    group.create_task(work_off(queue))
        except* RotaError as broken:
            raise broken.exceptions[0] from None

    async def edit(self, edits: Iterable[Edit]) -> None:
        """Make posted messages say what is so now."""
        for edit in edits:
            one = edit.letter
            if self._tally.stopped:
                return
            try:
                await self._client.update(one.channel, one.ts, edit.message)
            except Barred as error:
                self._tally.trouble(error, one.to)
                if error.error not in _GONE:
                    continue
            except (Unreachable, Unclear) as error:
                self._tally.trouble(error, one.to)
                continue
            else:
                self._tally.edited.append(one)
            await self.note(outbox.record_edit, one.key, edit.content)

    # ------------------------------------------------------------------------------- one letter

    async def _send(self, reminder: Reminder) -> bool:
        """Post one reminder. False: those after it to the same conversation wait as well."""
        key, to = reminder.key, address(self._directory, reminder.to)
        shown = content(reminder.message)
        for attempt in range(_TRIES):
            await self._client.turn(to)
            if self._tally.stopped or not await asyncio.to_thread(self._goes_on):
                return False
            if not await self.note(outbox.claim, key, self._lease):
                return True
            try:
                posted = await self._client.post(to, reminder.message, key, shown)
            except Barred as error:
                return await self._barred(error, reminder)
            except (Limited, Unreachable):
                await self.note(outbox.put_off, key, _NO_REST)
                await self._client.pause(attempt)
            except Unclear:
                await self.note(outbox.record_unclear, key)
                await self._client.pause(attempt)
                return await self._arrived(reminder)
            else:
                await self.note(outbox.record_sent, key, posted.channel, posted.ts, shown)
                self._tally.sent.append(reminder)
                return True
        self._tally.trouble(_UNWELL, reminder.to)
        return False

    async def _barred(self, error: Barred, reminder: Reminder) -> bool:
        # Once the token is right everything goes out at once; an archived channel can wait.
        rest = _NO_REST if error.everywhere else _REST
        await self.note(outbox.put_off, reminder.key, rest)
        self._tally.trouble(error, reminder.to)
        self._tally.stopped = self._tally.stopped or error.everywhere
        # What ails only this message does not hold up the next one.
        return not error.here

    async def _arrived(self, reminder: Reminder) -> bool:
        """Whether a post without an answer has arrived. Where it has not it still may: it stays in
        doubt, and another run posts it again once its claim is over."""
        now = await self.note(server_now)
        said: object = _UNWELL
        try:
            if await self._recognised(reminder.key, reminder.to, now):
                self._tally.sent.append(reminder)
                return True
        except (Unreachable, Unclear) as error:
            said = error
        self._tally.trouble(said, reminder.to)
        self._tally.waiting.add(reminder.key)
        return False

    async def _recognised(self, key: str, to: str, until: datetime) -> bool:
        """Whether a letter is found in its conversation; it is written down then.

        Raises:
            Unreachable, Unclear: nobody knows.
        """
        where = address(self._directory, to)
        try:
            begun = until - self._lease
            found = await self._client.find(where, key, begun, until) if where else None
        except Barred as error:
            self._tally.trouble(
                f"{error}: it cannot be seen whether a message arrived, so that it may be repeated",
                to,
            )
            return False
        if found is None:
            return False
        await self.note(outbox.record_sent, key, found.channel, found.ts, found.content)
        return True


def write_down(connection: Connection, todo: Outgoing) -> None:
    """Note what is to be sent, what is told by another message, and what is sent no more."""
    for outdated in todo.outdated:
        outbox.unfold(connection, outdated.key)
        outbox.drop(connection, outdated.key)
    outbox.enter(connection, (letter(r) for r in (*todo.send, *todo.folded)))
    for reminder in todo.send:
        outbox.fold_into(connection, reminder.key, reminder.folds)
