"""Who learns on which seat, who is a mentor there, and who can lead a duty."""

from __future__ import annotations

from collections.abc import Iterable

from scheduler.domain.duties import Duty, Role, SeatPlan
from scheduler.domain.people import Goal, Level, Member, Wish
from scheduler.domain.problem import Problem
from scheduler.domain.rotation import Seating
from scheduler.domain.shifts import Seat
from scheduler.domain.training import BusFactor, Progress, Turns

_NOTHING = Turns()


# ------------------------------------------------------------------------------ seats to learn on


def learns_to_lead(member: Member, plan: SeatPlan) -> bool:
    """Whether a seat is the lead of a skill that the member has a goal to lead and does not lead
    yet, so that holding it is a step of their training."""
    if (
        not member.goals
        or not plan.skill
        or plan.level is not Level.leads
        or plan.role is Role.shadow
    ):
        return False
    return member.level(plan.skill) < Level.leads and any(
        goal.skill == plan.skill and goal.level >= Level.leads for goal in member.goals
    )


def teaches(member: Member, skill: str) -> bool:
    """Whether a member has the skill to be somebody's mentor in it."""
    return not skill or member.level(skill) >= Level.leads


def left(problem: Problem, member: Member, skill: str) -> Turns:
    """The turns that a member still needs to lead a skill alone."""
    done = problem.experience.get((member.id, skill), _NOTHING)
    return problem.paths.left(skill, member.level(skill), done)


def shadows_before(seats: Iterable[Seat], seat: Seat) -> list[Seat]:
    """Of some seats those on which one shadows the skill of a seat before it begins."""
    return [
        other
        for other in seats
        if other.is_shadow and other.plan.skill == seat.plan.skill and other.closes <= seat.opens
    ]


# ----------------------------------------------------------------------------------------- mentors


def beside(problem: Problem, seat: Seat) -> list[Seat]:
    """The other seats of a shift that run while a seat does."""
    others = problem.seats_by_shift.get(seat.shift, ())
    return [other for other in others if other is not seat and other.overlaps(seat)]


def named_mentor(problem: Problem, member: Member, seat: Seat) -> Member | None:
    """The mentor whom a goal of the member names, where they lead the skill and are there on all
    days of the seat."""
    for goal in member.goals:
        mentor = problem.member_by_id.get(goal.mentor)
        if mentor is None or mentor is member or goal.skill != seat.plan.skill:
            continue
        days = seat.days_at(mentor.timezone)
        there = all(mentor.belongs_on(day) and not mentor.away_on(day) for day in days)
        if there and teaches(mentor, goal.skill):
            return mentor
    return None


def is_guided(problem: Problem, seating: Seating, seat: Seat) -> bool:
    """Whether the holder of a seat has a mentor beside."""
    holder = seating[seat]
    if holder is None:
        return False
    if named_mentor(problem, holder, seat) is not None:
        return True
    sitting = (seating[other] for other in beside(problem, seat))
    return any(m is not None and m is not holder and teaches(m, seat.plan.skill) for m in sitting)


# ------------------------------------------------------------------------------------ bus factor


def leaders(problem: Problem, duty: Duty) -> tuple[SeatPlan, tuple[Member, ...]] | None:
    """The lead seat of a duty that the fewest members can hold, with those members; ``None`` for a
    duty without a lead."""
    leads = [plan for plan in duty.seats if plan.role is Role.lead]
    able = [(plan, _able(problem, duty, plan)) for plan in leads]
    return min(able, key=lambda entry: len(entry[1]), default=None)


def _able(problem: Problem, duty: Duty, plan: SeatPlan) -> tuple[Member, ...]:
    """Remembered: whoever holds what, they are the same, and every price of growth asks for them
    anew, of each duty and of everybody."""
    known = problem.able.get((duty, plan))
    if known is None:
        known = tuple(member for member in problem.members if can(member, duty, plan))
        problem.able[duty, plan] = known
    return known


