"""Two support seats that share a shrinking pool: what scenario A asks for."""

from __future__ import annotations

import runpy
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import combinations, product
from pathlib import Path
from typing import Any

import pytest

from scheduler.actions.assemble import assemble, history
from scheduler.actions.check import check
from scheduler.actions.plan import Planned
from scheduler.audit import audit
from scheduler.domain.problem import Problem
from scheduler.domain.rotation import Seating
from scheduler.domain.shifts import Seat
from scheduler.files import Team, read_rotations, read_team
from scheduler.review.scorecard import score

FOLDER = Path(__file__).parents[2] / "examples" / "2i2c-support"
NOW = datetime(2023, 4, 1, tzinfo=UTC)


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


def test_a_fifth_person_moves_as_few_turns_as_possible(tmp_path: Path) -> None:
    joined = runpy.run_path(str(FOLDER / "fifth_person.py"))["join"](tmp_path)
    draft = next(tier for tier in joined.five.rotation.tiers if tier.name == "draft")
    assert (draft.price, draft.proved) == (len(joined.moved), True)
    assert 0 < len(joined.moved) <= 3
    assert all(shift[8:18] >= "2024-02-12" for shift in joined.moved)
    assert {after for _, after in joined.moved.values()} == {"person-09"}

    # A second opinion: whatever moves fewer turns is forbidden, or less fair than this.
    team = read_team(tmp_path)
    earlier = history(read_rotations(tmp_path), joined.five.rotation.horizon)
    problem = assemble(team, earlier, joined.five.rotation.horizon)
    problem = replace(problem, draft={s.key: s.member for s in joined.four.rotation.assignments})
    reached = _goals(team, problem, _seating(problem, joined.five))
    for other in _nearer(problem, _seating(problem, joined.four), len(joined.moved)):
        assert reached < _goals(team, problem, other)


def _seating(problem: Problem, plan: Planned) -> Seating:
    turns = plan.rotation.assignments
    return Seating({problem.seat_by_key[t.key]: problem.member_by_id[t.member] for t in turns})


def _goals(team: Team, problem: Problem, seating: Seating) -> tuple[int, ...]:
    """What comes before the number of moved turns, the most important first."""
    broken = sum(1 for rule in team.policy.requirements for _ in rule.explain(problem, seating))
    prices = dict(score(problem, team.policy, seating).tiers)
    before = [prices[tier] for tier in ("must", "backlog", "rest", "ceiling")]
    return broken, *(price for price in before if isinstance(price, int))


def _nearer(problem: Problem, draft: Seating, moved: int) -> Iterator[Seating]:
    """Every rotation that moves fewer turns than so many."""
    free: list[Seat] = [seat for seat in problem.seats if seat.key not in problem.pins]
    for count in range(moved):
        for seats in combinations(free, count):
            for people in product(problem.members, repeat=count):
                yield Seating({**draft.holders, **dict(zip(seats, people, strict=True))})
