"""The seven Firefox rotas: the published figures, the roster made from them, and the plan."""

import runpy
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from scheduler.actions.assemble import assemble
from scheduler.actions.plan import Planned
from scheduler.audit import audit
from scheduler.files import read_team, rotation_path, write_rotation

FOLDER = Path(__file__).parents[2] / "examples" / "firefox-triage"


@pytest.fixture(scope="module")
def compare() -> dict[str, Any]:
    return runpy.run_path(str(FOLDER / "compare.py"))


def test_the_published_figures_are_those_of_the_source(compare: dict[str, Any]) -> None:
    found = compare["figures"](compare["published"]())
    assert (found.doubles, found.triples) == (154, 33)
    assert len(found.load) == 20
    assert (min(found.load.values()), max(found.load.values())) == (22, 199)


def test_the_roster_is_what_the_script_makes_of_the_table() -> None:
    files: Callable[[], dict[str, str]] = runpy.run_path(str(FOLDER / "make_roster.py"))["files"]
    for name, text in files().items():
        assert (FOLDER / name).read_text(encoding="utf-8") == text


@pytest.fixture(scope="module")
def planned(compare: dict[str, Any]) -> Planned:
    result: Planned = compare["planned"]()
    assert all(tier.proved for tier in result.rotation.tiers)
    return result


@pytest.fixture(scope="module")
def figures(compare: dict[str, Any], planned: Planned) -> Any:
    return compare["figures"](turns(compare, planned))


def turns(compare: dict[str, Any], planned: Planned) -> list[Any]:
    return [compare["Turn"](t.duty, t.member, t.span) for t in planned.rotation.assignments]


def test_every_shift_is_held_and_nobody_ever_holds_two_rotas(
    planned: Planned, figures: Any
) -> None:
    tiers = {tier.name: tier.price for tier in planned.rotation.tiers}
    assert (tiers["must"], tiers["doubles"]) == (0, 0)
    assert (len(planned.rotation.assignments), planned.rotation.unfilled) == (77, ())
    assert (figures.doubles, figures.triples) == (0, 0)


def test_load_differs_far_less_among_people_of_the_same_eligibility(
    compare: dict[str, Any], planned: Planned, figures: Any
) -> None:
    told = list(compare["published"]())
    before = compare["figures"](told)
    assert max(figures.load.values()) - min(figures.load.values()) < (199 - 22) / 2
    rotas = {turn.rota for turn in told}
    groups = [people for name, people in compare["alike"](told).items() if name in rotas]
    assert [len(people) for people in groups] == [2, 5, 3]
    spreads = []
    for people in groups:
        was, now = ([found.load.get(p, 0) for p in people] for found in (before, figures))
        # One turn is the least by which whole shifts can differ.
        assert max(now) - min(now) <= max(
            t.span.days for t in turns(compare, planned) if t.person in people
        )
        assert relative(now) < relative(was)
        spreads.append((max(was) - min(was), max(now) - min(now)))
    assert 2 * sum(now for _, now in spreads) < sum(was for was, _ in spreads)


def relative(loads: list[int]) -> float:
    """How far the loads of a group lie apart, by their mean."""
    return (max(loads) - min(loads)) * len(loads) / sum(loads)


def test_the_audit_accepts_the_plan(planned: Planned, tmp_path: Path) -> None:
    shutil.copytree(FOLDER, tmp_path, dirs_exist_ok=True)
    write_rotation(tmp_path, planned.rotation)
    report = audit(tmp_path, rotation_path(tmp_path, planned.rotation.name))
    assert (report.broken, report.false_figures, report.empty) == ((), (), ())
    assert (report.days_with_two, report.days_with_three) == (0, 0)


def test_shifts_and_pools_are_the_published_ones(compare: dict[str, Any]) -> None:
    team = read_team(FOLDER)
    problem = assemble(team, (), compare["PLANNED"])
    told = list(compare["published"]())
    compared = {(t.rota, t.span) for t in told if t.span.overlaps(compare["COMPARED"])}
    assert {(seat.duty.id, seat.span) for seat in problem.seats} == compared
    pools = {(t.rota, t.person) for t in told}
    assert {(skill, m.id) for m in team.members for skill in m.skills} == pools