def _able_after(problem: Problem, seating: Seating, duty: Duty, plan: SeatPlan) -> int:
    learners = successors(problem, duty, plan)
    gained = sum(has_come_to_lead(problem, seating, m, plan.skill) for m in learners)
    return len(_able(problem, duty, plan)) + gained


def can(member: Member, duty: Duty, plan: SeatPlan, level: Level | None = None) -> bool:
    """Whether a member has what a seat of a duty asks for, whatever the day; with a ``level``, as
    if that were theirs."""
    reached = member.level(plan.skill) if level is None else level
    return (
        (not plan.skill or reached >= plan.level)
        and (not plan.permission or plan.permission in member.permissions)
        and (not plan.region or plan.region == member.region)
        and member.wishes.get(duty.id) is not Wish.never
    )


def successors(problem: Problem, duty: Duty, plan: SeatPlan) -> tuple[Member, ...]:
    """The members who could hold a lead seat once they lead its skill, and learn to; remembered,
    too."""
    known = problem.learners.get((duty, plan))
    if known is None:
        known = tuple(
            member
            for member in problem.members
            if learns_to_lead(member, plan) and can(member, duty, plan, Level.leads)
        )
        problem.learners[duty, plan] = known
    return known


def bus_factors(problem: Problem, seating: Seating) -> tuple[BusFactor, ...]:
    """How many people can lead each duty of the horizon that has a lead, in the order of the
    roster."""
    found = []
    for duty, seats in problem.seats_by_duty.items():
        leads = [plan for plan in duty.seats if plan.role is Role.lead] if seats else []
        if leads:
            now = min(len(_able(problem, duty, plan)) for plan in leads)
            after = min(_able_after(problem, seating, duty, plan) for plan in leads)
            found.append(BusFactor(duty.id, now, after))
    return tuple(found)


# --------------------------------------------------------------------------------------- progress


def steps(seats: Iterable[Seat], member: Member, skill: str) -> Turns:
    """How many of some seats that a member holds are steps towards leading a skill."""
    of_skill = [seat for seat in seats if seat.plan.skill == skill]
    shadowed = sum(seat.is_shadow for seat in of_skill)
    return Turns(shadowed, sum(learns_to_lead(member, seat.plan) for seat in of_skill))


def has_come_to_lead(problem: Problem, seating: Seating, member: Member, skill: str) -> bool:
    """Whether a learner has done, by the end of a rotation, all that it takes to lead alone."""
    done = steps(seating.turns(member), member, skill)
    return left(problem, member, skill).without(done) == _NOTHING


def progress(problem: Problem, seating: Seating) -> tuple[Progress, ...]:
    """Where every goal stands at the end of a rotation, in the order of the roster.

    A goal that the roster itself says is met is left out; one that earlier rotations met is told.
    """
    return tuple(
        _progress(problem, seating, member, goal)
        for member in problem.members
        for goal in member.goals
        if member.level(goal.skill) < goal.level or (member.id, goal.skill) in problem.experience
    )


def _progress(problem: Problem, seating: Seating, member: Member, goal: Goal) -> Progress:
    turns = seating.turns(member)
    before = problem.experience.get((member.id, goal.skill), _NOTHING)
    done = before.plus(steps(turns, member, goal.skill))
    led = (s for s in turns if s.plan.skill == goal.skill and learns_to_lead(member, s.plan))
    level = problem.paths.earned(goal, member.level(goal.skill), done)
    return Progress(
        member=member.id,
        skill=goal.skill,
        level=goal.level,
        by=goal.by,
        done=done,
        needed=_needed(problem, member, goal),
        leads_from=next((seat.span.first for seat in led), None),
        reached=level >= goal.level,
    )


def _needed(problem: Problem, member: Member, goal: Goal) -> Turns:
    """What a goal takes in all: what is left of it, and what earlier rotations did of it."""
    before = problem.experience.get((member.id, goal.skill), _NOTHING)
    path = problem.paths.to_lead(goal.skill)
    done = Turns(min(path.shadow, before.shadow), min(path.lead, before.lead))
    needed = left(problem, member, goal.skill).plus(done)
    return needed if goal.level >= Level.leads else Turns(needed.shadow)
