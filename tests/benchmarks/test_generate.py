"""Made-up rosters: the same for the same seed, without mistakes, and with what real teams have."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from benchmarks.census import Work, census, read
from benchmarks.generate import generate
from benchmarks.sizes import SIZES
from scheduler.audit import audit
from scheduler.files import rotation_path

TEAM = SIZES["team"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("team")
    generate(TEAM, 1, folder)
    return folder


@pytest.fixture(scope="module")
def work(folder: Path) -> Work:
    return read(folder, TEAM.horizon)


def _files(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*.yaml")}


def test_the_same_seed_makes_the_same_files(folder: Path, tmp_path: Path) -> None:
    generate(TEAM, 1, tmp_path / "again")
    generate(TEAM, 2, tmp_path / "other")
    assert _files(tmp_path / "again") == _files(folder)
    assert _files(tmp_path / "other")["roster.yaml"] != _files(folder)["roster.yaml"]


@pytest.mark.parametrize("name", ["team", "large-team", "organisation"])
def test_a_roster_has_its_size(name: str, tmp_path: Path) -> None:
    size = SIZES[name]
    generate(size, 1, tmp_path)
    problem = read(tmp_path, size.horizon).problem
    assert (len(problem.members), len(problem.duties)) == (size.members, size.duties)
    # As many seats as duties × weeks, give or take a quarter.
    assert len(problem.seats) == pytest.approx(size.duties * size.weeks, rel=0.25)


def test_somebody_may_hold_each_must_seat(work: Work) -> None:
    able = Counter(seat for seat, _ in work.pairs)
    assert min(able[seat] for seat in work.problem.seats if seat.must) > 0


def test_a_roster_has_what_real_teams_have(tmp_path: Path) -> None:
    size = SIZES["organisation"]
    generate(size, 1, tmp_path)
    problem = read(tmp_path, size.horizon).problem
    members, duties = problem.members, problem.duties
    assert len({member.timezone for member in members}) >= 5
    assert len({duty.cadence for duty in duties}) >= 7
    for some in (
        [m for m in members if len(m.days) < 5],
        [m for m in members if m.away],
        [m for m in members if m.directed],
        [m for m in members if m.goals],
        [m for m in members if m.wishes],
        [duty for duty in duties if duty.clock],
        [duty for duty in duties if duty.rest],
        [duty for duty in duties if any(plan.offset for plan in duty.seats)],
        [seat for seat in problem.seats if seat.is_shadow],
        problem.apart,
        problem.past,
    ):
        assert some


def test_the_quarter_before_keeps_every_requirement(folder: Path) -> None:
    report = audit(folder, rotation_path(folder, f"{TEAM.past.first}_{TEAM.past.last}"))
    assert (report.broken, report.false_figures) == ((), ())
    assert report.turns > 0


def test_the_census_counts_seats_and_pairs(work: Work) -> None:
    told = census(work)
    assert f"{len(work.problem.seats)} seats, {len(work.pairs)} eligible pairs" in told
    assert "0 that nobody may hold" in told
