"""A hand-over: both people are told whom to meet, when, and with which checklist."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from scheduler.domain.shifts import instant
from scheduler.domain.span import DAY, Span
from scheduler.messages import buttons, lines
from scheduler.messages.blocks import actions, header, message, section
from scheduler.messages.days import day, when
from scheduler.messages.days import instant as shown
from scheduler.messages.directory import Directory, Person
from scheduler.messages.kinds.turns import BEFORE, first_morning, turn_buttons, working_day
from scheduler.messages.message import Block, Message
from scheduler.messages.reminder import HANDOVER, Reminder
from scheduler.messages.text import escape
from scheduler.messages.turns import Book, Turn, Window

_GAP = timedelta(days=3)
"""Between two turns, so that a weekend does not part them."""
_LATE = timedelta(days=3)
"""By then a hand-over has happened or never will."""


def due(book: Book, window: Window) -> Iterator[Reminder]:
    """The reminders of both people of every hand-over."""
    for giving, taking in book.handed_on:
        if _is_handover(book.directory, giving, taking):
            for person in (book.holder(giving), book.holder(taking)):
                at = _at(book.directory, giving, taking, person)
                if window.holds(at) and at >= max(giving.known, taking.known):
                    yield _reminder(book, giving, taking, person, at)


def _is_handover(directory: Directory, giving: Turn, taking: Turn) -> bool:
    giver, taker = giving.placed, taking.placed
    if not (giver.member and taker.member) or giver.member == taker.member:
        return False
    if giver.role == "shadow" or not _adjoin(giver.span, taker.span):
        return False
    return giver.start is None or _handoff(directory, taking) is not None


def _adjoin(before: Span, after: Span) -> bool:
    return timedelta() <= after.first - before.end <= _GAP


def _handoff(directory: Directory, taking: Turn) -> tuple[date, datetime | None] | None:
    """The day that the duty states for handing over, and the instant where it states a time."""
    duty = directory.duties.get(taking.placed.duty)
    if duty is None or duty.handoff is None:
        return None
    first = taking.placed.span.first
    met = first - (first.weekday() - duty.handoff.weekday) % 7 * DAY
    if duty.handoff.at is None:
        return met, None
    return met, instant(Span(met, met + DAY), duty.handoff.at, directory.timezone)


def _at(directory: Directory, giving: Turn, taking: Turn, person: Person) -> datetime:
    """The morning of the hand-over; without a stated day, the last working morning of whoever
    goes and the first one of whoever comes."""
    stated = _handoff(directory, taking)
    if stated is None and person.id == taking.placed.member:
        return first_morning(taking, person)
    met, moment = stated or (giving.placed.span.last, None)
    morning = person.morning(working_day(person, met)).astimezone(UTC)
    return min(morning, moment - BEFORE) if moment else morning


def _reminder(book: Book, giving: Turn, taking: Turn, person: Person, at: datetime) -> Reminder:
    directory, (giver, taker) = book.directory, (giving.placed, taking.placed)
    told = _coming if person.id == taker.member else _going
    parts = (*taker.key, giver.member, taker.member, person.id)
    # To whoever comes it is the morning's reminder as well, and matters as long as that one would.
    until = taking.end(person.timezone) if person.id == taker.member else at
    return Reminder(
        key=lines.key("handover", directory.installation, *parts),
        to=person.id,
        at=at,
        until=max(at + _LATE, until),
        kind=HANDOVER,
        subject=(giver.key, taker.key),
        message=told(directory, giving, taking),
    )


def _coming(directory: Directory, giving: Turn, taking: Turn) -> Message:
    placed, giver = taking.placed, directory.mention(giving.placed.member)
    return message(
        f"You take over: {escape(lines.turn_plainly(directory, placed))}",
        header(f"Hand-over: {directory.title(placed.duty)}"),
        section(
            f"You take over {lines.seat(directory, placed)} from {giver}: "
            f"{when(placed, directory.timezone)}.{_meeting(directory, taking)}"
        ),
        turn_buttons(directory, taking),
    )


def _going(directory: Directory, giving: Turn, taking: Turn) -> Message:
    placed, taker = giving.placed, directory.mention(taking.placed.member)
    said = f"Your turn at {lines.seat(directory, placed)} goes to {taker}."
    return message(
        f"Time to hand over: {escape(lines.seat_plainly(directory, placed))}",
        header(f"Hand-over: {directory.title(placed.duty)}"),
        section(f"{said}{_meeting(directory, taking)}"),
        section("Tell them what is open, what surprised you, and who is waiting. Thank you!"),
        *_checklist(directory, giving),
    )


def _meeting(directory: Directory, taking: Turn) -> str:
    stated = _handoff(directory, taking)
    if stated is None:
        return f" The new turn begins on {day(taking.first_day(directory.timezone))}."
    met, moment = stated
    return f" The hand-over is {shown(moment, directory.timezone) if moment else f'on {day(met)}'}."


def _checklist(directory: Directory, turn: Turn) -> Iterator[Block]:
    opened = buttons.checklist(directory, turn.placed)
    if opened is not None:
        yield actions(opened)
