"""What a client sees of an event, in words that all clients share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime


@dataclass(frozen=True, order=True, slots=True)
class Seen:
    """An event. Days are ``2027-01-04``, instants ``2027-01-04T09:00:00Z``; the end is
    exclusive."""

    uid: str
    start: str
    end: str
    status: str
    title: str


Calendars = dict[str, Counter[Seen]]
"""What is seen of each feed, by its path; an event that is there twice counts twice."""


def told(moment: date | datetime) -> str:
    """A day or an instant in those words."""
    if isinstance(moment, datetime):
        return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return moment.isoformat()


def basic(text: str) -> str:
    """``20270104`` or ``20270104T090000Z`` in those words."""
    if "T" not in text:
        return date.fromisoformat(text).isoformat()
    return told(datetime.strptime(text, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC))


def counted(rows: Iterable[Iterable[str]]) -> Counter[Seen]:
    """Rows of an event's fields, in their order."""
    return Counter(Seen(*row) for row in rows)
