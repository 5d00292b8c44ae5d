"""The weekly overview of a channel: who is on, who comes next, what is open, and who learns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from scheduler.domain.span import DAY, Span
from scheduler.messages import lines
from scheduler.messages.blocks import context, header, message, paragraphs, section
from scheduler.messages.days import day, when
from scheduler.messages.directory import MORNING, Directory
from scheduler.messages.message import Message
from scheduler.messages.reminder import DIGEST, Reminder
from scheduler.messages.text import name
from scheduler.messages.turns import Book, Turn, Window, published

_WEEK = timedelta(days=7)
_FRESH = timedelta(days=4)
_AHEAD = timedelta(days=28)
"""How far ahead empty seats, and those who come next, are named."""
_OPEN = ":warning: Nobody yet"


def due(book: Book, window: Window) -> Iterator[Reminder]:
    """One overview a channel and week, on the team's weekday, while a rotation is published."""
    directory = book.directory
    for on in sorted({planned for known in book.rotations for planned in known.horizon}):
        at = datetime.combine(on, MORNING, tzinfo=ZoneInfo(directory.timezone)).astimezone(UTC)
        if on.weekday() == directory.chat.digest and window.holds(at) and _covered(book, on, at):
            for channel, duties in _channels(book).items():
                yield Reminder(
                    key=lines.key("digest", directory.installation, channel, on.isoformat()),
                    to=channel,
                    at=at,
                    until=at + _FRESH,
                    kind=DIGEST,
                    subject=(),
                    message=overview(book, duties, on),
                )


def _covered(book: Book, on: date, at: datetime) -> bool:
    return any(on in known.horizon and published(known) <= at for known in book.rotations)


def _channels(book: Book) -> Mapping[str, Sequence[str]]:
    """The duties that each channel hears of, in the order of the roster."""
    found: dict[str, list[str]] = {}
    for duty in book.directory.duties:
        if channel := book.directory.channel(duty):
            found.setdefault(channel, []).append(duty)
    return found


def overview(book: Book, duties: Sequence[str], on: date) -> Message:
    """Some duties in the week that begins on a day. Those that have nothing ahead are left out."""
    week = Span(on, on + _WEEK)
    told = [found for duty in duties if (found := list(_duty(book, duty, week)))]
    # An empty line between duties.
    said = [line for duty in told for line in ("", *duty)][1:]
    title = f"Who is on: the week of {day(on)}"
    if not said:
        return message(title, section(f"{title}: nobody, and nothing is to be done."))
    return message(
        title,
        header(title),
        *paragraphs(said),
        context(f"`/rota next` shows what comes after.{_asking(said)}"),
    )


def _asking(said: Sequence[str]) -> str:
    is_open = any(_OPEN in line for line in said)
    return " Can you take an open turn? Tell a lead." if is_open else ""


def _duty(book: Book, duty: str, week: Span) -> Iterator[str]:
    directory = book.directory
    own = [turn for turn in book.turns if turn.placed.duty == duty]
    now = [turn for turn in own if turn.placed.span.overlaps(week) and turn.placed.member]
    leading = [turn for turn in now if turn.placed.role != "shadow"]
    learning = [turn for turn in now if turn.placed.role == "shadow"]
    soon = Span(week.end, week.first + _AHEAD + DAY)
    later = [turn for turn in own if turn.placed.member and turn.placed.span.first in soon]
    coming = [turn for turn in later if turn.placed.role != "shadow"]
    empty = [turn for turn in own if _is_open(turn, week)]
    if not (now or coming or empty):
        return
    yield f"*{directory.duty(duty)}*"
    yield from (f"•  This week: {_who(directory, turn)}" for turn in leading)
    if learning:
        yield f"•  Learning: {', '.join(directory.mention(t.placed.member) for t in learning)}"
    if coming:
        first = coming[0].placed.span.first
        yield from (
            f"•  Next: {_who(directory, t)}" for t in coming if t.placed.span.first == first
        )
    yield from (f"•  {_OPEN}: {_place(directory, turn)}" for turn in empty)


def _is_open(turn: Turn, week: Span) -> bool:
    placed = turn.placed
    soon = Span(week.first, week.first + _AHEAD)
    return not placed.member and placed.role != "shadow" and placed.span.overlaps(soon)


def _who(directory: Directory, turn: Turn) -> str:
    return f"{directory.mention(turn.placed.member)}, {_place(directory, turn)}"


def _place(directory: Directory, turn: Turn) -> str:
    placed = turn.placed
    seat = "" if placed.seat == "lead" else f"{name(placed.seat)}, "
    return f"{seat}{when(placed, directory.timezone)}"
