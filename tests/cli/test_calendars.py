"""`rota calendars`: a dry run by default, days only, and one sentence for what went wrong."""

import json
from pathlib import Path

import pytest

from tests.actions.roster import change
from tests.calendars.incoming.ics import ics
from tests.cli.conftest import Rota

ANA = "{id: ana, name: Ana Silva, "
LEAVE = "UID:1|DTSTART;VALUE=DATE:20270201|DTEND;VALUE=DATE:20270206|SUMMARY:Divorce hearing"


@pytest.fixture
def calendar(folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Ana's leave stands in a file; Ben's address in a variable that is not set."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.delenv("BEN_CALENDAR", raising=False)
    change(folder, "roster.yaml", ANA, ANA + "away: [{calendar: ana.ics}], ")
    change(
        folder, "roster.yaml", "reason: honeymoon}]", 'reason: x}, {calendar: "${BEN_CALENDAR}"}]'
    )
    folder.joinpath("ana.ics").write_bytes(ics(LEAVE))
    return folder


def test_a_dry_run_writes_nothing_and_says_how_to(rota: Rota, calendar: Path) -> None:
    done = rota("calendars", calendar)
    assert done.code == 0
    assert "Ana Silva is away 1–5 Feb 2027 (ana.ics)." in done.out
    assert "rota calendars moons --write" in done.out
    assert done.err == (
        "warning: ${BEN_CALENDAR} of ben is not set in the environment; none of its days count.\n"
    )
    assert not calendar.joinpath("away.lock.yaml").exists()


def test_written_days_show_in_check(rota: Rota, calendar: Path) -> None:
    assert "Wrote away.lock.yaml." in rota("calendars", calendar, "--write").out
    done = rota("check", calendar)
    assert "Ana Silva is away 1–5 Feb 2027 (ana.ics, read today)." in done.out
    assert "${BEN_CALENDAR} was not read yet" in done.err
    assert "Divorce" not in done.out + done.err


def test_json_is_as_documented(rota: Rota, calendar: Path) -> None:
    manual = Path(__file__).parents[2].joinpath("docs", "json.md").read_text(encoding="utf-8")
    example = json.loads(manual.split("## Time away")[1].split("```json\n")[1].split("```")[0])
    told = json.loads(rota("calendars", calendar, "--json").out)
    assert list(told) == list(example)
    assert list(told["calendars"][0]) == list(example["calendars"][0])
    assert told["calendars"][0]["away"] == [{"start": "2027-02-01", "end": "2027-02-06"}]


def test_a_roster_without_calendars_is_told_so(rota: Rota, folder: Path) -> None:
    assert "names no calendar" in rota("calendars", folder).out
