"""Bounds by the linear relaxation, counted by hand: what half a turn here and half there costs."""

from __future__ import annotations

from dataclasses import replace

from scheduler.domain.fairness import entitled, with_ledgers
from scheduler.domain.problem import Problem
from scheduler.rules.card import Preference
from scheduler.rules.model import Model
from scheduler.rules.preferences.even_kinds import EvenKinds
from scheduler.rules.preferences.rest import Rest
from scheduler.rules.requirements.distinct_seats import DistinctSeats
from scheduler.solver.relaxation import least
from scheduler.solver.rows import Rows, line
from tests.rules.builders import HOUR, duty, on, roster, seat, someone

TEAM = [someone("Ana"), someone("Ben")]


def bound(rule: Preference, problem: Problem) -> int:
    """What the rule costs at least where every seat is filled, by people or by parts of them, and
    nobody has two seats of a shift."""
    model = Model(problem)
    DistinctSeats().enforce(model, problem)
    for each in problem.seats:
        model.at_least(model.filled(each), 1)
    rows = Rows()
    goal = line(model, rule.cost(model, problem))
    rows.follow(model)
    found = least(rows, goal)
    assert found is not None
    return found


def test_half_a_turn_in_each_of_two_seats_is_a_turn() -> None:
    hub = duty("hub", seat(), seat("secondary"))
    assert bound(Rest(weight=1), roster(TEAM, [hub], weeks=2)) == 2
    assert bound(Rest(weight=1), roster(TEAM, [hub], weeks=4)) == 2 * 3
    assert bound(Rest(weight=1), roster([*TEAM, someone("Chi")], [hub], weeks=2)) == 1


def test_seats_that_one_person_may_hold_together_leave_the_other_free() -> None:
    hub = duty("hub", seat(), seat("secondary"), together=True)
    assert bound(Rest(weight=1), roster(TEAM, [hub], weeks=2)) == 0


def test_a_part_of_a_turn_does_not_hide_in_what_is_free() -> None:
    hub = duty("hub")
    ship = replace(duty("ship", seat(effort=10 * HOUR)), kind="releases")
    problem = roster(TEAM, [hub, ship])
    pairs = [(s, m) for s in problem.seats for m in problem.members]
    problem = with_ledgers(entitled(problem, problem.members), pairs)
    # Five hours of the release would be even: half a turn each is, and there is no half a turn.
    assert bound(EvenKinds(slack=0), problem) == 5 + 2


def test_turns_in_a_crowd_are_counted_together() -> None:
    hub = duty("hub", cadence=on((4, 5), (6, 7), (8, 9), (10, 11)), rest=14)
    # Of three turns one of the two people has two, of four turns each has.
    assert bound(Rest(weight=1), roster(TEAM, [hub], weeks=1)) == 2
    three = duty("hub", cadence=on((4, 5), (6, 7), (8, 9)), rest=14)
    assert bound(Rest(weight=1), roster(TEAM, [three], weeks=1)) == 1
    # The last one is far enough from the first: with one and the last, three turns cost nothing.
    far = duty("hub", cadence=on((4, 5), (6, 7), (8, 9)), rest=2)
    assert bound(Rest(weight=1), roster(TEAM, [far], weeks=1)) == 0
