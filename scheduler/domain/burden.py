"""What a seat weighs: its effort, more in burdensome time.

Burdensome are public holidays and odd hours where the holder is, and quiet days of the team.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, time
from typing import TYPE_CHECKING

from scheduler.domain.people import Hours, Member

if TYPE_CHECKING:
    from scheduler.domain.problem import Problem
    from scheduler.domain.shifts import Seat

PLAIN = 100
"""What ordinary time weighs, in percent."""

USUAL_HOURS = Hours(time(8), time(18))
"""The hours of whoever states none."""


@dataclass(frozen=True, slots=True)
class Burden:
    """What time weighs that is burdensome for its holder, in percent, at least 100."""

    holidays: int = 150
    odd_hours: int = 150


def quiet_percent(problem: Problem, day: date) -> int:
    """What a day weighs for everybody: as much as the heaviest quiet period that it lies in."""
    return max((period.weight for period in problem.quiet if day in period.span), default=PLAIN)


def percents(problem: Problem, member: Member, seat: Seat) -> Iterator[int]:
    """What each working day of a seat weighs for a member: the heaviest of what applies.

    A timed seat is wholly odd where a part of it lies outside the member's hours, and wholly on a
    holiday where it starts on one.
    """
    odd = _is_odd(member, seat)
    local = seat.days_at(member.timezone)[0] if seat.shift.start is not None else None
    for day in seat.span.working_days:
        weights = [quiet_percent(problem, day)]
        if odd and problem.burden.odd_hours > PLAIN:
            weights.append(problem.burden.odd_hours)
        if (local or day) in member.public_holidays and problem.burden.holidays > PLAIN:
            weights.append(problem.burden.holidays)
        yield max(weights)


def load(problem: Problem, member: Member, seat: Seat) -> int:
    """Minutes that a seat weighs for a member; 0 for a shadow, who learns and is not counted.

    Each working day of the seat carries an equal part of the effort, times what that day weighs
    for the member.
    """
    if seat.is_shadow:
        return 0
    if seat.shift.start is None and not member.public_holidays:
        return weighed(problem, seat)
    known = problem.weights.get((member, seat))
    if known is None:
        known = _weigh(seat, percents(problem, member, seat))
        problem.weights[member, seat] = known
    return known


def weighed(problem: Problem, seat: Seat) -> int:
    """Minutes that a seat weighs before anybody in particular holds it: quiet days weigh more,
    while holidays and odd hours are known of a holder only."""
    known = problem.weights.get((None, seat))
    if known is None:
        known = _weigh(seat, (quiet_percent(problem, day) for day in seat.span.working_days))
        problem.weights[None, seat] = known
    return known


def _weigh(seat: Seat, percents: Iterable[int]) -> int:
    days = list(percents)
    return seat.effort * sum(days) // (100 * len(days))


def burdensome(problem: Problem, member: Member, seat: Seat) -> int:
    """Minutes of a seat's effort that fall into burdensome time of a member."""
    heavy = [percent > PLAIN for percent in percents(problem, member, seat)]
    return seat.effort * sum(heavy) // len(heavy)


def _is_odd(member: Member, seat: Seat) -> bool:
    hours = member.hours or USUAL_HOURS
    return seat.shift.start is not None and not seat.lies_within(hours, member.timezone)
