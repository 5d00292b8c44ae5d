"""What a chat knows of a roster: whom it talks to, and which day it is there."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from scheduler.actions.horizon import named
from scheduler.actions.look import Look, look
from scheduler.files import read_team
from tests.actions.published import published
from tests.actions.roster import FEBRUARY, JANUARY, change, roster

ANA = "U0000ANA"


def test_who_has_left_is_nobody_at_slack_and_can_still_be_named(tmp_path: Path) -> None:
    folder = roster(tmp_path / "moons")
    change(folder, "roster.yaml", "id: ana,", f"id: ana, slack: {ANA}, left: 2027-01-11,")
    found = look(folder)
    assert found.linked(ANA, datetime(2027, 1, 11, 23, tzinfo=UTC)) == "ana"
    assert found.linked(ANA, datetime(2027, 1, 12, 0, tzinfo=UTC)) == ""
    assert found.member(f"<@{ANA}|ana>") == "ana"


def test_a_rotation_runs_by_the_days_of_the_team(tmp_path: Path) -> None:
    folder = roster(tmp_path / "moons")
    change(folder, "roster.yaml", "team: Moons", "team: Moons\ntimezone: America/Los_Angeles")
    january = published(folder, t4="ana")
    february = replace(january, name=FEBRUARY, horizon=named(FEBRUARY), placed=())
    found = Look(read_team(folder), (january, february))
    # Midnight there is at eight in UTC.
    for hour, name in ((7, JANUARY), (8, FEBRUARY)):
        running = found.running(datetime(2027, 2, 1, hour, tzinfo=UTC))
        assert running is not None
        assert running.name == name
