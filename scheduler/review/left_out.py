"""The price of what is left out, in a sentence: whose hours it would take, or which other turns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from scheduler.domain.people import Member
from scheduler.domain.shifts import Seat
from scheduler.domain.span import Week, monday_of
from scheduler.review.wording import day, joined


@dataclass(frozen=True, slots=True)
class MoreHours:
    """Budget that somebody would need in a week on top of what they have, in minutes."""

    member: Member
    week: Week
    minutes: int


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A seat that nobody holds, and two ways to fit it in, each shown by a rotation.

    ``hours`` is what more budget would do while everything that is filled stays filled, and
    ``instead`` the seats that would stay empty at today's budgets. ``None`` says that there is no
    such way, or where that is not proved, that none was found; ``proved`` that nothing less would
    do.
    """

    seat: Seat
    hours: tuple[MoreHours, ...] | None = None
    hours_proved: bool = False
    instead: tuple[Seat, ...] | None = None
    instead_proved: bool = False


def price_of(left: LeftOut) -> str:
    """The price in one sentence; "" where nothing is known."""
    if left.hours == () or left.instead == ():
        if left.seat.must or left.seat.duty.value:
            against = "a goal that comes first is against it"
            return f"It fits in as it is: {against}, or a longer search would fill it"
        return "It fits in as it is, but its duty has the value 0"
    ways = list(_ways(left))
    if ways:
        return f"It would fit in with {', or '.join(ways)}"
    if left.hours_proved and left.instead_proved:
        return "Neither more hours nor another empty seat would fit it in"
    return ""


def _ways(left: LeftOut) -> Iterator[str]:
    if left.hours:
        yield joined([_needed(m, left.hours) for m in _people(left.hours)])
    if left.instead:
        names = joined([_named(seat) for seat in left.instead])
        yield f"{names} left empty instead"


def _people(hours: Iterable[MoreHours]) -> Iterator[Member]:
    yield from dict.fromkeys(more.member for more in hours)


def _needed(member: Member, hours: Iterable[MoreHours]) -> str:
    own = {more.week: more.minutes for more in hours if more.member is member}
    weeks, amounts = [day(monday_of(week)) for week in own], list(own.values())
    whose = f"more hours for {member.name}"
    if len(own) == 1:
        return f"{_hours(amounts[0])} {whose} in the week of {weeks[0]}"
    if len(set(amounts)) == 1:
        return f"{_hours(amounts[0])} {whose} in each of the weeks of {joined(weeks)}"
    told = [f"{_hours(a)} in the week of {w}" for a, w in zip(amounts, weeks, strict=True)]
    return f"{whose} ({joined(told)})"


def _hours(minutes: int) -> str:
    """Rounded up to a tenth: a minute less would be too little."""
    return f"{-(-minutes // 6) / 10:.1f}"


def _named(seat: Seat) -> str:
    name = seat.duty.name if seat.name == "lead" else f"{seat.duty.name} {seat.name}"
    worth = "" if seat.is_shadow else ", must" if seat.must else f", worth {seat.duty.value}"
    return f"{name} ({day(seat.span.first)}{worth})"
