"""What is remembered once: whose journal this is, and since when it reminds."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import Connection, insert, select, update

from scheduler.errors import Refused
from scheduler.journal.tables import marks

_OWNER, _START = "installation", "started"


def claim_journal(connection: Connection, installation: str) -> None:
    """Say whose journal this is.

    Raises:
        Refused: it is another team's; both would take each other's reminders for outdated.
    """
    owner = _read(connection, _OWNER)
    if owner is None:
        connection.execute(insert(marks).values(name=_OWNER, value=installation))
    elif owner != installation:
        raise Refused("this journal belongs to another team; give each team a journal of its own")


def started(connection: Connection, now: datetime) -> datetime:
    """Since when this journal reminds: the first instant that it was ever asked about. What was due
    before is not sent. A clock that was ahead then does not silence it until its time has come."""
    written = _read(connection, _START)
    start = datetime.fromisoformat(written) if written else None
    if start is not None and start <= now:
        return start
    value = now.astimezone(UTC).isoformat()
    if written is None:
        connection.execute(insert(marks).values(name=_START, value=value))
    else:
        connection.execute(update(marks).where(marks.c.name == _START).values(value=value))
    return now


def _read(connection: Connection, name: str) -> str | None:
    found: str | None = connection.scalar(select(marks.c.value).where(marks.c.name == name))
    return found
