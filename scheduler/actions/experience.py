"""What earlier rotations taught people: the turns on the way to their goals, and the levels that
these have earned."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from scheduler.domain.duties import Duty, Role, SeatPlan
from scheduler.domain.growth import learns_to_lead
from scheduler.domain.people import Level, Member
from scheduler.domain.rotation import Placed, Rotation
from scheduler.domain.training import Paths, Turns

Experience = Mapping[tuple[str, str], Turns]
"""Turns by the id of a member and a skill."""


def experience(
    earlier: Sequence[Rotation], members: Iterable[Member], duties: Iterable[Duty], paths: Paths
) -> dict[tuple[str, str], Turns]:
    """The turns of earlier rotations that are steps towards a goal of today's roster.

    A turn in the lead is a step only after the shadow turns; what skill a turn was of says the
    duty as it is today. Without a limit of time: what somebody learnt stays learnt.
    """
    people = {member.id: member for member in members if member.goals}
    work = {duty.id: duty for duty in duties}
    done: dict[tuple[str, str], Turns] = {}
    turns = [placed for rotation in earlier for placed in rotation.served]
    for placed in sorted(turns, key=lambda placed: (placed.span.first, placed.key)):
        member, duty = people.get(placed.member), work.get(placed.duty)
        plan = duty.plan_of(placed.seat) if duty is not None else None
        if member is None or plan is None:
            continue
        key = member.id, plan.skill
        so_far = done.get(key, Turns())
        step = _step(member, plan, placed, paths.left(plan.skill, member.level(plan.skill), so_far))
        if step != Turns():
            done[key] = so_far.plus(step)
    return dict(sorted(done.items()))


def _step(member: Member, plan: SeatPlan, placed: Placed, left: Turns) -> Turns:
    """What a turn adds to the experience of a member who has so much left of the path."""
    if placed.role == Role.shadow.value:
        aims = any(goal.skill == plan.skill for goal in member.goals)
        return Turns(shadow=int(aims and member.level(plan.skill) < Level.shadowed))
    return Turns(lead=int(learns_to_lead(member, plan) and not left.shadow))


def grown(members: Iterable[Member], done: Experience, paths: Paths) -> tuple[Member, ...]:
    """The members with the levels that their experience has earned; the others as they are."""
    return tuple(_grown(member, done, paths) for member in members)


def _grown(member: Member, done: Experience, paths: Paths) -> Member:
    skills = dict(member.skills)
    for goal in member.goals:
        level = member.level(goal.skill)
        turns = done.get((member.id, goal.skill), Turns())
        skills[goal.skill] = max(skills.get(goal.skill, level), paths.earned(goal, level, turns))
    return member if skills == member.skills else replace(member, skills=skills)
