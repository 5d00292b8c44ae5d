"""What people have learnt: turns of earlier rotations, the levels that these earned, and what is
left of the way to lead a skill alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from scheduler.audit.claim import Claim, Turn
from scheduler.audit.duties import Seat, SeatKind
from scheduler.audit.people import Member
from scheduler.audit.roster import Roster
from scheduler.audit.words import LEVELS

SHADOWED, LEADS = LEVELS.index("shadowed"), LEVELS.index("leads")
Steps = tuple[int, int]
"""Turns as a shadow, and turns in the lead with a mentor beside."""


def wants_to_lead(member: Member, skill: str) -> bool:
    """Whether a goal of somebody who does not lead a skill is to lead it."""
    aims = any(goal.skill == skill and goal.level >= LEADS for goal in member.goals)
    return bool(skill) and aims and member.level(skill) < LEADS


def learns_in_the_lead(member: Member, kind: SeatKind) -> bool:
    """Whether holding such a seat is a step of the member's training."""
    leads = kind.role != "shadow" and kind.level == LEADS
    return leads and wants_to_lead(member, kind.skill)


def masters(member: Member, skill: str) -> bool:
    """Whether others can learn a skill from the member."""
    return not skill or member.level(skill) >= LEADS


def left(roster: Roster, member: Member, skill: str) -> Steps:
    """The steps that a member still lacks to lead a skill alone."""
    level = member.level(skill)
    if level >= LEADS:
        return 0, 0
    whole = roster.policy.path(skill)
    done = roster.done.get((member.id, skill), (0, 0))
    shadow = 0 if level >= SHADOWED else max(0, whole[0] - done[0])
    return shadow, max(0, whole[1] - done[1])


def steps(member: Member, seats: Iterable[Seat], skill: str) -> Steps:
    """The steps towards a skill among the seats that a member holds."""
    kinds = [seat.kind for seat in seats if seat.kind.skill == skill]
    shadow = sum(kind.role == "shadow" for kind in kinds)
    return shadow, sum(learns_in_the_lead(member, kind) for kind in kinds)


# ------------------------------------------------------------------------ what the past has taught


def taught(roster: Roster, earlier: Iterable[Claim], first: date) -> Roster:
    """The roster on a day: members at the levels that published rotations before it have earned
    them, each with the skills that they may learn in the lead, since somebody else masters them."""
    turns = served_before(earlier, first)
    done: dict[tuple[str, str], Steps] = {}
    roster = replace(roster, done=done)
    for turn in sorted(turns, key=lambda turn: (_begins(turn), turn.key)):
        for member, kind in _known(roster, turn):
            shadow, lead = done.get((member.id, kind.skill), (0, 0))
            if kind.role == "shadow":
                aims = any(goal.skill == kind.skill for goal in member.goals)
                shadow += aims and member.level(kind.skill) < SHADOWED
            elif learns_in_the_lead(member, kind) and not left(roster, member, kind.skill)[0]:
                lead += 1
            if shadow or lead:
                done[member.id, kind.skill] = shadow, lead
    grown = {name: _grown(roster, member) for name, member in roster.members.items()}
    return replace(roster, members={name: _let(m, grown) for name, m in grown.items()})


def served_before(earlier: Iterable[Claim], first: date) -> tuple[Turn, ...]:
    """The turns of published rotations that are over on a day, but for those that were missed."""
    over = (claim for claim in earlier if claim.published and claim.horizon.last < first)
    return tuple(turn for claim in over for turn in claim.turns if turn.member and not turn.missed)


def _begins(turn: Turn) -> date:
    assert turn.days is not None, "a rotation file states the days of every seat"
    return turn.days.first


def _known(roster: Roster, turn: Turn) -> Iterator[tuple[Member, SeatKind]]:
    """The holder and the kind of seat of a past turn, as far as the roster of today knows them."""
    member, duty = roster.members.get(turn.member), roster.duties.get(turn.duty)
    for kind in duty.seats if duty is not None and member is not None else ():
        if kind.name == turn.seat and member is not None:
            yield member, kind


def _grown(roster: Roster, member: Member) -> Member:
    skills = dict(member.skills)
    for goal in member.goals:
        shadow, lead = left(roster, member, goal.skill)
        if not shadow:
            reached = min(goal.level, SHADOWED if lead else LEADS)
            skills[goal.skill] = max(skills.get(goal.skill, 0), reached)
    return replace(member, skills=skills)


def _let(member: Member, team: dict[str, Member]) -> Member:
    """A member with the skills to learn in the lead."""
    skills = {goal.skill for goal in member.goals if wants_to_lead(member, goal.skill)}
    others = [other for other in team.values() if other is not member]
    learnable = {skill for skill in skills if any(masters(other, skill) for other in others)}
    return replace(member, learnable=frozenset(learnable))
