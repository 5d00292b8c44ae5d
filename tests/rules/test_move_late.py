"""MoveLate, counted by hand: weeks from a moved turn to the end of the horizon."""

from __future__ import annotations

from dataclasses import replace

from scheduler.domain.problem import Problem
from scheduler.rules.preferences.move_late import MoveLate
from tests.rules.builders import duty, roster, seated, someone
from tests.rules.halves import priced


def published() -> Problem:
    """Three weeks: Ana has the first and the last, Ben the second."""
    problem = roster([someone("Ana"), someone("Ben")], [duty("hub")], 3)
    holders = {4: "ana", 11: "ben", 18: "ana"}
    return replace(
        problem,
        published={(f"hub@2027-01-{day:02}", "lead"): who for day, who in holders.items()},
    )


def test_a_near_turn_costs_more_than_a_far_one() -> None:
    problem = published()
    near = seated(problem, hub_4_lead="ben", hub_11_lead="ben", hub_18_lead="ana")
    far = seated(problem, hub_4_lead="ana", hub_11_lead="ben", hub_18_lead="ben")
    assert priced(MoveLate(), problem, near) == 3
    assert priced(MoveLate(), problem, far) == 1


def test_kept_turns_cost_nothing() -> None:
    problem = published()
    kept = seated(problem, hub_4_lead="ana", hub_11_lead="ben", hub_18_lead="ana")
    assert priced(MoveLate(), problem, kept) == 0
