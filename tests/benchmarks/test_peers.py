"""The peers plan a small team; the audit finds nothing broken but where a peer is known for it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.census import read
from benchmarks.facts import facts
from benchmarks.found import Found, Missing, Run
from benchmarks.generate import generate
from benchmarks.judge import Verdict, judge
from benchmarks.peers import greedy, milp, minizinc, ours, plain_cp_sat, round_robin, timefold
from benchmarks.seating import seating_of
from benchmarks.sizes import SIZES
from benchmarks.unbanded import unbanded
from scheduler.domain.fairness import loads
from scheduler.domain.rotation import TierResult
from tests.needs import absent, program

TEAM = SIZES["team"]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    folder = tmp_path_factory.mktemp("team")
    generate(TEAM, 1, folder)
    work = read(folder, TEAM.horizon)
    return Run(work, facts(work), seconds=2)


def _sound(run: Run, found: Found) -> Verdict:
    verdict = judge(run.work, found)
    assert verdict.false_figures == ()
    assert verdict.filled == len(found.holders)
    return verdict


@pytest.mark.parametrize("peer", [greedy, plain_cp_sat, milp, ours])
def test_a_plan_keeps_every_requirement(peer: object, run: Run) -> None:
    found: Found = peer.plan(run)  # type: ignore[attr-defined]  # the peers are modules
    verdict = _sound(run, found)
    assert (verdict.broken, verdict.must_missed) == ({}, 0)
    assert found.first is not None


def test_round_robin_breaks_the_weekly_budget(run: Run) -> None:
    assert _sound(run, round_robin.plan(run)).broken.get("weekly_budget", 0) > 0


def test_gecode_keeps_every_requirement(run: Run) -> None:
    program("minizinc")
    verdict = _sound(run, minizinc.plan(run))
    assert (verdict.broken, verdict.must_missed) == ({}, 0)


def test_timefold_fills_most_seats(run: Run) -> None:
    if not timefold.PYTHON.exists():
        absent("Timefold")
    program("java")
    verdict = _sound(run, timefold.plan(Run(run.work, run.facts, seconds=15)))
    assert verdict.filled > verdict.seats // 2


def test_what_is_missing_is_named(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timefold, "PYTHON", Path("nowhere"))
    monkeypatch.setenv("PATH", "")
    with pytest.raises(Missing, match="Java"):
        timefold.plan(run)
    with pytest.raises(Missing, match="minizinc"):
        minizinc.plan(run)


def test_no_plan_as_good_has_a_highest_share_below_the_bound_without_bands(run: Run) -> None:
    found = ours.plan(run)
    bounded = unbanded(run.work, found)
    problem = run.work.problem
    served = loads(problem, seating_of(run.work, found.holders))
    due = {m: entitled for m, entitled in problem.entitlements.items() if entitled}
    assert bounded.highest == pytest.approx(max(1000 * served[m] / due[m] for m in due))
    # All of the work is held by somebody, so that the highest is above the mean.
    assert 1000 * sum(served.values()) / sum(due.values()) <= bounded.least <= bounded.highest
    claimed = TierResult("fairness", (1150,), (1150,), proved=True)
    assert unbanded(run.work, replace(found, tiers=(claimed,))).least == 1150 - 50


def test_close_counts_the_tiers_up_to_the_highest_share() -> None:
    must = TierResult("must", 0, 0, proved=True)
    fairness = TierResult("fairness", (1050, 1050), (1050, 0), proved=False)
    growth = TierResult("growth", 50, 0, proved=False)
    events = [
        (0.1, "must", 1, 0, 0),
        (0.2, "fairness", 1, 22, 10),
        (0.4, "fairness", 1, 21, 21),
        (0.8, "fairness", 2, 2, 1),
        (1.6, "growth", 1, 50, 0),
    ]
    assert ours.close(events, [must, fairness, growth], 3.0) == 0.4
    assert ours.close(events, [must, growth, fairness], 3.0) is None
    far = replace(fairness, bound=(1000, 0))
    assert ours.close(events, [must, far, growth], 3.0) is None
