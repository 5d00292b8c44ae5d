"""Four hundred equal seats: what a large watch of equals comes to, and how it starts."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest

from scheduler.domain.cadence import EveryWeeks
from scheduler.domain.duties import Duty, SeatPlan
from scheduler.domain.fairness import entitled
from scheduler.domain.people import Member
from scheduler.domain.problem import Problem, lay_out
from scheduler.domain.rotation import Seating
from scheduler.domain.span import Span
from scheduler.rules.book import Policy, fitting
from scheduler.rules.model import Model
from scheduler.solver import Limits, solve
from scheduler.solver.start import first_rotation

FIRST = date(2027, 1, 4)
PERIODS, SEATS, PEOPLE = 50, 8, 20


def watch(most_leave: int, seed: int = 0) -> Problem:
    """Twenty people, fifty weeks of eight equal seats, and up to so many weeks of leave each."""
    random = Random(seed)
    horizon = Span(FIRST, FIRST + timedelta(weeks=PERIODS))

    def leave() -> tuple[Span, ...]:
        weeks = random.sample(range(PERIODS), random.randint(0, most_leave))
        return tuple(Span(FIRST, FIRST + timedelta(weeks=1)).shifted(7 * week) for week in weeks)

    team = tuple(Member(f"p{n}", f"P{n}", budget=480, away=leave()) for n in range(PEOPLE))
    seats = SeatPlan("lead", least=SEATS, most=SEATS, must=True, effort=60)
    duty = Duty("watch", "Watch", "triage", "why", EveryWeeks(), (seats,), exclusive=True)
    return entitled(Problem("T", horizon, team, (duty,), lay_out((duty,), horizon)), team)


@pytest.mark.parametrize(("most_leave", "seed"), [(0, 0), (3, 1), (3, 2), (3, 3)])
def test_every_member_is_within_one_turn_of_every_other(most_leave: int, seed: int) -> None:
    outcome = solve(watch(most_leave, seed), Policy(), Limits(work=2.0))
    turns = Counter(member.id for _, member in outcome.seating)
    assert sum(turns.values()) == PERIODS * SEATS
    assert len(turns) == PEOPLE
    assert max(turns.values()) - min(turns.values()) <= 1


def test_the_first_rotation_breaks_nothing_and_fills_every_seat() -> None:
    problem = watch(3)
    made = first(problem)
    assert len(made) == len(problem.seats)
    assert not [f for rule in Policy().requirements for f in rule.explain(problem, made)]


def test_the_first_rotation_keeps_pins_and_what_is_legal_of_a_draft() -> None:
    problem = watch(0)
    one, other, third = (seat.key for seat in problem.seats[:3])
    drafted = replace(problem, pins={one: "p7"}, draft={other: "p7", third: "p9"})
    held = {seat.key: member.id for seat, member in first(drafted)}
    assert held[one] == "p7"
    assert held[other] != "p7"  # nobody holds two seats of a shift
    assert held[third] == "p9"


def test_the_first_rotation_gives_nobody_more_turns_than_they_take() -> None:
    problem = watch(0)
    few, *others = problem.members
    few = replace(few, most={"watch": 5})
    problem = replace(problem, members=(few, *others))
    made = first(problem)
    assert len(made) == len(problem.seats)
    assert len(made.turns(few)) == 5


def first(problem: Problem) -> Seating:
    model = Model(problem, fitting(problem, Policy()))
    return first_rotation(problem, Policy(), model, Seating(dict(problem.pinned)))
