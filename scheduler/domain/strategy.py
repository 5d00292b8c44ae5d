"""The strategy of a team: which part of the effort its upstreams and kinds of work are to get."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from scheduler.domain.problem import Problem
from scheduler.domain.shifts import Seat

FAR = 10
"""Percentage points between a part of the effort and its share from which a reason is owed."""


@dataclass(frozen=True, slots=True)
class Aim:
    """Work that is to get a ``share`` of the effort, in percent: the seats of an upstream or of a
    kind of work, shadows and seats without effort apart."""

    name: str
    share: int
    seats: tuple[Seat, ...]


def counted(problem: Problem) -> tuple[Seat, ...]:
    """The seats that shares are shares of: all with effort but shadows, who learn."""
    return tuple(seat for seat in problem.seats if seat.effort and not seat.is_shadow)


def upstream_aims(problem: Problem) -> Iterator[Aim]:
    """An aim for each upstream that the strategy gives a share."""
    for upstream in problem.upstreams:
        if upstream.share is not None:
            seats = (seat for seat in counted(problem) if seat.duty.upstream == upstream.id)
            yield Aim(upstream.name, upstream.share, tuple(seats))


def kind_aims(problem: Problem) -> Iterator[Aim]:
    """An aim for each kind of work that the strategy gives a share."""
    for kind, share in problem.kinds.items():
        seats = (seat for seat in counted(problem) if seat.duty.kind == kind)
        yield Aim(kind, share, tuple(seats))
