"""A problem as plain numbers: all that a planner outside this project needs to know.

Members, seats and ISO weeks are numbered from 0, time is in minutes. What is left out makes the
work easier for a peer, or leaves it a choice the fewer: nobody who still learns to lead a skill is
offered its lead, and of people who may not meet only one has a seat of the shift.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from benchmarks.census import Work
from scheduler.domain.duties import Duty
from scheduler.domain.fairness import load
from scheduler.domain.growth import beside, learns_to_lead, teaches
from scheduler.domain.people import Member, Wish
from scheduler.domain.problem import Problem
from scheduler.domain.shifts import Seat, SeatKey, at_once
from scheduler.rules.requirements.mentor_limits import MentorLimits

Pair = tuple[int, int]
"""A seat and a member."""


@dataclass(frozen=True, slots=True)
class Place:
    """A seat. ``guides`` are the working seats of its shift where it is a shadow's."""

    key: SeatKey
    must: bool
    value: int
    shadow: bool
    duty: int
    opens: int
    weeks: tuple[tuple[int, int], ...]
    """Week and minutes."""
    able: tuple[int, ...]
    guides: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Pairs of which at most ``most`` may hold at once."""

    pairs: tuple[Pair, ...]
    most: int = 1


@dataclass(frozen=True, slots=True)
class Mentoring:
    """A member accompanies at most ``most`` of these: a seat of theirs beside a shadow's seat."""

    member: int
    beside: tuple[tuple[int, int], ...]
    most: int


@dataclass(frozen=True, slots=True)
class Facts:
    """The whole problem. ``loads`` and ``likes`` are by pair (a wish of ``like`` is 1, of
    ``rather not`` -1), ``budgets`` by member and week."""

    members: tuple[str, ...]
    entitlements: tuple[int, ...]
    """0 for whoever can hold no seat that counts."""
    served: tuple[int, ...]
    places: tuple[Place, ...]
    budgets: dict[tuple[int, int], int]
    loads: dict[Pair, int]
    likes: dict[Pair, int]
    clashes: tuple[Group, ...]
    """Of one member each: seats that run at the same time."""
    meetings: tuple[Group, ...]
    """Of several members: people who may not share a shift."""
    mentoring: tuple[Mentoring, ...]


def facts(work: Work) -> Facts:
    """The facts of some work."""
    problem = work.problem
    number = {member: index for index, member in enumerate(problem.members)}
    place = {seat: index for index, seat in enumerate(problem.seats)}
    week = {week: index for index, week in enumerate(problem.weeks)}
    able: dict[Seat, list[Member]] = defaultdict(list)
    for seat, member in work.pairs:
        if not learns_to_lead(member, seat.plan) and not _still_busy(problem, seat, member):
            able[seat].append(member)
    duties = {duty: index for index, duty in enumerate(problem.duties)}
    return Facts(
        members=tuple(member.id for member in problem.members),
        entitlements=tuple(problem.entitlements.get(m.id, 0) for m in problem.members),
        served=tuple(problem.served.get(m.id, 0) for m in problem.members),
        places=tuple(
            Place(
                key=seat.key,
                must=seat.must,
                value=seat.duty.value,
                shadow=seat.is_shadow,
                duty=duties[seat.duty],
                opens=seat.opens,
                weeks=tuple((week[w], minutes) for w, minutes in seat.weeks),
                able=tuple(number[member] for member in able[seat]),
                guides=tuple(
                    place[other]
                    for other in problem.seats_by_shift[seat.shift]
                    if seat.is_shadow and not other.is_shadow
                ),
            )
            for seat in problem.seats
        ),
        budgets={(number[m], week[w]): problem.budget(m, w) for m in problem.members for w in week},
        loads={
            (place[s], number[m]): 0 if s.is_shadow else load(problem, m, s)
            for s, members in able.items()
            for m in members
        },
        likes={
            (place[s], number[m]): 1 if m.wishes[s.duty.id] is Wish.like else -1
            for s, members in able.items()
            for m in members
            if s.duty.id in m.wishes
        },
        clashes=tuple(
            Group(tuple((place[seat], number[member]) for seat in seats))
            for member, seats in _clashes(problem, able)
        ),
        meetings=tuple(
            Group(tuple((place[s], number[m]) for s in seats for m in able[s] if m in people))
            for people, seats in _meetings(problem)
        ),
        mentoring=tuple(
            Mentoring(number[member], tuple((place[a], place[b]) for a, b in seats), most)
            for member, seats, most in _mentoring(work, able)
        ),
    )


