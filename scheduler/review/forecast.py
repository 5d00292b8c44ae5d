"""What a roster lets one foresee before anything is planned: too few people, hours or chances."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from scheduler.domain.duties import Duty, SeatPlan
from scheduler.domain.growth import beside, learns_to_lead, named_mentor, teaches
from scheduler.domain.people import Goal, Level, Member
from scheduler.domain.problem import Problem
from scheduler.domain.rotation import Seating
from scheduler.domain.shifts import Seat, at_once, seats_of, shifts_of
from scheduler.domain.span import Span, Week
from scheduler.review.reach import out_of_reach
from scheduler.review.reasons import why_empty
from scheduler.review.wording import day, joined
from scheduler.rules.book import Policy, fitting

CEILING = 40
"""Percent of the days that anybody should be on one duty, where a policy says nothing else."""

Candidates = dict[Seat, list[Member]]


def forecast(problem: Problem, policy: Policy, *, ceiling: int = CEILING) -> tuple[str, ...]:
    """Warnings before planning, each a sentence without its full stop.

    ``ceiling`` is the part of the days, in percent, that each of a pool may serve on one duty.
    """
    able: Candidates = {seat: [] for seat in problem.seats}
    learners: Candidates = {seat: [] for seat in problem.seats}
    for seat, member in fitting(problem, policy):
        (learners if learns_to_lead(member, seat.plan) else able)[seat].append(member)
    return (
        *_small_pools(problem, able, ceiling),
        *_nobody_there(problem, policy, able),
        *_too_many_hours(problem, able),
        *_nothing_to_learn_on(problem, able, learners),
        *out_of_reach(problem, able),
    )


# ------------------------------------------------------------------------------------- pools


@dataclass(frozen=True)
class _Pool:
    """The people who can hold at least one of some seats, and how much of their days that takes."""

    name: str
    people: int
    at_once: int
    worked: int
    """Working days served on, summed over the seats."""
    workable: int
    """Working days there are to serve on."""
    days: int
    """Days of the horizon, free ones too."""

    def share(self) -> float:
        return self.worked / (self.people * self.workable) if self.people else 0.0

    def sentence(self, ceiling: int) -> str:
        people = "1 person" if self.people == 1 else f"{self.people} people"
        head = f"{self.name}: {people} for {self.at_once} seat{'s' * (self.at_once > 1)}"
        if self.at_once > self.people:
            return f"{head} at once, so that some stay empty"
        span = min(28, self.days)
        return (
            f"{head}, each serves {round(span * self.share())} of {span} days, "
            f"above the ceiling of {ceiling}%"
        )

    def is_small(self, ceiling: int) -> bool:
        return self.at_once > self.people > 0 or 100 * self.share() > ceiling


def _small_pools(problem: Problem, able: Candidates, ceiling: int) -> Iterator[str]:
    """Duties, and kinds of seats with a smaller pool than their duty, that few people share.

    Meetings and other timed duties are over in hours and are not counted; shadows neither.
    """
    for duty, seats in problem.seats_by_duty.items():
        if duty.clock is not None:
            continue
        serving = [seat for seat in seats if not seat.is_shadow]
        whole = _pool(duty.id, serving, able, problem.horizon)
        pools = [whole]
        for plan in duty.seats:
            part = _pool(f"{duty.id} ({plan.name})", _of(plan, serving), able, problem.horizon)
            if part.share() > whole.share():
                pools.append(part)
        yield from (pool.sentence(ceiling) for pool in pools if pool.is_small(ceiling))


def _pool(name: str, seats: Sequence[Seat], able: Candidates, horizon: Span) -> _Pool:
    """The pool of some seats of one duty. Turns that began before the horizon and last into it
    take days, too; those of a turn that lasts on after it are not its own."""
    running = [*_before(seats, horizon), *_counted(seats)]
    worked = [[day for day in seat.span.working_days if day in horizon] for seat in running]
    return _Pool(
        name,
        people=len({member for seat in seats for member in able[seat]}),
        at_once=max((len(together) for _, _, together in at_once(_counted(seats))), default=0),
        worked=sum(len(days) for days in worked),
        workable=len(set(horizon.working_days).union(*worked)),
        days=horizon.days,
    )


def _before(seats: Sequence[Seat], horizon: Span) -> list[Seat]:
    """Seats of the same kinds whose shifts began before the horizon and last into it."""
    if not seats:
        return []
    kinds = {seat.plan for seat in seats}
    lasting = max((seat.span.end - seat.shift.span.first).days for seat in seats)
    earlier = Span(horizon.first - timedelta(days=max(1, lasting)), horizon.first)
    found = seats_of(shifts_of(seats[0].duty, earlier))
    return _counted([seat for seat in found if seat.plan in kinds])


def _counted(seats: Sequence[Seat]) -> list[Seat]:
    """Seats that take people of their own: of a duty for one person together, one a shift."""
    return list({seat.shift if seat.duty.together else seat: seat for seat in seats}.values())


def _of(plan: SeatPlan, seats: Iterable[Seat]) -> list[Seat]:
    return [seat for seat in seats if seat.plan is plan]


# --------------------------------------------------------------------------------- must seats


def _nobody_there(problem: Problem, policy: Policy, able: Candidates) -> Iterator[str]:
    """Must seats that nobody may hold, each kind of seat in one sentence."""
    empty: dict[tuple[Duty, str], list[Seat]] = {}
    for seat in problem.seats:
        if seat.must and not able[seat]:
            empty.setdefault((seat.duty, seat.name), []).append(seat)
    for (duty, name), seats in empty.items():
        reasons = "; ".join(why_empty(problem, policy, Seating({}), seats[0]))
        yield f"{duty.id}: nobody can hold {name} {_when(seats)} ({reasons})"


def _when(seats: Sequence[Seat]) -> str:
    days = [day(seat.span.first) for seat in seats]
    if len(days) > 3:
        return f"in {len(days)} shifts from {days[0]} to {days[-1]}"
    return f"in the shift{'s' * (len(days) > 1)} of {joined(days)}"


def _too_many_hours(problem: Problem, able: Candidates) -> Iterator[str]:
    """Weeks in which the must seats take more than the budget of everybody who can hold one."""
    must = [seat for seat in problem.seats if seat.must and able[seat]]
    people = {member for seat in must for member in able[seat]}
    needed: dict[Week, int] = {}
    for seat in must:
        for week, minutes in seat.weeks:
            needed[week] = needed.get(week, 0) + minutes
    there = {week: sum(problem.budget(m, week) for m in people) for week in needed}
    over = [week for week in sorted(needed) if needed[week] > there[week]]
    who = "the budget of those who can hold them"
    if over:
        told = [f"week {w[1]} of {w[0]} ({_of_hours(needed[w], there[w])})" for w in over[:3]]
        more = [f"{len(over) - 3} more weeks"] if len(over) > 3 else []
        yield f"The must-fill seats take more hours than {who}: {joined([*told, *more])}"
    if sum(needed.values()) > sum(there.values()):
        hours = _of_hours(sum(needed.values()), sum(there.values()))
        yield f"In all, the must-fill seats take more hours than {who}: {hours}"


def _of_hours(needed: int, there: int) -> str:
    return f"{needed / 60:.1f} for {there / 60:.1f}"


# ----------------------------------------------------------------------------------- training


def _nothing_to_learn_on(problem: Problem, able: Candidates, learners: Candidates) -> Iterator[str]:
    """Training goals that no seat of the horizon brings nearer."""
    for member in problem.members:
        for goal in member.goals:
            if member.level(goal.skill) < goal.level:
                lacking = _lacking(problem, able, member, goal)
                if not lacking and goal.level >= Level.leads:
                    lacking = _lacking_to_lead(problem, able, learners, member, goal)
                if lacking:
                    yield f"{member.name} is to reach {goal.level.name} in {goal.skill}: {lacking}"


def _lacking(problem: Problem, able: Candidates, member: Member, goal: Goal) -> str:
    """What is missing to reach a goal: who has not shadowed yet needs a shadow seat, the others
    any seat with work."""
    seats = [seat for seat in problem.seats if seat.plan.skill == goal.skill]
    if not seats:
        return f"no duty of this time asks for {goal.skill}"
    shadowing = member.level(goal.skill) < Level.shadowed
    seats = [seat for seat in seats if seat.is_shadow is shadowing]
    if not seats:
        return f"no duty has a {'shadow' if shadowing else 'working'} seat of {goal.skill}"
    in_time = [seat for seat in seats if goal.by is None or seat.span.last <= goal.by]
    if not in_time:
        return f"no seat of {goal.skill} ends by {day(goal.by)}" if goal.by else ""
    if shadowing and not any(member in able[seat] for seat in in_time):
        return f"they may hold none of the shadow seats of {goal.skill}"
    return ""


def _lacking_to_lead(
    problem: Problem, able: Candidates, learners: Candidates, member: Member, goal: Goal
) -> str:
    """What keeps a learner from a turn in the lead, once they have shadowed: the seat itself, or
    that nobody could be beside them."""
    leads = [
        seat
        for seat in problem.seats
        if seat.plan.skill == goal.skill and learns_to_lead(member, seat.plan)
    ]
    possible = [seat for seat in leads if member in learners[seat]]
    if leads and not possible:
        return f"they may hold none of the seats that lead {goal.skill}"
    if not leads or not problem.paths.to_lead(goal.skill).lead:
        return ""
    if any(_could_be_guided(problem, able, member, seat) for seat in possible):
        return ""
    return (
        f"no shift that they could lead has another seat for a mentor of {goal.skill}; add one, or "
        "name a mentor in the goal"
    )


def _could_be_guided(problem: Problem, able: Candidates, member: Member, seat: Seat) -> bool:
    if named_mentor(problem, member, seat) is not None:
        return True
    others = {other for place in beside(problem, seat) for other in able[place]} - {member}
    return any(teaches(other, seat.plan.skill) for other in others)
