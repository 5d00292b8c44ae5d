"""How days, hours and prices are written in reports."""

from __future__ import annotations

from datetime import date
from itertools import groupby

from scheduler.domain.rotation import Placed, Price, Rotation
from scheduler.domain.span import Span, Week, monday_of
from scheduler.review.wording import counted

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def day(moment: date) -> str:
    """A day with its year: ``4 Jan 2027``."""
    return f"{moment.day} {moment:%b %Y}"


def monday(week: Week) -> str:
    """The day that a week is named by, two characters and a month."""
    first = monday_of(week)
    return f"{first.day:>2} {first:%b}"


def period(rotation: Rotation) -> str:
    """The days of a rotation and how final it is."""
    dates = f"{day(rotation.horizon.first)} – {day(rotation.horizon.last)}"
    if rotation.published is None:
        return f"{dates}, draft"
    return f"{dates}, published on {day(rotation.published)}"


def summary(rotation: Rotation) -> str:
    """How much of the work has somebody, in one sentence."""
    held = sum(seat.role != "shadow" for seat in rotation.assignments)
    gaps = rotation.unfilled
    said = f"{held} of {counted(held + len(gaps), 'seat')} filled"
    if must := sum(seat.must for seat in gaps):
        said += f", {counted(must, 'must-fill seat')} empty"
    elif gaps:
        said += ", every must-fill seat among them"
    if shadows := len(rotation.assignments) - held:
        said += f"; {counted(shadows, 'turn')} to learn on"
    if missed := len(rotation.missed):
        said += f"; {counted(missed, 'turn')} missed"
    return f"{said}."


def days(span: Span) -> str:
    """A span in words, as short as it stays clear: ``4–10 Jan``, ``28 Dec – 3 Jan``."""
    first, last = span.first, span.last
    if first == last:
        return f"{first.day} {first:%b}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{last.day} {last:%b}"
    return f"{first.day} {first:%b} – {last.day} {last:%b}"


def when(seat: Placed) -> str:
    """When a seat is held: its days, or for a timed duty the day and the time in UTC."""
    if seat.start is None:
        return days(seat.span)
    return f"{seat.start.day} {seat.start:%b %H:%M} UTC"


def hours(minutes: int) -> str:
    """Minutes as hours with one decimal."""
    return f"{minutes / 60:.1f}"


def price(value: Price) -> str:
    """A price in short: a tuple with its repetitions counted, ``1050×3 1000×9``."""
    if isinstance(value, int):
        return str(value)
    runs = ((number, len(list(run))) for number, run in groupby(value))
    return " ".join(f"{number}×{count}" if count > 1 else str(number) for number, count in runs)


def seat_title(seat: Placed) -> str:
    """The seat's name where it says more than that somebody leads."""
    return "" if seat.seat == "lead" else seat.seat
