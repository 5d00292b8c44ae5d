"""The commands of changes, as a person or a program calls them."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
from pathlib import Path

import pytest

from tests.actions.published import TRIAGE, published
from tests.actions.roster import JANUARY, change
from tests.cli.conftest import Rota

MANUAL = Path(__file__).parents[2] / "docs"


@pytest.fixture
def team(folder: Path) -> Path:
    """The small roster with January published; today is the 12th."""
    change(folder, "roster.yaml", "{id: ana,", "{id: ana, lead: true,")
    published(folder, t4="ana", t11="chi", t18="ben", t25="chi", release="ana")
    return folder


def one_line(text: str) -> str:
    return " ".join(text.split())


def test_the_commands_of_the_manual_work_in_their_order(
    rota: Rota, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = MANUAL.joinpath("changes.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"```console\n(.*?)```", page, re.DOTALL)
    commands = [shlex.split(line) for line in block.splitlines()]
    assert [words[1] for words in commands] == ["cover", "cover", "swap", "override", "undo"]
    monkeypatch.chdir(tmp_path)
    quarter = ("my-team", "--quarter", "2027-Q1")
    for before in (("init", "my-team"), ("plan", *quarter, "--write"), ("publish", *quarter)):
        assert rota(*before).code == 0
    for _, *arguments in commands:
        done = rota(*arguments)
        assert done.code == 0, done.err


def test_a_cover_tells_who_may_and_who_may_not(rota: Rota, team: Path) -> None:
    change(
        team,
        "roster.yaml",
        "reason: honeymoon}",
        "reason: honeymoon}, {first: 2027-01-25, last: 2027-01-29}",
    )
    done = rota("cover", team, TRIAGE[3])
    assert done.code == 0
    assert "Ben Okafor is away then" in done.out
    assert "honeymoon" not in done.out
    assert f"rota cover moons {TRIAGE[3]}/lead --to ana --write" in done.out
    assert max(map(len, done.out.splitlines())) <= 80


def test_a_change_is_told_in_sentences(rota: Rota, team: Path) -> None:
    change(
        team,
        "roster.yaml",
        "skills: [triage]\n",
        "skills: [triage]\n    wishes: {triage: rather not}\n",
    )
    done = rota("cover", team, TRIAGE[3], "--to", "ben")
    told = one_line(done.out)
    assert "Ben Okafor takes Issue triage (25–31 Jan), instead of Chi Nguyen." in told
    assert re.search(r"The highest share \w+ from \d\.\d\d to \d\.\d\d", told)
    assert "The price of comfort rises from" in told
    assert "Ben Okafor would rather not do Issue triage and has 2 turns of it" in told
    assert "dry run" in told
    done = rota("cover", team, TRIAGE[3], "--to", "ben", "--write")
    assert "rota undo moons 1 --quarter" in done.out
    assert "Chi Nguyen owes Ben Okafor for cover: 1 turn, 3.0 hours." in one_line(
        rota("show", team, "--quarter", JANUARY, "--member", "chi").out
    )


def test_what_breaks_a_rule_leaves_with_code_3(rota: Rota, team: Path) -> None:
    done = rota("swap", team, TRIAGE[2], "--with", TRIAGE[1])
    assert (done.code, done.out) == (3, "")
    assert "has begun" in done.err
    change(team, "roster.yaml", "last: 2027-01-17", "last: 2027-01-31")
    done = rota("cover", team, TRIAGE[3], "--to", "ben", "--write")
    assert done.code == 3
    assert "- Ben Okafor is away then (triage@2027-01-25/lead)" in done.err


def test_json_of_a_change_and_of_candidates(rota: Rota, team: Path) -> None:
    told = json.loads(rota("cover", team, TRIAGE[3], "--to", "ben", "--json").out)
    assert (told["schema"], told["written"], told["breaks"]) == (1, False, [])
    (seat,) = told["change"]["seats"]
    assert (seat["shift"], seat["from"], seat["to"]) == (TRIAGE[3], "chi", "ben")
    found = json.loads(rota("swap", team, TRIAGE[2], "--json").out)
    assert found["member"] == "ben"
    page = MANUAL.joinpath("json.md").read_text(encoding="utf-8")
    keys = {*told, *told["change"], *seat, *found, *found["candidates"][0]}
    assert {key for key in keys if f"`{key}`" not in page} == set()


def test_a_missed_turn_is_told_and_taken_back(rota: Rota, team: Path) -> None:
    told = one_line(rota("missed", team, TRIAGE[0], "--write").out)
    assert "Ana Silva missed Issue triage (4–10 Jan)." in told
    assert "must rises from 0 to 1" in told
    shown = json.loads(rota("show", team, "--json").out)["assignments"]
    assert [turn["shift"] for turn in shown if turn.get("missed")] == [TRIAGE[0]]
    assert "1 turn missed" in one_line(rota("show", team).out)
    told = one_line(rota("done", team, TRIAGE[0], "--write").out)
    assert "Ana Silva did Issue triage (4–10 Jan)." in told
    assert rota("audit", team, team / "rotations" / f"{JANUARY}.yaml").code == 0
    assert "has not begun" in rota("missed", team, TRIAGE[3]).err


# -------------------------------------------------------------------------------------------- diff


def git(folder: Path, *arguments: str) -> None:
    names = ["-c", "user.name=Ana", "-c", "user.email=ana@example.org"]
    subprocess.run(["git", *names, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def kept(team: Path) -> Path:
    """The same, committed."""
    git(team, "init", "--quiet")
    git(team, "add", ".")
    git(team, "commit", "--quiet", "--message", "January")
    return team


def test_no_difference_is_no_error(rota: Rota, kept: Path) -> None:
    done = rota("diff", kept)
    assert (done.code, done.out) == (0, "No change between HEAD and the files.\n")
    assert json.loads(rota("diff", kept, "--json").out) == {"schema": 1, "rotations": []}


def test_a_difference_by_person_by_duty_and_for_a_pull_request(rota: Rota, kept: Path) -> None:
    rota("cover", kept, TRIAGE[3], "--to", "ben", "--write", "--note", "thank | you")
    told = rota("diff", kept).out
    assert "1 turn moved, 0 seats newly filled" in told
    assert re.search(r"Ben Okafor +Issue triage \(25–31 Jan\)", told)
    assert re.search(r"Ben Okafor +\d\.\d\d +\d\.\d\d", told)
    assert "Change 1: cover by Chi Nguyen: thank | you" in told
    assert max(map(len, told.splitlines())) <= 80
    assert re.search(
        r"25–31 Jan +Issue triage +Chi Nguyen +Ben Okafor", rota("diff", kept, "--by-duty").out
    )
    page = rota("diff", kept, "--markdown", "--by-duty").out
    assert "| 25–31 Jan | Issue triage | Chi Nguyen | Ben Okafor |" in page
    assert r"thank \| you" in page


def test_json_of_a_difference(rota: Rota, kept: Path) -> None:
    rota("cover", kept, TRIAGE[3], "--to", "ben", "--write")
    (told,) = json.loads(rota("diff", kept, "--json").out)["rotations"]
    (moved,) = told["moved"]
    assert (moved["from"], moved["to"], told["filled"]) == ("chi", "ben", [])
    assert [entry["kind"] for entry in told["changes"]] == ["cover"]
    page = MANUAL.joinpath("json.md").read_text(encoding="utf-8")
    keys = {*told, *moved, *told["members"][0]}
    assert {key for key in keys if f"`{key}`" not in page} == set()


def test_any_two_revisions(rota: Rota, kept: Path) -> None:
    rota("cover", kept, TRIAGE[3], "--to", "ben", "--write")
    git(kept, "commit", "--quiet", "--all", "--message", "Cover")
    assert "No change" in rota("diff", kept).out
    assert "1 turn moved" in rota("diff", kept, "HEAD~1").out
    assert "1 turn moved" in rota("diff", kept, "HEAD", "HEAD~1").out
    assert rota("diff", kept, "HEAD~1", "HEAD~1", "--quarter", JANUARY).code == 0


def test_a_new_and_a_removed_rotation(rota: Rota, kept: Path) -> None:
    path = kept / "rotations" / f"{JANUARY}.yaml"
    path.rename(kept / "aside")
    told = rota("diff", kept).out
    assert f"{JANUARY} (removed): 5 turns moved (5 of them now empty)" in one_line(told)
    git(kept, "rm", "--quiet", "--cached", f"rotations/{JANUARY}.yaml")
    git(kept, "commit", "--quiet", "--message", "Away with it")
    (kept / "aside").rename(path)
    assert f"{JANUARY} (new): 0 turns moved, 5 seats newly filled" in rota("diff", kept).out


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["nothing"], 2, 'git knows no revision "nothing"'),
        (["--", "--output=x"], 2, 'git knows no revision "--output=x"'),
        (["--quarter", "2026-Q1"], 2, "There is no rotation 2026-Q1"),
        (["--json", "--markdown"], 2, "Choose one"),
    ],
)
def test_wrong_calls_are_told(
    rota: Rota, kept: Path, arguments: list[str], code: int, said: str
) -> None:
    done = rota("diff", kept, *arguments)
    assert (done.code, done.out) == (code, "")
    assert said in done.err


def test_without_a_repository_or_git_there_is_nothing_to_compare_with(
    rota: Rota, team: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(team.resolve().parent))
    done = rota("diff", team)
    assert (done.code, "lies in no git repository" in done.err) == (3, True)
    git(team, "init", "--quiet")
    assert "Nothing is committed yet" in rota("diff", team).err
    monkeypatch.setenv("PATH", "")
    done = rota("diff", team)
    assert (done.code, "git is not installed" in done.err) == (3, True)
