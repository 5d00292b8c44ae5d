"""What a peer found, as a rotation that the audit and the scorecard can judge."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from benchmarks.census import Work
from scheduler import __version__
from scheduler.actions.draw_up import placed_of
from scheduler.domain.fairness import shares
from scheduler.domain.rotation import Rotation, Seating
from scheduler.domain.shifts import SeatKey
from scheduler.files.rotation_file import in_order

Holders = Mapping[SeatKey, str]
"""Who holds each filled seat: shift and seat to member, by their ids."""


def seating_of(work: Work, holders: Holders) -> Seating:
    """The holders as the rules see them."""
    problem = work.problem
    return Seating({problem.seat_by_key[k]: problem.member_by_id[m] for k, m in holders.items()})


def rotation_of(
    work: Work, name: str, holders: Holders, *, published: datetime | None = None
) -> Rotation:
    """A rotation without any claim about tiers."""
    problem = work.problem
    seating = seating_of(work, holders)
    placed = tuple(placed_of(seat, seating[seat]) for seat in problem.seats)
    return Rotation(
        team=problem.team,
        name=name,
        horizon=problem.horizon,
        placed=tuple(seat for _, seats in in_order(placed) for seat in seats),
        tiers=(),
        shares=shares(problem, seating),
        inputs="",
        version=__version__,
        seed=0,
        published=published,
    )
