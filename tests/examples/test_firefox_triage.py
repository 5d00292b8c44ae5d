"""The seven Firefox rotas: the published figures, the roster made from them, and the plan."""

import runpy
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from scheduler.actions.assemble import assemble
from scheduler.files import read_team
from scheduler.solver import Limits, solve

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


def test_every_shift_is_held_and_nobody_ever_holds_two_rotas(compare: dict[str, Any]) -> None:
    team = read_team(FOLDER)
    problem = assemble(team, (), compare["PLANNED"])
    policy = replace(team.policy, tiers=team.policy.tiers[:2])
    outcome = solve(problem, policy, Limits(work=20))
    assert [(tier.name, tier.price, tier.proved) for tier in outcome.tiers] == [
        ("must", 0, True),
        ("doubles", 0, True),
    ]
    turns: Iterable[Any] = [
        compare["Turn"](seat.duty.id, member.id, seat.span) for seat, member in outcome.seating
    ]
    found = compare["figures"](turns)
    assert (len(list(turns)), found.doubles, found.triples) == (77, 0, 0)


def test_shifts_and_pools_are_the_published_ones(compare: dict[str, Any]) -> None:
    team = read_team(FOLDER)
    problem = assemble(team, (), compare["PLANNED"])
    told = list(compare["published"]())
    compared = {(t.rota, t.span) for t in told if t.span.overlaps(compare["COMPARED"])}
    assert {(seat.duty.id, seat.span) for seat in problem.seats} == compared
    pools = {(t.rota, t.person) for t in told}
    assert {(skill, m.id) for m in team.members for skill in m.skills} == pools
