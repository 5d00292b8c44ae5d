"""What growth costs: goals that lack turns, and duties that hang on too few people."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.audit.case import Case
from scheduler.audit.duties import Duty, Seat, SeatKind
from scheduler.audit.learning import LEADS, learns_in_the_lead, left, steps
from scheduler.audit.people import Goal, Member


def serves(seat: Seat, goal: Goal) -> bool:
    """Whether a turn brings a goal nearer in time."""
    return seat.kind.skill == goal.skill and goal.in_time(seat.days.last)


def asked(case: Case, member: Member, goal: Goal) -> tuple[int, int]:
    """The turns that a goal still asks for: as a shadow, and in the lead with a mentor."""
    shadow, lead = left(case.roster, member, goal.skill)
    turns = case.roster.policy.option("training_goals", "turns")
    if turns:
        shadow = max(0, turns - case.roster.done.get((member.id, goal.skill), (0, 0))[0])
    is_open = goal.is_open(member.level(goal.skill))
    return shadow if is_open else 0, lead if goal.level >= LEADS else 0


def goals_price(case: Case) -> int:
    """Ten times the value of a goal for each turn that it lacks, and one for each shadow turn
    that serves no goal."""
    price = 0
    for member, turns in case.by_member.items():
        seats = [held.seat for held in turns]
        shadowed = [seat for seat in seats if seat.is_shadow]
        open_goals = [goal for goal in member.goals if goal.is_open(member.level(goal.skill))]
        price += sum(not any(serves(seat, goal) for goal in open_goals) for seat in shadowed)
        for goal in member.goals:
            shadow, lead = asked(case, member, goal)
            served = sum(serves(seat, goal) for seat in shadowed)
            led = sum(serves(s, goal) and learns_in_the_lead(member, s.kind) for s in seats)
            price += 10 * goal.value * (max(0, shadow - served) + max(0, lead - led))
    return price * case.roster.policy.option("training_goals", "weight")


def bus_factor_price(case: Case) -> int:
    """For each duty that too few can lead and somebody learns to: one for the first person that
    is missing in the end, two for the second, and so on."""
    least = case.roster.policy.option("bus_factor", "at_least")
    price = 0
    for able, learners in _pools(case):
        if able < least and learners:
            missing = max(0, least - able - sum(learners))
            price += missing * (missing + 1) // 2
    return price * case.roster.policy.option("bus_factor", "weight")


def _pools(case: Case) -> Iterator[tuple[int, list[bool]]]:
    """Of each duty that has a seat: how many can hold the lead that the fewest can, and of its
    learners whether they complete their path."""
    for duty in {seat.duty: None for seat in case.asked.values()}:
        leads = [kind for kind in duty.seats if kind.role == "lead"]
        able = {kind: sum(_can(m, duty, kind) for m in case.by_member) for kind in leads}
        if able:
            scarce = min(leads, key=lambda kind: able[kind])
            learners = (m for m in case.by_member if _learns(m, duty, scarce))
            yield able[scarce], [_completes(case, member, scarce.skill) for member in learners]


def _can(member: Member, duty: Duty, kind: SeatKind) -> bool:
    skilled = not kind.skill or member.level(kind.skill) >= kind.level
    return skilled and _may(member, duty, kind)


def _learns(member: Member, duty: Duty, kind: SeatKind) -> bool:
    return learns_in_the_lead(member, kind) and _may(member, duty, kind)


def _may(member: Member, duty: Duty, kind: SeatKind) -> bool:
    return (
        (not kind.permission or kind.permission in member.permissions)
        and (not kind.region or kind.region == member.region)
        and member.wishes.get(duty.id) != "never"
    )


def _completes(case: Case, member: Member, skill: str) -> bool:
    shadow, lead = left(case.roster, member, skill)
    done = steps(member, [held.seat for held in case.by_member[member]], skill)
    return done[0] >= shadow and done[1] >= lead
