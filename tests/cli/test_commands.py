"""Every command, as a person or a program calls it."""

import csv
import json
from io import StringIO
from pathlib import Path

import pytest

from tests.actions.roster import JANUARY, change
from tests.cli.conftest import Rota

MANUAL = Path(__file__).parents[2] / "docs"
DAYS = ("--from", "2027-01-04", "--to", "2027-01-31")


def test_from_nothing_to_calendars(rota: Rota, tmp_path: Path) -> None:
    team, out = tmp_path / "team", tmp_path / "out"
    assert rota("init", team).code == 0
    assert rota("check", team).code == 0
    done = rota("plan", team, "--quarter", "2027-Q1", "--write")
    assert done.code == 0
    assert "rota publish" in done.out
    done = rota("publish", team)
    assert done.code == 0
    assert "published on 12 Jan 2027" in done.out
    assert rota("feeds", team, "--out", out).code == 0
    assert (out / "team.ics").read_bytes().startswith(b"BEGIN:VCALENDAR")
    assert rota("audit", team, team / "rotations" / "2027-Q1.yaml").code == 0


# ------------------------------------------------------------------------------------------ plan


def test_a_dry_run_says_how_to_keep_the_plan(rota: Rota, folder: Path) -> None:
    done = rota("plan", folder, *DAYS)
    assert done.code == 0
    assert "rota plan moons --from 2027-01-04 --to 2027-01-31 --write" in done.out
    assert not folder.joinpath("rotations").exists()


def test_the_command_to_copy_survives_the_shell(rota: Rota, folder: Path) -> None:
    done = rota("plan", folder.rename("two moons"), *DAYS)
    assert "rota plan 'two moons' --from" in done.out


def test_output_fits_80_columns_without_colour(rota: Rota, folder: Path) -> None:
    done = rota("plan", folder, *DAYS)
    assert "\x1b" not in done.out + done.err
    assert max(map(len, done.out.splitlines())) <= 80


def test_progress_goes_to_standard_error_a_line_at_a_time(rota: Rota, folder: Path) -> None:
    lines = rota("plan", folder, *DAYS).err.splitlines()
    assert lines
    assert all("price" in line and "bound" in line and "gap" in line for line in lines)
    assert rota("plan", folder, *DAYS, "--quiet").err == ""


def test_json_is_all_there_is_on_standard_output(rota: Rota, folder: Path) -> None:
    done = rota("plan", folder, *DAYS, "--json")
    told = json.loads(done.out)
    assert done.err == ""
    assert (told["schema"], told["team"], told["status"]) == (1, "Moons", "draft")
    assert (told["from"], told["to"]) == ("2027-01-04", "2027-01-31")
    assert [tier["name"] for tier in told["tiers"]][:2] == ["must", "backlog"]
    assert len(told["assignments"]) == 5


def test_a_second_plan_says_what_moved(rota: Rota, folder: Path) -> None:
    rota("plan", folder, *DAYS, "--write")
    done = rota("plan", folder, *DAYS)
    assert "stands as it is" in " ".join(done.out.split())
    change(folder, "roster.yaml", "name: Chi Nguyen", "name: Chi N.")
    done = rota("plan", folder, *DAYS)
    assert "Against the draft before, 0 turns moved and 0 seats newly filled." in done.out


def test_a_time_limit_is_kept_and_said(rota: Rota, tmp_path: Path) -> None:
    rota("init", tmp_path / "team")
    done = rota("plan", tmp_path / "team", "-q", "2027-Q1", "--time", "0.001s", "--json")
    assert done.code == 0
    assert json.loads(done.out)["interrupted"] is True


@pytest.mark.parametrize("time", ["0s", "soon", "-3", "", "1x"])
def test_a_time_that_makes_no_sense_is_refused(rota: Rota, folder: Path, time: str) -> None:
    done = rota("plan", folder, *DAYS, f"--time={time}")
    assert done.code == 2
    assert "--time" in done.err


# ------------------------------------------------------------------------------------- exit codes


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["plan", "moons"], 2, "--quarter 2027-Q1"),
        (["plan", "moons", "-q", "2027Q1"], 2, "not a quarter"),
        (["plan", "moons", "--from", "2027-13-01"], 2, "not a date"),
        (["plan", "moons", "--from", "2027-02-01", "--to", "2027-01-01"], 2, "lies before"),
        (["plan", "nowhere", "-q", "2027-Q1"], 2, "nowhere:1:1:"),
        (["show", "moons"], 3, "Nothing is planned yet"),
        (["show", "moons", "--json", "--csv"], 2, "Choose one"),
        (["serve", "nowhere"], 2, "nowhere:1:1: there is no such folder"),
        (["tokens", "nowhere"], 2, "nowhere:1:1: there is no such folder"),
        (["publish", "moons"], 3, "no draft to publish"),
        (["feeds", "moons", "--out", "out"], 3, "published"),
        (["init", "moons"], 3, "roster.yaml"),
        (["audit", "moons", "nothing.yaml"], 2, "nothing.yaml"),
        (["dance"], 2, "dance"),
    ],
)
def test_a_wrong_call_is_a_sentence_and_a_code(
    rota: Rota, folder: Path, arguments: list[str], code: int, said: str
) -> None:
    done = rota(*arguments)
    assert done.code == code
    assert said in done.err
    assert "Traceback" not in done.err
    assert done.out == ""


