"""Shares of the strategy that a roster cannot come near, because of who can do what."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from scheduler.domain.people import Member
from scheduler.domain.problem import Problem
from scheduler.domain.shifts import Seat
from scheduler.domain.span import Week
from scheduler.domain.strategy import FAR, Aim, counted, kind_aims, upstream_aims

Candidates = Mapping[Seat, Sequence[Member]]


def out_of_reach(problem: Problem, able: Candidates) -> Iterator[str]:
    """A sentence for each share from which the work stays more than ten points away, though all
    that somebody has time for is done."""
    for aim in (*upstream_aims(problem), *kind_aims(problem)):
        said = _said(problem, able, aim)
        if said:
            yield f"{aim.name} is to have {aim.share}% of the effort, but {said}"


def _said(problem: Problem, able: Candidates, aim: Aim) -> str:
    offered, there = _minutes(aim.seats), counted(problem)
    part = 100 * offered / max(1, _minutes(there))
    if there and abs(part - aim.share) > FAR:
        return f"its duties are {part:.0f}% of the work on offer"
    doable = [seat for seat in aim.seats if able[seat]]
    within = _within_budgets(problem, able, doable)
    own = set(aim.seats)
    others = [seat for seat in there if seat not in own and able[seat]]
    rest = _within_budgets(problem, able, others)
    if not offered or 100 * within >= (aim.share - FAR) * (within + rest):
        return ""
    nobodys = offered - _minutes(doable)
    if 100 * _minutes(doable) < (aim.share - FAR) * (_minutes(doable) + rest):
        return f"nobody can do {nobodys / 60:.1f} of its {offered / 60:.1f} hours"
    people = len({member for seat in doable for member in able[seat]})
    who = "the one who can do it has" if people == 1 else f"the {people} who can do it have"
    return f"{who} time for at most {within / 60:.1f} of its {offered / 60:.1f} hours"


def _minutes(seats: Collection[Seat]) -> int:
    return sum(seat.effort for seat in seats)


def _within_budgets(problem: Problem, able: Candidates, seats: Collection[Seat]) -> int:
    """At most so many minutes of some seats can be done: week by week what there is to do, or
    what those who can do any of it have time for."""
    work: dict[Week, int] = {}
    people: dict[Week, set[Member]] = {}
    for seat in seats:
        for week, minutes in seat.weeks:
            work[week] = work.get(week, 0) + minutes
            people.setdefault(week, set()).update(able[seat])
    return sum(
        min(minutes, sum(problem.budget(member, week) for member in people[week]))
        for week, minutes in work.items()
    )
