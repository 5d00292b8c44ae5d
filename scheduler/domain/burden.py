"""What a seat weighs: its effort, more in burdensome time.

Burdensome are public holidays and odd hours where the holder is, and quiet days of the team.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time
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


Weighed = tuple[int, int]
"""What a seat weighs, and how much of its effort falls into burdensome time; in minutes."""


def load(problem: Problem, member: Member, seat: Seat) -> int:
    """Minutes that a seat weighs for a member; 0 for a shadow, who learns and is not counted.

    Each working day of the seat carries an equal part of the effort, times what that day weighs
    for the member.
    """
    return 0 if seat.is_shadow else _weigh(problem, member, seat)[0]


def weighed(problem: Problem, seat: Seat) -> int:
    """Minutes that a seat weighs before anybody in particular holds it: quiet days weigh more,
    while holidays and odd hours are known of a holder only."""
    return _weigh(problem, None, seat)[0]


def burdensome(problem: Problem, member: Member, seat: Seat) -> int:
    """Minutes of a seat's effort that fall into burdensome time of a member."""
    return _weigh(problem, member, seat)[1]


def _weigh(problem: Problem, member: Member | None, seat: Seat) -> Weighed:
    """Remembered, as every price of a rotation asks for it; worked out once for all to whom a seat
    is nothing special."""
    known = problem.weights.get((member, seat))
    if known is None:
        if member is None or _is_special(member, seat):
            known = _worked_out(problem, member, seat)
        else:
            known = _weigh(problem, None, seat)
        problem.weights[member, seat] = known
    return known


def _worked_out(problem: Problem, member: Member | None, seat: Seat) -> Weighed:
    percents = list(_percents(problem, member, seat))
    heavy = sum(percent > PLAIN for percent in percents)
    return (
        seat.effort * sum(percents) // (PLAIN * len(percents)),
        seat.effort * heavy // len(percents),
    )


def _is_special(member: Member, seat: Seat) -> bool:
    """Whether a seat may weigh something else for a member than for nobody in particular."""
    days = seat.days_at(member.timezone)
    return not member.public_holidays.isdisjoint(days) or _is_odd(member, seat)


def _percents(problem: Problem, member: Member | None, seat: Seat) -> Iterator[int]:
    """What each working day of a seat weighs for a member: the heaviest of what applies.

    A timed seat is wholly odd where a part of it lies outside the member's hours, and wholly on a
    holiday where it starts on one.
    """
    holidays = member.public_holidays if member else frozenset()
    local = seat.days_at(member.timezone)[0] if member and seat.shift.start else None
    odd = member is not None and _is_odd(member, seat)
    for day in seat.working_days:
        weights = [problem.quiet_days.get(day, PLAIN)]
        if odd and problem.burden.odd_hours > PLAIN:
            weights.append(problem.burden.odd_hours)
        if (local or day) in holidays and problem.burden.holidays > PLAIN:
            weights.append(problem.burden.holidays)
        yield max(weights)


def _is_odd(member: Member, seat: Seat) -> bool:
    hours = member.hours or USUAL_HOURS
    return seat.shift.start is not None and not seat.lies_within(hours, member.timezone)