def test_mistakes_are_told_all_at_once_with_their_places(rota: Rota, folder: Path) -> None:
    change(folder, "roster.yaml", "budget: 4h", "bugdet: 4h")
    change(folder, "duties.yaml", "kind: triage", "knid: triage")
    done = rota("check", folder)
    assert done.code == 2
    lines = done.err.splitlines()
    assert any(line.startswith("moons/roster.yaml:10:") for line in lines)
    assert any(line.startswith("moons/duties.yaml:7:") for line in lines)


def test_a_published_rotation_is_safe_from_planning(rota: Rota, folder: Path) -> None:
    rota("plan", folder, *DAYS, "--write")
    rota("publish", folder)
    path = folder / "rotations" / f"{JANUARY}.yaml"
    before = path.read_bytes()
    done = rota("plan", folder, *DAYS, "--write", "--fresh")
    assert (done.code, path.read_bytes()) == (3, before)
    assert rota("publish", folder, "--quarter", JANUARY).code == 3


# ------------------------------------------------------------------------------------------ show


def test_show_in_every_form(rota: Rota, folder: Path) -> None:
    planned = json.loads(rota("plan", folder, *DAYS, "--write", "--json").out)
    assert json.loads(rota("show", folder, "--json").out) == planned
    rows = list(csv.DictReader(StringIO(rota("show", folder, "--csv").out)))
    told = {(row["shift"], row["seat"], row["start"], row["end"], row["member"]) for row in rows}
    assert told == {
        (seat["shift"], seat["seat"], seat["start"], seat["end"], seat["member"])
        for seat in planned["assignments"]
    }
    assert rota("show", folder, "--markdown").out.startswith("# Moons, ")
    assert "Only Ana Silva may hold it" in rota("show", folder, "--long").out


def test_show_a_part(rota: Rota, folder: Path) -> None:
    rota("plan", folder, *DAYS, "--write")
    told = json.loads(rota("show", folder, "--member", "chi", "--json").out)
    assert {seat["member"] for seat in told["assignments"]} == {"chi"}
    assert [member["id"] for member in told["members"]] == ["chi"]
    done = rota("show", folder, "--duty", "release")
    assert "Release" in done.out
    assert "Issue triage" not in done.out
    assert "Nothing in this rotation." in rota("show", folder, "--on", "2027-06-01").out


# ------------------------------------------------------------------------------------ the manual


def test_check_json_is_as_documented(rota: Rota, folder: Path) -> None:
    text = MANUAL.joinpath("json.md").read_text(encoding="utf-8")
    example = json.loads(
        text.split("## `rota check --json`")[1].split("```json\n")[1].split("```")[0]
    )
    done = rota("check", folder, "--json")
    assert list(json.loads(done.out)) == list(example)
    change(folder, "roster.yaml", "budget: 4h", "bugdet: 4h")
    done = rota("check", folder, "--json")
    assert done.code == 2
    told = json.loads(done.out)
    assert list(told["mistakes"][0]) == list(example["mistakes"][0])
    assert told["team"] is None


def test_csv_columns_are_as_documented() -> None:
    from scheduler.reports.spreadsheet import COLUMNS

    assert f"`{','.join(COLUMNS)}`" in MANUAL.joinpath("json.md").read_text(encoding="utf-8")


def test_the_rule_book_in_the_docs_is_what_the_command_prints(rota: Rota) -> None:
    printed = rota("rules", "--markdown").out
    assert printed == MANUAL.joinpath("rules.md").read_text(encoding="utf-8"), (
        "write it anew: rota rules --markdown > docs/rules.md"
    )


def test_the_rule_book_reads_at_80_columns(rota: Rota) -> None:
    text = rota("rules").out
    assert "weekly_budget  requirement" in text
    assert max(map(len, text.splitlines())) <= 80


def test_every_command_has_a_line_of_help_that_is_not_cut(rota: Rota) -> None:
    text = rota("--help").out
    commands = ("init", "check", "plan", "publish", "show", "feeds", "rules", "audit")
    assert all(f"\n  {command} " in text for command in commands)
    assert "..." not in text.partition("Commands:")[2]


def test_the_version_is_told(rota: Rota) -> None:
    from scheduler import __version__

    assert rota("--version").out == f"rota {__version__}\n"


def test_ctrl_c_outside_the_search_ends_with_130_and_leaves_the_file(
    rota: Rota, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rota("plan", folder, *DAYS, "--write")
    path = folder / "rotations" / f"{JANUARY}.yaml"
    before = path.read_bytes()

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("scheduler.files.store.os.fsync", interrupted)
    done = rota("publish", folder)
    assert done.code == 130
    assert "Traceback" not in done.err
    assert path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir()] == [path.name]
