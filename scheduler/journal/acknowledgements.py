"""Who has seen a reminder or done a turn, as they said in the chat.

Whether a turn was done or missed is an entry of the rotation file, because fairness counts it; here
stands only that somebody pressed a button.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from sqlalchemy import Connection, select

from scheduler.journal.insert import insert_new
from scheduler.journal.tables import acknowledgements


class Said(Enum):
    """What a member can say of a turn or a reminder."""

    seen = "seen"
    done = "done"


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """A member's word about a subject: ``SHIFT/SEAT``, or the key of a letter."""

    subject: str
    member: str
    what: Said
    at: datetime


def acknowledge(
    connection: Connection, subject: str, member: str, what: Said, at: datetime
) -> bool:
    """Write down that a member has seen or done something; False where it stood there already."""
    row = {"subject": subject, "member": member, "what": what.value, "at": at}
    return insert_new(connection, acknowledgements, row)


def acknowledged(connection: Connection, subject: str) -> tuple[Acknowledgement, ...]:
    """Everybody's word about a subject, in order of time."""
    table = acknowledgements
    asked = select(table).where(table.c.subject == subject).order_by(table.c.at, table.c.member)
    rows = connection.execute(asked)
    return tuple(Acknowledgement(r.subject, r.member, Said(r.what), r.at) for r in rows)
