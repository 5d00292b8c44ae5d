"""Reminders on the terminal and as JSON: who gets what, and when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, Protocol

from rich.console import RenderableType
from rich.text import Text

from scheduler.domain.shifts import SeatKey
from scheduler.reports.tables import table_of

SCHEMA = 1
_KINDS = {
    "ahead": "a turn comes up",
    "morning": "a turn begins",
    "handover": "hand-over",
    "digest": "weekly overview",
    "horizon": "the rotation ends",
    "training": "milestone",
    "published": "your turns",
    "changed": "a change",
    "missed": "what was missed",
}


class Told(Protocol):
    """What a report needs of a reminder."""

    @property
    def key(self) -> str: ...
    @property
    def to(self) -> str: ...
    @property
    def at(self) -> datetime: ...
    @property
    def kind(self) -> str: ...
    @property
    def subject(self) -> tuple[SeatKey, ...]: ...


def reminders(told: Iterable[Told], names: Mapping[str, str]) -> RenderableType:
    """A line a message: when it is due (UTC), to whom, and what it is about."""
    table = table_of("Due (UTC)")
    table.add_column("To")
    table.add_column("What")
    table.add_column("About", overflow="fold")
    for one in told:
        about = ", ".join("/".join(seat) for seat in one.subject[-2:])
        to = names.get(one.to, one.to)
        table.add_row(_moment(one.at), Text(to), _KINDS.get(one.kind, one.kind), Text(about))
    return table


def reminder_document(told: Iterable[Told]) -> list[dict[str, Any]]:
    """The same for programs."""
    return [
        {
            "key": one.key,
            "to": one.to,
            "due": one.at.astimezone(UTC).isoformat(),
            "kind": one.kind,
            "seats": [{"shift": shift, "seat": seat} for shift, seat in one.subject],
        }
        for one in told
    ]


def _moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%a %d %b %H:%M}"
