"""Two support seats that share a shrinking pool: what scenario A asks for."""

from __future__ import annotations

import runpy
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from scheduler.actions.assemble import history
from scheduler.actions.check import check
from scheduler.actions.plan import Planned
from scheduler.actions.remainder import remainder
from scheduler.audit import audit
from scheduler.domain.problem import Problem
from scheduler.domain.rotation import Seating
from scheduler.files import Team, read_rotations, read_team
from scheduler.review.scorecard import score

FOLDER = Path(__file__).parents[2] / "examples" / "2i2c-support"
NOW = datetime(2023, 4, 1, tzinfo=UTC)
TODAY = date(2024, 2, 9)


@pytest.fixture(scope="module")
def compare() -> dict[str, Any]:
    return runpy.run_path(str(FOLDER / "compare_terms.py"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("support")


@pytest.fixture(scope="module")
def plans(compare: dict[str, Any], folder: Path) -> list[Planned]:
    result: list[Planned] = compare["planned"](folder)
    return result


def test_the_roster_is_what_the_script_makes_of_the_table() -> None:
    files: Callable[[], dict[str, str]] = runpy.run_path(str(FOLDER / "make_people.py"))["files"]
    for name, text in files().items():
        assert (FOLDER / name).read_text(encoding="utf-8") == text


def test_the_pools_shrink_as_they_did() -> None:
    members = read_team(FOLDER).members
    for day, people in ((date(2023, 6, 1), 7), (date(2023, 7, 3), 7), (date(2023, 10, 2), 4)):
        assert sum(member.belongs_on(day) for member in members) == people


@pytest.mark.parametrize(
    ("quarter", "warned"),
    [("2023-Q2", []), ("2023-Q4", ["4 people for 2 seats, each serves 14 of 28 days"])],
)
def test_the_check_tells_before_planning_that_four_are_too_few(
    quarter: str, warned: list[str]
) -> None:
    told = check(FOLDER, NOW, quarter).forecast
    assert list(told) == [f"support: {what}, above the ceiling of 40%" for what in warned]


def test_every_seat_is_held_and_the_audit_finds_nothing(plans: list[Planned], folder: Path) -> None:
    for plan in plans:
        assert plan.rotation.unfilled == ()
        report = audit(folder, plan.path)
        assert (report.broken, report.false_figures) == ((), ())


def test_never_in_both_seats_and_never_two_terms_back_to_back(
    compare: dict[str, Any], plans: list[Planned]
) -> None:
    was, now = (
        compare["figures"](held) for held in (compare["published"](), compare["held"](plans))
    )
    assert (was.both_seats, was.back_to_back) == (21, 3)
    assert (now.both_seats, now.back_to_back) == (0, 0)
    assert max(now.stretches) == 14
    assert min(now.rests) >= 7
    for plan in plans:
        rest = next(tier for tier in plan.rotation.tiers if tier.name == "rest")
        assert (rest.price, rest.proved) == (0, True)


def test_leave_is_respected(plans: list[Planned]) -> None:
    members = {member.id: member for member in read_team(FOLDER).members}
    for turn in (turn for plan in plans for turn in plan.rotation.assignments):
        assert not any(members[turn.member].away_on(day) for day in turn.span.working_days)


# --------------------------------------------------------------------------- a fifth person


@pytest.fixture(scope="module")
def joined(tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder = tmp_path_factory.mktemp("fifth")
    return runpy.run_path(str(FOLDER / "fifth_person.py"))["join"](folder), folder


def test_a_fifth_person_moves_no_published_turn(joined: Any) -> None:
    (least, _), _ = joined
    stay = next(tier for tier in least.outcome.tiers if tier.name == "stay")
    assert (stay.price, stay.bound, stay.proved) == (0, 0, True)
    assert least.changes.moved == ()
    assert least.idle == ("person-09",)


def test_of_the_turns_on_offer_only_those_are_spent_that_buy_fairness(joined: Any) -> None:
    (_, fair), folder = joined
    assert [step.moved for step in fair.steps] == [0, 1, 2]
    highest = [step.highest for step in fair.steps]
    assert highest == sorted(highest, reverse=True)
    assert len({*highest}) == 3
    assert {change.now for change in fair.changes.moved} == {"person-09"}
    assert all(change.after.span.first >= date(2024, 2, 12) for change in fair.changes.moved)
    assert fair.written
    assert fair.rotation.changes[-1].kind.value == "replan"
    report = audit(folder, fair.path)
    assert (report.broken, report.false_figures) == ((), ())


def test_no_plan_that_moves_fewer_turns_is_as_fair(joined: Any) -> None:
    """A second opinion without a solver: every plan with one moved turn, and with none."""
    (_, fair), folder = joined
    team, rotations = read_team(folder), read_rotations(folder)
    before = fair.before
    problem = remainder(team, [*history(rotations, before.horizon), before], before, TODAY).problem
    coming = {seat.key: seat for seat in problem.seats}
    stood = Seating(dict(problem.stood))
    after = Seating(
        {
            coming[p.key]: problem.member_by_id[p.member]
            for p in fair.rotation.assignments
            if p.key in coming
        }
    )
    reached = _goals(team, problem, after)
    nearer = [stood, *(stood.plus(s, m) for s in problem.seats for m in problem.members)]
    assert len(nearer) > 20
    assert all(reached < _goals(team, problem, other) for other in nearer)


def _goals(team: Team, problem: Problem, seating: Seating) -> tuple[Any, ...]:
    """What comes before the number of moved turns or is what they are spent for, in order."""
    broken = sum(1 for rule in team.policy.requirements for _ in rule.explain(problem, seating))
    prices = dict(score(problem, team.policy, seating).tiers)
    return broken, *(prices[tier] for tier in ("must", "backlog", "rest", "fairness"))