def _still_busy(problem: Problem, seat: Seat, member: Member) -> bool:
    """Whether a turn of the rotation before is still in the way."""
    return any(
        who is member
        and turn.overlaps(seat)
        and (duty is seat.duty or (duty.exclusive and seat.duty.exclusive))
        for turn, duty, who in problem.seam
    )


# ------------------------------------------------------------------------------------ constraints


def _clashes(
    problem: Problem, able: dict[Seat, list[Member]]
) -> Iterator[tuple[Member, tuple[Seat, ...]]]:
    """Each member with seats of which they may hold one: those of one duty at one moment, and
    those of exclusive duties."""
    found: dict[tuple[Member, tuple[Seat, ...]], None] = {}
    for seats in _running(problem):
        mine: dict[Member, list[Seat]] = defaultdict(list)
        for seat in seats:
            for member in able[seat]:
                mine[member].append(seat)
        for member, held in mine.items():
            if len(held) > 1:
                found[member, tuple(held)] = None
    yield from found


def _running(problem: Problem) -> Iterator[tuple[Seat, ...]]:
    for duty, seats in problem.seats_by_duty.items():
        for _, _, running in at_once(seats):
            yield from _apart(duty, running)
    exclusive = [seat for seat in problem.seats if seat.duty.exclusive]
    for _, _, running in at_once(exclusive):
        if any(seat.duty.together for seat in running):
            yield from ((a, b) for a, b in combinations(running, 2) if a.duty is not b.duty)
        else:
            yield tuple(running)


def _apart(duty: Duty, running: list[Seat]) -> Iterator[tuple[Seat, ...]]:
    if not duty.together:
        yield tuple(running)
    else:
        yield from ((a, b) for a, b in combinations(running, 2) if a.shift is not b.shift)


def _meetings(problem: Problem) -> Iterator[tuple[set[Member], tuple[Seat, ...]]]:
    for ids in problem.apart:
        people = {problem.member_by_id[id_] for id_ in ids if id_ in problem.member_by_id}
        for seats in problem.seats_by_shift.values():
            if len(seats) > 1:
                yield people, seats
    for shift, seats in problem.seats_by_shift.items():
        working = tuple(seat for seat in seats if not seat.is_shadow)
        for what in shift.duty.differ:
            alike: dict[str, set[Member]] = defaultdict(set)
            for member in problem.members:
                alike[member.employer if what == "employer" else member.region].add(member)
            for value, people in alike.items():
                if value and len(working) > 1:
                    yield people, working


def _mentoring(
    work: Work, able: dict[Seat, list[Member]]
) -> Iterator[tuple[Member, tuple[tuple[Seat, Seat], ...], int]]:
    """Who could accompany more shadows at one moment than the policy has it."""
    rule = next((r for r in work.team.policy.requirements if isinstance(r, MentorLimits)), None)
    if rule is None:
        return
    could: dict[Member, dict[Seat, list[Seat]]] = defaultdict(dict)
    for shadow in work.problem.seats:
        if shadow.is_shadow and able[shadow]:
            for guide in beside(work.problem, shadow):
                if not guide.is_shadow and guide.plan.skill == shadow.plan.skill:
                    for member in able[guide]:
                        if teaches(member, shadow.plan.skill):
                            could[member].setdefault(shadow, []).append(guide)
    found: dict[tuple[Member, tuple[tuple[Seat, Seat], ...]], None] = {}
    for member, shadows in could.items():
        for _, _, running in at_once(shadows):
            if len(running) > rule.at_once:
                pairs = tuple((guide, shadow) for shadow in running for guide in shadows[shadow])
                found[member, pairs] = None
    for member, pairs in found:
        yield member, pairs, rule.at_once
