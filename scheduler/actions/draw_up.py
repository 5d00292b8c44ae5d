"""The rotation that an outcome of the solver amounts to, with a sentence for every seat."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from scheduler import __version__
from scheduler.domain.fairness import shares
from scheduler.domain.growth import bus_factors, progress
from scheduler.domain.people import Member
from scheduler.domain.problem import Problem
from scheduler.domain.rotation import Placed, Rotation, Seating
from scheduler.domain.shifts import Seat
from scheduler.files.rotation_file import in_order
from scheduler.review.left_out import LeftOut, price_of
from scheduler.review.reasons import why_empty, why_held
from scheduler.rules.book import Policy

if TYPE_CHECKING:
    from scheduler.solver import Outcome

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def draw_up(
    name: str,
    problem: Problem,
    policy: Policy,
    outcome: Outcome,
    *,
    inputs: str,
    seed: int,
    prices: Iterable[LeftOut] = (),
) -> Rotation:
    """A draft with every seat of the problem, in the order of its file; ``prices`` are of the
    seats that nobody holds."""
    seating = outcome.seating
    said = {left.seat: price_of(left) for left in prices}
    placed = tuple(
        _placed(problem, policy, seating, seat, said.get(seat, "")) for seat in problem.seats
    )
    return Rotation(
        team=problem.team,
        name=name,
        horizon=problem.horizon,
        placed=tuple(seat for _, seats in in_order(placed) for seat in seats),
        tiers=outcome.tiers,
        shares=shares(problem, seating),
        training=progress(problem, seating),
        bus_factors=bus_factors(problem, seating),
        inputs=inputs,
        version=__version__,
        seed=seed,
        interrupted=outcome.interrupted,
    )


def _placed(problem: Problem, policy: Policy, seating: Seating, seat: Seat, price: str) -> Placed:
    holder = seating[seat]
    gap = holder is None and not seat.is_shadow
    return replace(
        placed_of(seat, holder),
        why=why_held(problem, policy, seating, seat) if holder is not None else "",
        pinned=seat.key in problem.pins,
        reasons=why_empty(problem, policy, seating, seat) if gap else (),
        price=price,
    )


def placed_of(seat: Seat, holder: Member | None) -> Placed:
    """A seat with its holder as it stands in a rotation file, without any reason."""
    timed = seat.shift.start is not None
    return Placed(
        shift=seat.shift.id,
        seat=seat.name,
        duty=seat.duty.id,
        upstream=seat.duty.upstream,
        role=seat.plan.role.value,
        span=seat.span,
        start=_instant(seat.opens) if timed else None,
        end=_instant(seat.closes) if timed else None,
        effort=seat.effort,
        must=seat.must,
        member=holder.id if holder is not None else "",
    )


def _instant(minute: int) -> datetime:
    return _EPOCH + timedelta(minutes=minute)
