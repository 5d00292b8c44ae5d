"""A page that a community can be sent: who serves it, and how many hours."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from scheduler.domain.duties import Duty
from scheduler.domain.rotation import Placed, Rotation
from scheduler.reports.pages.shell import fill
from scheduler.reports.pages.timeline import timeline
from scheduler.reports.pages.view import View


@dataclass(frozen=True, slots=True)
class Served:
    """Minutes of a rotation for a community, shadows apart: of all its seats, of those that have
    somebody, and of those that are over and were not missed."""

    rotation: Rotation
    offered: int
    planned: int
    delivered: int


def page(view: View, upstream: str) -> str:
    """Who serves a community in the current rotation, and what it was given so far.

    Raises:
        LookupError: there is no such upstream.
    """
    if upstream not in known(view):
        raise LookupError(upstream)
    served = [_served(view, rotation, upstream) for rotation in reversed(view.rotations)]
    people = {p.member: None for p in view.rotation.assignments if p.upstream == upstream}
    return fill(
        "upstream",
        view,
        upstream=upstream,
        served=[line for line in served if line.offered],
        people=sorted(people, key=lambda member: view.roster.name(member).casefold()),
        duties=_duties(view, upstream),
        timeline=timeline(view, upstream),
        now=tuple(_now(view, upstream)) if view.marked else (),
    )


def known(view: View) -> tuple[str, ...]:
    """The ids of all communities that the roster or a turn names."""
    named = {p.upstream for rotation in view.rotations for p in rotation.placed if p.upstream}
    ids = [upstream.id for upstream in view.roster.upstreams]
    return (*ids, *sorted(named - set(ids)))


def _served(view: View, rotation: Rotation, upstream: str) -> Served:
    seats = [p for p in rotation.placed if p.upstream == upstream and p.role != "shadow"]
    held = [p for p in seats if p.member]
    over = [p for p in held if p.span.end <= view.today and not view.turns.was_missed(p)]
    return Served(rotation, _sum(seats), _sum(held), _sum(over))


def _sum(seats: Iterable[Placed]) -> int:
    return sum(seat.effort for seat in seats)


def _duties(view: View, upstream: str) -> list[Duty]:
    return [duty for duty in view.roster.duties if duty.upstream == upstream]


def _now(view: View, upstream: str) -> Iterable[Placed]:
    return (seat for seat in view.turns.on(view.today) if seat.upstream == upstream)
