"""The right to send: one process at a time has it, and loses it the moment it dies.

Not a lease by the clock: two machines' clocks may differ, and a process that was stopped for a
while wakes up and goes on. One sender is also what keeps a channel's messages in order and within
Slack's one a second.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Lock
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from scheduler.errors import Refused
from scheduler.journal.journal import Journal, telling

P = ParamSpec("P")
R = TypeVar("R")

_LOCK = {"n": 0x526F7462}
"""Any number, as long as every release takes the same; not that of migrations."""


class Sender:
    """The journal in the hands of whoever has the right to send.

    All steps go over the one connection that holds that right: where the right is lost because the
    database is gone, the next step fails, and nothing is posted without being written down.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._one_at_a_time = Lock()

    def do(
        self, verb: Callable[Concatenate[Connection, P], R], *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """Run a verb of the journal as one transaction; from any thread.

        Raises:
            Refused: the journal does not answer any more.
        """
        connection = self._connection
        with self._one_at_a_time:
            if connection.invalidated:
                # It would open a new connection by itself, and that one has no right to send.
                raise Refused(
                    "the journal was gone for a moment; what is due waits for the next run"
                )
            with telling(connection.engine.url), connection.begin():
                return verb(connection, *args, **kwargs)


@contextmanager
def right_to_send(journal: Journal) -> Iterator[Sender | None]:
    """Hold the right to send; ``None`` where another process has it now.

    Raises:
        Refused: the journal does not answer.
    """
    guard = _advisory(journal) if journal.is_shared else _flock(journal)
    with guard as connection:
        yield None if connection is None else Sender(connection)


@contextmanager
def _advisory(journal: Journal) -> Iterator[Connection | None]:
    """On PostgreSQL: a lock of the session, which ends with the connection."""
    with telling(journal.engine.url):
        connection = journal.engine.connect()
    try:
        # It never goes back into the pool, where the lock would live on.
        connection.detach()
        with telling(journal.engine.url), connection.begin():
            mine = connection.scalar(text("SELECT pg_try_advisory_lock(:n)"), _LOCK)
        yield connection if mine else None
    finally:
        # The server notices a closed connection a moment later, so that the lock is given back.
        if not connection.invalidated:
            with suppress(DBAPIError), connection.begin():
                connection.execute(text("SELECT pg_advisory_unlock_all()"))
        with suppress(DBAPIError):
            connection.close()


@contextmanager
def _flock(journal: Journal) -> Iterator[Connection | None]:
    """On SQLite: a lock on a file beside it. SQLite's own would keep out readers and writers."""
    handle = os.open(_lock_file(journal), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield None
            return
        with telling(journal.engine.url):
            connection = journal.engine.connect()
        with connection:
            yield connection
    finally:
        os.close(handle)


def _lock_file(journal: Journal) -> Path:
    path = journal.path or Path()
    return path.with_name(f"{path.name}.sending")
