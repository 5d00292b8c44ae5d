"""Two branches change one rotation: git merges them, or rota says what does not fit."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.actions.published import TRIAGE, published
from tests.actions.roster import JANUARY, change
from tests.cli.conftest import Rota

ROTATION = Path("moons", "rotations", f"{JANUARY}.yaml")
READERS = ("check", "show", "feeds", "diff", "cover", "replan")
Merge = Callable[[], bool]


def git(*arguments: str) -> subprocess.CompletedProcess[str]:
    who = {
        f"GIT_{role}_{what}": "ana@example.org"
        for role in ("AUTHOR", "COMMITTER")
        for what in ("NAME", "EMAIL")
    }
    environment = os.environ | who | {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    return subprocess.run(
        ["git", *arguments], check=False, capture_output=True, text=True, env=environment
    )


def commit(message: str) -> None:
    assert git("add", ".").returncode == 0
    assert git("commit", "--quiet", "--message", message).returncode == 0


@pytest.fixture
def team(folder: Path) -> Path:
    """January, published and committed on main; today is the 12th."""
    change(folder, "roster.yaml", "{id: ana,", "{id: ana, lead: true,")
    published(folder, t4="ana", t11="chi", t18="ben", t25="chi", release="ana")
    git("init", "--quiet", "--initial-branch=main")
    commit("January")
    return folder


@pytest.fixture
def two_covers(rota: Rota, team: Path) -> Merge:
    """Ben's turn is covered by Ana on one branch, Chi's by Ben on another; merges the second."""
    for branch, shift, member in (("one", TRIAGE[2], "ana"), ("two", TRIAGE[3], "ben")):
        git("switch", "--quiet", "--create", branch, "main")
        assert rota("cover", team, shift, "--to", member, "--write").code == 0
        commit(branch)
    git("switch", "--quiet", "main")
    assert git("merge", "--quiet", "one").returncode == 0
    return lambda: git("merge", "--quiet", "two").returncode == 0


def arguments(command: str, team: Path) -> tuple[str | Path, ...]:
    more: dict[str, tuple[str | Path, ...]] = {
        "audit": (ROTATION,),
        "cover": (TRIAGE[3],),
        "feeds": ("--out", "feeds"),
    }
    return command, team, *more.get(command, ())


def resolve(*, renumber: bool) -> None:
    """Keep of a seat and of the figures whichever side has a change, and both changes."""
    sides: list[list[str]] = [[], []]
    kept: list[str] = []
    side = -1
    for line in ROTATION.read_text(encoding="utf-8").splitlines():
        if line.startswith("<<<<<<<"):
            side, sides = 0, [[], []]
        elif line.startswith("======="):
            side = 1
        elif line.startswith(">>>>>>>"):
            side = -1
            kept += _both(*sides, renumber=renumber)
        else:
            (kept if side < 0 else sides[side]).append(line)
    ROTATION.write_text("\n".join(kept) + "\n", encoding="utf-8")


def _both(ours: list[str], theirs: list[str], *, renumber: bool) -> list[str]:
    if "changes:" not in ours:
        return ours
    (seat, _, change), (seat_too, *_, change_too) = ours, theirs
    covered = seat if "Covers" in seat else seat_too
    if renumber:
        change_too = change_too.replace("{id: 1,", "{id: 2,")
    return [covered, "changes:", change, change_too]


def holders() -> dict[str, str]:
    """Who the file says holds each triage."""
    shift, found = "", {}
    for line in ROTATION.read_text(encoding="utf-8").splitlines():
        if line.startswith("  - id: "):
            shift = line.removeprefix("  - id: ")
        elif "seat: lead" in line and "member: " in line and shift in TRIAGE:
            found[shift] = line.partition("member: ")[2].partition(",")[0]
    return found


def test_a_cover_and_a_leave_merge_cleanly(rota: Rota, team: Path) -> None:
    git("switch", "--quiet", "--create", "leave")
    change(team, "roster.yaml", "budget: 4h,", "budget: 4h, away: [2027-03-01],")
    commit("Leave")
    git("switch", "--quiet", "--create", "cover", "main")
    assert rota("cover", team, TRIAGE[3], "--to", "ben", "--write").code == 0
    commit("Cover")
    assert git("merge", "--quiet", "leave").returncode == 0
    assert rota("check", team).code == 0
    assert rota("audit", team, ROTATION).code == 0
    assert "1 turn moved" in rota("diff", team, "main").out


@pytest.mark.parametrize("command", [*READERS, "audit"])
def test_a_conflict_left_in_is_told_at_its_line(
    rota: Rota, team: Path, two_covers: Merge, command: str
) -> None:
    assert not two_covers()
    lines = ROTATION.read_text(encoding="utf-8").splitlines()
    line = next(n for n, text in enumerate(lines, 1) if text.startswith("<<<<<<<"))
    before = ROTATION.read_bytes()
    done = rota(*arguments(command, team))
    assert (done.code, done.out) == (2, "")
    said = " ".join(done.err.split())
    assert f"{JANUARY}.yaml:{line}:1: git could not merge two edits here" in said
    assert ROTATION.read_bytes() == before


# The audit looks at who serves when, not at how it came about.
@pytest.mark.parametrize("command", READERS)
def test_both_changes_with_one_number_are_refused(
    rota: Rota, team: Path, two_covers: Merge, command: str
) -> None:
    assert not two_covers()
    resolve(renumber=False)
    lines = ROTATION.read_text(encoding="utf-8").splitlines()
    done = rota(*arguments(command, team))
    assert (done.code, done.out) == (2, "")
    said = " ".join(done.err.split())
    assert f"{JANUARY}.yaml:{len(lines)}:" in said
    assert "change 1 comes after change 1; number the changes anew" in said


def test_the_file_of_main_and_the_second_command_again_keep_both(
    rota: Rota, team: Path, two_covers: Merge
) -> None:
    assert not two_covers()
    assert git("checkout", "--ours", str(ROTATION)).returncode == 0
    assert rota("cover", team, TRIAGE[3], "--to", "ben", "--write").code == 0
    commit("Both")
    assert (holders()[TRIAGE[2]], holders()[TRIAGE[3]]) == ("ana", "ben")
    assert rota("check", team).code == 0
    assert rota("audit", team, ROTATION).code == 0
    assert "2 turns moved" in rota("diff", team, "main~2").out


def test_both_changes_numbered_anew_are_both_in_force(
    rota: Rota, team: Path, two_covers: Merge
) -> None:
    assert not two_covers()
    resolve(renumber=True)
    assert (holders()[TRIAGE[2]], holders()[TRIAGE[3]]) == ("ana", "ben")
    commit("Both")
    assert rota("check", team).code == 0
    assert rota("audit", team, ROTATION).code == 0
    told = rota("diff", team, "main~2").out
    assert "2 turns moved" in told
    assert "Change 1: cover by Ben Okafor" in told
    assert "Change 2: cover by Chi Nguyen" in told


def test_a_change_whose_seat_went_back_in_the_merge_is_refused(
    rota: Rota, team: Path, two_covers: Merge
) -> None:
    assert not two_covers()
    resolve(renumber=True)
    change(
        team, f"rotations/{JANUARY}.yaml", "effort: 180, member: ben,", "effort: 180, member: chi,"
    )
    done = rota("check", team)
    assert done.code == 2
    assert "above it is held by chi" in " ".join(done.err.split())
