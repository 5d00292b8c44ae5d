"""What a chat knows of a roster: whom it talks to, and which day it is there."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from scheduler.actions.horizon import named
from scheduler.actions.look import Look
from scheduler.files import read_team
from tests.actions.published import published
from tests.actions.roster import FEBRUARY, JANUARY, change, roster

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
