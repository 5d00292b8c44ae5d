"""KeepPublished, counted by hand: every published turn that moves, and nothing else."""

from __future__ import annotations

from dataclasses import replace

from scheduler.domain.problem import Problem
from scheduler.rules.preferences.keep_published import KeepPublished
from tests.rules.builders import duty, roster, seated, someone
from tests.rules.halves import priced

FIRST, SECOND = ("hub@2027-01-04", "lead"), ("hub@2027-01-11", "lead")


def published() -> Problem:
    """Two weeks: Ana has the first, Ben the second."""
    problem = roster([someone("Ana"), someone("Ben")], [duty("hub")], 3)
    return replace(problem, published={FIRST: "ana", SECOND: "ben"})


def test_an_unchanged_rotation_costs_nothing() -> None:
    problem = published()
    kept = seated(problem, hub_4_lead="ana", hub_11_lead="ben", hub_18_lead="ana")
    assert priced(KeepPublished(), problem, kept) == 0


def test_another_holder_and_nobody_both_count_one() -> None:
    problem = published()
    assert priced(KeepPublished(), problem, seated(problem, hub_4_lead="ben")) == 2
    assert priced(KeepPublished(), problem, seated(problem, hub_11_lead="ben")) == 1


def test_a_turn_of_somebody_who_has_left_is_no_move() -> None:
    problem = replace(published(), published={FIRST: "gone", SECOND: "ben"})
    assert priced(KeepPublished(), problem, seated(problem, hub_11_lead="ben")) == 0
