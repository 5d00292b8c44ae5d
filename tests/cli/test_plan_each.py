"""``rota plan rosters/*``: print in order, go on past mistakes, leave with the worst code."""

from __future__ import annotations

import json
import shutil
import signal
import time
from pathlib import Path

import psutil
import pytest

from tests.actions.roster import change, roster
from tests.cli.conftest import Rota
from tests.cli.test_process import running

DAYS = ("--from", "2027-01-04", "--to", "2027-01-31", "--jobs", "1")
HOUSE = Path(__file__).parents[2]


@pytest.fixture
def rosters(tmp_path: Path) -> list[Path]:
    """What a shell makes of ``rosters/*``: two teams, and a file beside them."""
    folder = tmp_path / "rosters"
    teams = [roster(folder / name) for name in ("ash", "elm")]
    page = folder / "README.md"
    page.write_text("Our teams", encoding="utf-8")
    return [page, *teams]


def test_every_team_is_printed_under_its_folder_in_order(rota: Rota, rosters: list[Path]) -> None:
    done = rota("plan", *rosters, *DAYS, "--write")
    assert done.code == 0
    heads = [line for line in done.out.splitlines() if line.startswith("== ")]
    assert heads == [f"== {folder}" for folder in rosters[1:]]
    assert done.out.count("Wrote ") == 2


def test_the_worst_exit_code_is_that_of_the_call(rota: Rota, rosters: list[Path]) -> None:
    change(rosters[1], "duties.yaml", "cadence: weekly", "cadence: weeky")
    done = rota("plan", *rosters, *DAYS)
    assert done.code == 2
    assert 'ash/duties.yaml:9:14: "weeky" is not a cadence' in done.err
    assert "5 of 5 seats filled" in done.out


def test_json_is_a_list_with_a_document_or_an_error_for_each(
    rota: Rota, rosters: list[Path]
) -> None:
    rosters[2].joinpath("roster.yaml").unlink()
    done = rota("plan", *rosters, *DAYS, "--json")
    ash, elm = json.loads(done.out)
    assert (ash["roster"], ash["exit_code"]) == (str(rosters[1]), 0)
    assert ash["rotation"]["schema"] == 1
    assert (elm["roster"], elm["exit_code"]) == (str(rosters[2]), 2)
    assert "roster.yaml" in elm["error"]
    assert done.code == 2


def test_without_any_folder_there_is_nothing_to_plan(rota: Rota, rosters: list[Path]) -> None:
    done = rota("plan", rosters[0], rosters[0], *DAYS)
    assert done.code == 2
    assert "None of these is a folder" in done.err


def wait_until_they_solve(pid: int) -> None:
    """Until two processes have worked for longer than it takes to import all, but not to plan."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        children = psutil.Process(pid).children()
        if sum(child.cpu_times().user > 3 for child in children) >= 2:
            return
        time.sleep(0.05)
    raise AssertionError("the processes never began")


def test_ctrl_c_ends_the_processes_and_keeps_what_they_have(tmp_path: Path) -> None:
    teams = [shutil.copytree(HOUSE / "rosters/2i2c", tmp_path / n) for n in ("ash", "elm")]
    asked = [str(team) for team in teams]
    with running("plan", *asked, "--quarter", "2027-Q1", "--jobs", "2", "--write") as process:
        wait_until_they_solve(process.pid)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert "Traceback" not in err
    assert (process.returncode, out.count("Wrote ")) == (0, 2)
    for team in teams:
        kept = team.joinpath("rotations", "2027-Q1.yaml").read_text(encoding="utf-8")
        assert "interrupted: true" in kept
