"""A turn is announced days ahead, and once more on its first morning."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from scheduler.messages import buttons, lines
from scheduler.messages.blocks import actions, header, message, section
from scheduler.messages.days import when
from scheduler.messages.directory import Directory, Person
from scheduler.messages.message import Block, Message
from scheduler.messages.reminder import AHEAD, MORNING, Reminder
from scheduler.messages.text import escape
from scheduler.messages.turns import Book, Turn, Window

BEFORE = timedelta(hours=1)
"""How long before the start of a timed turn the morning's reminder comes at the latest."""
_BACK = 31
"""Days to go back for a working day; longer leaves get the reminder on its own day."""


def due(book: Book, window: Window) -> Iterator[Reminder]:
    """The reminders of single turns."""
    for turn in book.held:
        holder = book.holder(turn)
        reminding = book.directory.chat.reminding(turn.placed.duty)
        for at, days in _ahead(turn, holder, reminding.ahead).items():
            if window.holds(at) and at >= turn.known:
                yield _reminder(book.directory, turn, holder, at, AHEAD, str(days))
        at = first_morning(turn, holder)
        if reminding.morning and window.holds(at) and at >= turn.known:
            yield _reminder(book.directory, turn, holder, at, MORNING, "0")


def first_morning(turn: Turn, person: Person) -> datetime:
    """The morning of the first working day of a turn, and before it starts (UTC)."""
    start = turn.placed.start
    if start is None:
        days = (day for day in turn.placed.span if person.works_on(day))
        return person.morning(next(days, turn.placed.span.first)).astimezone(UTC)
    morning = person.morning(turn.first_day(person.timezone)).astimezone(UTC)
    return min(morning, start.astimezone(UTC) - BEFORE)


def working_day(person: Person, day: date) -> date:
    """A day, or the last working day before it where it is none."""
    earlier = (day - timedelta(days=back) for back in range(_BACK))
    return next((found for found in earlier if person.works_on(found)), day)


def _ahead(turn: Turn, person: Person, ahead: tuple[int, ...]) -> dict[datetime, int]:
    """The instants of announcement; of two that fall on one working day the nearer one counts."""
    first = turn.first_day(person.timezone)
    return {
        person.morning(working_day(person, first - timedelta(days=days))).astimezone(UTC): days
        for days in sorted(ahead, reverse=True)
    }


def _reminder(
    directory: Directory, turn: Turn, holder: Person, at: datetime, kind: str, days: str
) -> Reminder:
    placed, zone = turn.placed, holder.timezone
    told = _ahead_message if kind == AHEAD else _morning_message
    return Reminder(
        key=lines.key("reminder", directory.installation, *placed.key, days, holder.id),
        to=holder.id,
        at=at,
        until=turn.start(zone) if kind == AHEAD else turn.end(zone),
        kind=kind,
        subject=(placed.key,),
        message=told(directory, turn, holder),
    )


def _ahead_message(directory: Directory, turn: Turn, holder: Person) -> Message:
    placed = turn.placed
    said = f"Your next turn: {lines.seat(directory, placed)}, {when(placed, holder.timezone)}."
    return message(
        f"Coming up: {escape(lines.turn_plainly(directory, placed))}",
        section(f"{said}{_learning(turn)}"),
        *_purpose(directory, turn),
        actions(buttons.checklist(directory, placed), buttons.swap(placed), buttons.cannot(placed)),
    )


def _morning_message(directory: Directory, turn: Turn, holder: Person) -> Message:
    placed = turn.placed
    if placed.start is None:
        said = f"You are on: {lines.seat(directory, placed)}, {when(placed, holder.timezone)}."
    else:
        said = f"Today: {lines.seat(directory, placed)}, {when(placed, holder.timezone)}."
    return message(
        f"You are on: {escape(lines.turn_plainly(directory, placed))}",
        header(directory.title(placed.duty)),
        section(f"{said}{_learning(turn)}"),
        *_purpose(directory, turn),
        turn_buttons(directory, turn),
    )


def turn_buttons(directory: Directory, turn: Turn) -> Block:
    """What the holder of a turn that begins can do with it."""
    placed = turn.placed
    return actions(
        buttons.checklist(directory, placed), buttons.done(placed), buttons.cannot(placed)
    )


def _learning(turn: Turn) -> str:
    if turn.placed.role != "shadow":
        return ""
    return " You are there to learn: watch, ask, and try what you like."


def _purpose(directory: Directory, turn: Turn) -> Iterator[Block]:
    duty = directory.duties.get(turn.placed.duty)
    if duty is not None and duty.why:
        yield section(f"_Why it matters:_ {escape(duty.why)}.")
