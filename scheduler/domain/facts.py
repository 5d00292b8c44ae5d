"""A published rotation as a problem: its seats are facts, whatever the duties say today."""

from __future__ import annotations

from dataclasses import replace

from scheduler.domain.cadence import OnDates
from scheduler.domain.duties import Duty, Role, SeatPlan
from scheduler.domain.problem import Problem
from scheduler.domain.rotation import Placed, Rotation, Seating
from scheduler.domain.shifts import Seat, Shift, ShiftId, runs
from scheduler.domain.span import spread


def as_published(problem: Problem, rotation: Rotation) -> Problem:
    """The problem with the seats of a rotation, at the times and with the effort that stand there.

    A duty or a kind of seat that the roster has since dropped is kept as a bare name that asks
    for nothing, so that its turns go on taking time. Entitlements are left as they were.
    """
    duties = _duties(problem, rotation)
    shifts: dict[ShiftId, Shift] = {seat.shift.id: seat.shift for seat in problem.seats}
    seats = tuple(
        _seat(placed, duties[placed.duty], shifts, problem.seat_by_key.get(placed.key))
        for placed in rotation.placed
    )
    return replace(problem, duties=tuple(duties.values()), seats=seats).recalling(problem)


def seated(problem: Problem, rotation: Rotation) -> Seating:
    """Who holds the seats of a rotation; those who have left the roster are left out, and so are
    turns that were missed."""
    people = problem.member_by_id
    return Seating(
        {
            problem.seat_by_key[placed.key]: people[placed.member]
            for placed in rotation.served
            if placed.member in people
        }
    )


def _duties(problem: Problem, rotation: Rotation) -> dict[str, Duty]:
    duties = dict(problem.duty_by_id)
    for placed in rotation.placed:
        if placed.duty not in duties:
            duties[placed.duty] = Duty(
                id=placed.duty,
                name=placed.duty,
                kind="",
                why="",
                cadence=OnDates(()),
                seats=(),
                upstream=placed.upstream,
            )
    return duties


def _seat(placed: Placed, duty: Duty, shifts: dict[ShiftId, Shift], laid: Seat | None) -> Seat:
    """A seat that stands as it is ``laid`` out today is that one, with all that is known of it."""
    plan = duty.plan_of(placed.seat) or SeatPlan(placed.seat, Role(placed.role))
    shift = shifts.get(placed.shift)
    if shift is None or shift.duty is not duty:
        span = placed.span.shifted(-plan.offset)
        shift = shifts[placed.shift] = Shift(placed.shift, duty, span, placed.start, placed.end)
    opens, closes = runs(placed.span, placed.start, placed.end)
    stands = shift, plan, placed.must, placed.span, placed.effort, opens, closes
    if laid is not None and stands == _known_by(laid):
        return laid
    weeks = tuple(sorted(spread(placed.effort, placed.span).items()))
    return Seat(
        shift,
        plan,
        placed.seat,
        placed.must,
        placed.span,
        placed.effort,
        weeks,
        opens,
        closes,
        placed.span.working_days,
    )


def _known_by(seat: Seat) -> tuple[object, ...]:
    """What a seat of a given name hangs on."""
    return seat.shift, seat.plan, seat.must, seat.span, seat.effort, seat.opens, seat.closes
