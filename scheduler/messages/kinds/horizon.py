"""The published rotation is about to end and nothing is published after it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from scheduler.domain.rotation import Rotation
from scheduler.domain.span import DAY
from scheduler.messages import lines
from scheduler.messages.blocks import header, message, section
from scheduler.messages.days import day
from scheduler.messages.directory import MORNING, Directory
from scheduler.messages.message import Message
from scheduler.messages.reminder import HORIZON, Reminder
from scheduler.messages.text import escape
from scheduler.messages.turns import Book, Window, midnight, published

DAYS = (28, 14, 3)
"""Days before the end on which it is said."""


def due(book: Book, window: Window) -> Iterator[Reminder]:
    """The warnings before the last published day, to the team's channel or else to its leads."""
    if not book.rotations:
        return
    directory = book.directory
    last = max(book.rotations, key=lambda rotation: (rotation.horizon.end, rotation.name))
    for days in DAYS:
        at = _morning(directory, last.horizon.end - timedelta(days=days))
        if window.holds(at) and at >= published(last):
            for to in (directory.chat.channel,) if directory.chat.channel else directory.leads:
                yield Reminder(
                    key=lines.key("horizon", directory.installation, last.name, str(days), to),
                    to=to,
                    at=at,
                    until=midnight(last.horizon.end, directory.timezone),
                    kind=HORIZON,
                    subject=(),
                    message=_message(last),
                )


def unheard(directory: Directory, rotations: Iterable[Rotation], now: datetime) -> str:
    """Says that the rotation ends soon where no channel and no lead would hear it; else empty."""
    if directory.chat.channel or directory.leads:
        return ""
    published_ends = [rotation.horizon.end for rotation in rotations if rotation.is_published]
    if not published_ends or now < _morning(directory, max(published_ends) - timedelta(DAYS[0])):
        return ""
    return (
        f"Nothing is published after {day(max(published_ends) - DAY)}, and nobody is told: name "
        "the team's channel (`slack: {channel: ...}`) or a lead (`lead: true`) in roster.yaml."
    )


def _morning(directory: Directory, on: date) -> datetime:
    """The team's morning of a day, of the Friday before where it is a weekend (UTC)."""
    on -= timedelta(days=max(0, on.weekday() - 4))
    return datetime.combine(on, MORNING, tzinfo=ZoneInfo(directory.timezone)).astimezone(UTC)


def _message(last: Rotation) -> Message:
    ends = day(last.horizon.last)
    return message(
        f"The rotation ends on {ends}, and nothing is published after it.",
        header("The rotation is about to end"),
        section(
            f"*{escape(last.name)}* ends on *{ends}*, and nothing is published after it. From then"
            " on nobody is on duty."
        ),
        section("A lead plans what follows with `rota plan --write` and `rota publish`."),
    )
