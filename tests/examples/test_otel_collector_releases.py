"""Twelve releases with three seats each: what scenario D asks for."""

from __future__ import annotations

import runpy
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from scheduler.actions.plan import Planned
from scheduler.audit import audit
from scheduler.errors import BadFiles
from scheduler.files import read_team

FOLDER = Path(__file__).parents[2] / "examples" / "otel-collector-releases"
POOLS = {
    "core": {f"p{n:02}" for n in range(1, 12)},
    "contrib": {f"p{n:02}" for n in (*range(1, 9), *range(12, 16))},
    "artifacts": {f"p{n:02}" for n in (*range(1, 9), *range(16, 20))},
}
SEATS = tuple(enumerate(POOLS))


@pytest.fixture(scope="module")
def script() -> dict[str, Any]:
    return runpy.run_path(str(FOLDER / "one_leave.py"))


@pytest.fixture(
    scope="module", params=[(date(2026, 11, 9), "core"), (date(2026, 9, 14), "contrib")]
)
def result(
    request: pytest.FixtureRequest, script: dict[str, Any], tmp_path_factory: pytest.TempPathFactory
) -> Any:
    """Plans before and after a leave: of whoever holds a release alone, and of one of three."""
    folder = tmp_path_factory.mktemp("releases")
    found = script["leave"](folder, *request.param)
    # The roster is the one with the leave: the plan before it would break it.
    report = audit(folder, found.after.path)
    assert (report.broken, report.false_figures, report.empty) == ((), (), ())
    return found


def test_dates_are_the_published_ones(script: dict[str, Any]) -> None:
    published = script["published"]()
    assert len(published) == 12
    assert len(script["bundled"](published)) == 7
    (duty,) = read_team(FOLDER).duties
    assert [span.first for span in duty.cadence.spans(script["HORIZON"])] == list(published)


def test_bundling_is_preferred_and_not_forced(script: dict[str, Any], result: Any) -> None:
    for plan in (result.before, result.after):
        table = script["releases"](plan.rotation)
        alone = set(script["bundled"](table))
        may_do_all = {day for day, people in table.items() if people[0] in POOLS["contrib"]}
        assert alone == may_do_all
        assert 7 <= len(alone) < 12
        assert all(people[at] in POOLS[seat] for people in table.values() for at, seat in SEATS)
        assert {person for people in table.values() for person in people} == set().union(
            *POOLS.values()
        )


def test_one_leave_is_one_swap_of_two_people(script: dict[str, Any], result: Any) -> None:
    was, now = (script["releases"](plan.rotation) for plan in (result.before, result.after))
    one, other = result.moved
    assert result.day in (one, other)
    told = {p for day in (one, other) for p, q in zip(was[day], now[day], strict=True) if p != q}
    assert len(told) == 2
    assert result.person in told
    (partner,) = told - {result.person}
    exchange = {result.person: partner, partner: result.person}
    for day in (one, other):
        assert now[day] == tuple(exchange.get(person, person) for person in was[day])


def test_it_is_proved_that_no_fewer_turns_and_people_would_do(result: Any) -> None:
    tiers = {tier.name: tier for tier in result.after.rotation.tiers}
    moved = sum(
        one.member != other.member
        for one, other in zip(
            result.before.rotation.placed, result.after.rotation.placed, strict=True
        )
    )
    assert (tiers["draft"].price, tiers["people"].price) == (moved, 2)
    assert all_proved(result.before)
    assert all_proved(result.after)


def all_proved(plan: Planned) -> bool:
    return all(tier.proved for tier in plan.rotation.tiers)


def test_a_date_with_the_wrong_year_is_refused_at_its_line(tmp_path: Path) -> None:
    # As it was first published: v0.166.0 stood in the table with this date.
    shutil.copytree(FOLDER, tmp_path, dirs_exist_ok=True)
    duties = tmp_path / "duties.yaml"
    lines = duties.read_text(encoding="utf-8").splitlines(keepends=True)
    at = next(number for number, line in enumerate(lines) if "2026-11-23" in line)
    lines[at] = lines[at].replace("2026", "2025")
    duties.write_text("".join(lines), encoding="utf-8")
    with pytest.raises(BadFiles) as refused:
        read_team(tmp_path)
    (mistake,) = refused.value.mistakes
    assert (Path(mistake.file).name, mistake.line) == ("duties.yaml", at + 1)
    assert "2025-11-23" in mistake.sentence
    assert "correct the year" in mistake.sentence
