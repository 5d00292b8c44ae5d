"""How effort is spread over the communities."""

from __future__ import annotations

from dataclasses import dataclass

from scheduler.domain.rotation import Rotation
from scheduler.reports.roster import Roster


@dataclass(frozen=True, slots=True)
class Effort:
    """Minutes of the filled seats, shadows apart, that serve an upstream; their part of the whole
    in percent, and the part that the team's strategy gives it."""

    name: str
    minutes: int
    percent: float
    aim: int | None


def efforts(rotation: Rotation, roster: Roster) -> tuple[Effort, ...]:
    """A line for each upstream of the roster, and one for what serves all of them."""
    minutes: dict[str, int] = {upstream.id: 0 for upstream in roster.upstreams}
    for seat in rotation.assignments:
        if seat.role != "shadow":
            minutes[seat.upstream] = minutes.get(seat.upstream, 0) + seat.effort
    whole = sum(minutes.values()) or 1
    aims = {upstream.id: upstream.share for upstream in roster.upstreams}
    return tuple(
        Effort(roster.upstream(id), spent, 100 * spent / whole, aims.get(id))
        for id, spent in minutes.items()
    )
