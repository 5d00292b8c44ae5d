"""How effort is spread over the communities and the kinds of work, beside the strategy's shares."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from scheduler.domain.rotation import Placed, Rotation
from scheduler.domain.strategy import FAR
from scheduler.reports.roster import Roster
from scheduler.reports.wording import hours


@dataclass(frozen=True, slots=True)
class Effort:
    """Minutes of the filled seats, shadows apart, that serve an upstream or are of a kind; their
    part of the whole in percent, and the part that the team's strategy gives it. ``reason`` says
    why the two are more than ten points apart, and is empty where they are not."""

    name: str
    minutes: int
    percent: float
    aim: int | None
    reason: str = ""


def efforts(rotation: Rotation, roster: Roster) -> tuple[Effort, ...]:
    """A line for each upstream of the roster, and one for what serves all of them."""
    aims = {upstream.id: upstream.share for upstream in roster.upstreams}
    return _lines(rotation, aims, lambda seat: seat.upstream, roster.upstream)


def efforts_by_kind(rotation: Rotation, roster: Roster) -> tuple[Effort, ...]:
    """A line for each kind of work that has a share, and one for each other kind there is."""

    def kind(seat: Placed) -> str:
        duty = roster.duty_by_id.get(seat.duty)
        return duty.kind if duty else "other"

    return _lines(rotation, dict(roster.kinds), kind, str)


def _lines(
    rotation: Rotation,
    aims: Mapping[str, int | None],
    group: Callable[[Placed], str],
    name: Callable[[str], str],
) -> tuple[Effort, ...]:
    offered: dict[str, int] = dict.fromkeys(aims, 0)
    filled: dict[str, int] = dict.fromkeys(aims, 0)
    for seat in rotation.placed:
        if seat.role != "shadow":
            offered[group(seat)] = offered.get(group(seat), 0) + seat.effort
            if seat.member:
                filled[group(seat)] = filled.get(group(seat), 0) + seat.effort
    whole, all_offered = sum(filled.values()) or 1, sum(offered.values()) or 1
    return tuple(
        Effort(
            name(id),
            filled[id],
            100 * filled[id] / whole,
            aims.get(id),
            _reason(
                aims.get(id),
                100 * filled[id] / whole,
                100 * offered[id] / all_offered,
                offered[id] - filled[id],
                all_offered - whole,
            ),
        )
        for id in filled
    )


def _reason(aim: int | None, percent: float, offered: float, empty: int, all_empty: int) -> str:
    """Either the duties themselves are that far from the share, or empty seats bring it about."""
    if aim is None or abs(percent - aim) <= FAR:
        return ""
    if abs(offered - aim) > FAR and (offered > aim) == (percent > aim):
        return f"the duties offer {offered:.0f}%"
    if percent < aim:
        return f"{hours(empty)} hours of it are empty"
    return f"{hours(all_empty - empty)} hours of other work are empty"
