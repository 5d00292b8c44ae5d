"""Many teams in one call: what comes of each is what comes of it alone."""

from __future__ import annotations

import pickle
from dataclasses import replace
from pathlib import Path

import pytest

from scheduler.actions.plan import Interrupt, Planned, Prepared, make, plan, prepare
from scheduler.actions.plan_each import Ended, plan_each
from scheduler.actions.side_by_side import side_by_side
from scheduler.errors import BadFiles, Refused
from scheduler.solver.components import parts
from tests.actions.roster import change, request, roster


@pytest.fixture
def folders(tmp_path: Path) -> list[Path]:
    return [roster(tmp_path / "rosters" / name) for name in ("ash", "elm", "oak")]


def written(folder: Path) -> bytes:
    (path,) = folder.joinpath("rotations").iterdir()
    return path.read_bytes()


def results(ends: list[Ended]) -> list[Planned]:
    assert all(isinstance(end.result, Planned) for end in ends)
    return [end.result for end in ends if isinstance(end.result, Planned)]


def test_what_travels_survives_the_journey(folders: list[Path]) -> None:
    prepared = prepare(folders[0], request())
    moved: Prepared = pickle.loads(pickle.dumps(prepared))
    made = make(moved)
    assert made.rotation == make(prepared).rotation
    assert pickle.loads(pickle.dumps(made)).rotation == made.rotation


def test_processes_write_the_bytes_that_one_after_the_other_writes(
    folders: list[Path], tmp_path: Path
) -> None:
    alone = roster(tmp_path / "alone")
    plan(alone, request())
    with side_by_side(2) as executor:
        ends = list(plan_each(folders, request(), executor=executor))
    assert [end.folder for end in ends] == folders
    assert [end.exit_code for end in ends] == [0, 0, 0]
    assert {written(folder) for folder in folders} == {written(alone)}


def test_one_that_cannot_be_planned_does_not_stop_the_others(folders: list[Path]) -> None:
    change(folders[1], "duties.yaml", "cadence: weekly", "cadence: weeky")
    first, second, third = plan_each(folders, request())
    assert isinstance(second.result, BadFiles)
    assert "elm/duties.yaml:9" in str(second.result)
    assert second.exit_code == 2
    assert all(planned.written for planned in results([first, third]))


def test_a_draft_that_stands_is_not_planned_again(folders: list[Path]) -> None:
    plan(folders[1], request())
    ends = list(plan_each(folders, request()))
    assert [planned.stood for planned in results(ends)] == [False, True, False]


def test_a_draft_changed_meanwhile_is_left_as_it_is(folders: list[Path]) -> None:
    ends = plan_each(folders[:2], request())
    next(ends)
    # The second one was read before the first one was solved.
    plan(folders[1], request())
    before = written(folders[1])
    (end,) = ends
    assert isinstance(end.result, Refused)
    assert "was changed while this plan was made" in str(end.result)
    assert written(folders[1]) == before


def test_after_ctrl_c_what_has_not_begun_is_told_and_not_written(folders: list[Path]) -> None:
    interrupt = Interrupt()
    ends = plan_each(folders, request(), interrupt=interrupt)
    assert results([next(ends)])[0].written
    interrupt.set()
    for end in ends:
        assert isinstance(end.result, Refused)
        assert "before it was ready" in str(end.result)
        assert not end.folder.joinpath("rotations").exists()


def test_teams_are_read_a_batch_at_a_time(
    folders: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scheduler.actions.plan_each.BATCH", 2)
    ends = plan_each(folders, request())
    next(ends)
    # The third one is read only now.
    folders[2].joinpath("roster.yaml").unlink()
    assert [end.exit_code for end in ends] == [0, 2]


def test_a_single_job_needs_no_process() -> None:
    with side_by_side(1) as executor:
        assert executor is None


def test_a_plan_made_fast_says_so_and_is_not_taken_for_final(folders: list[Path]) -> None:
    quick = replace(request(), fast=True)
    planned = plan(folders[0], quick)
    assert planned.rotation.interrupted
    assert any("--fast" in note for note in planned.notes)
    usual = plan(folders[1], request())
    assert [t.price for t in planned.rotation.tiers] == [t.price for t in usual.rotation.tiers]
    again = plan(folders[0], request())
    assert not again.stood
    assert not again.rotation.interrupted


SECOND_TEAM = """\
  - id: docs
    name: Docs
    kind: triage
    why: Newcomers find their way
    cadence: weekly
    effort: 2h
    skill: docs
    seats: [lead]
"""


def with_a_second_team(folder: Path, work: str, members: str) -> None:
    path = folder / "duties.yaml"
    path.write_text(path.read_text(encoding="utf-8") + work, encoding="utf-8")
    change(folder, "duties.yaml", ", share: 70%", "")
    change(folder, "roster.yaml", "  - {id: chi", f"{members}\n  - {{id: chi")


def test_duties_that_share_nobody_are_named(folders: list[Path]) -> None:
    with_a_second_team(folders[0], SECOND_TEAM, "  - {id: dee, budget: 4h, skills: [docs]}")
    planned = plan(folders[0], request())
    (note,) = planned.notes
    assert note == "These duties share nobody and were planned apart: triage, release; docs."
    assert all(tier.proved for tier in planned.rotation.tiers)


def test_a_duty_is_not_said_to_share_nobody_with_itself(folders: list[Path]) -> None:
    work = SECOND_TEAM.replace("[lead]", "[lead, {seat: reader, skill: prose}]")
    dee = "  - {id: dee, budget: 4h, skills: [docs]}"
    eli = "  - {id: eli, budget: 4h, skills: [prose]}"
    with_a_second_team(folders[0], work, f"{dee}\n{eli}")
    prepared = prepare(folders[0], request())
    assert len(parts(prepared.problem, prepared.team.policy)) == 3
    assert make(prepared).notes == ()
