"""What a rotation does for each training goal."""

from __future__ import annotations

from dataclasses import dataclass

from scheduler.domain.duties import SeatPlan
from scheduler.domain.people import Goal, Member
from scheduler.domain.rotation import Placed, Rotation
from scheduler.reports.roster import Roster


@dataclass(frozen=True, slots=True)
class Progress:
    """A member's goal in words, and the turns on which they shadow for it, in order of time."""

    member: str
    goal: str
    turns: tuple[Placed, ...]


def training(rotation: Rotation, roster: Roster) -> tuple[Progress, ...]:
    """A line for each goal that is not reached yet, in the order of the roster."""
    return tuple(
        Progress(member.id, _told(goal), _turns(rotation, roster, member, goal))
        for member in roster.members
        for goal in member.goals
        if member.level(goal.skill) < goal.level
    )


def _told(goal: Goal) -> str:
    by = f" by {goal.by.day} {goal.by:%b %Y}" if goal.by else ""
    return f"{goal.skill}: {goal.level.name}{by}"


def _turns(rotation: Rotation, roster: Roster, member: Member, goal: Goal) -> tuple[Placed, ...]:
    found = [
        seat
        for seat in rotation.assignments
        if seat.member == member.id and seat.role == "shadow" and _skill(seat, roster) == goal.skill
    ]
    return tuple(sorted(found, key=lambda seat: seat.span.first))


def _skill(seat: Placed, roster: Roster) -> str:
    """The skill that a seat asks for, in the roster of today."""
    duty = roster.duty_by_id.get(seat.duty)
    plans = duty.seats if duty else ()
    return next((plan.skill for plan in plans if _is(plan, seat)), "")


def _is(plan: SeatPlan, seat: Placed) -> bool:
    """Whether a seat is of a plan: of several alike, each has its number."""
    if plan.most == 1:
        return plan.name == seat.seat
    name, _, number = seat.seat.rpartition("-")
    return name == plan.name and number.isdigit()
