"""Which events of Slack were seen: it delivers again what it believes to be lost."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection, delete

from scheduler.journal.insert import insert_new
from scheduler.journal.tables import seen_events

REMEMBERED = timedelta(days=7)
"""Far longer than Slack tries."""


def see(connection: Connection, event: str, at: datetime) -> bool:
    """Remember an event by its id; True the first time, also when two processes see it at once."""
    table = seen_events
    connection.execute(delete(table).where(table.c.at < at - REMEMBERED))
    return insert_new(connection, table, {"event": event, "at": at})
