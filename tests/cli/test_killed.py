"""Two processes swap at once and are killed at any moment: nothing is lost, no file is broken."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import sys
from datetime import UTC, datetime
from multiprocessing.context import ForkProcess
from pathlib import Path

import pytest

from scheduler.cli import clock, main
from scheduler.domain.change import Entry
from scheduler.domain.rotation import Rotation
from scheduler.files import read_rotation, rotation_path
from tests.actions.published import TRIAGE, published
from tests.actions.roster import JANUARY, change, roster

ROUNDS = 40
LONGEST = 0.25
"""Seconds after which a process is killed that still runs; a swap takes about half of that."""
FORK = multiprocessing.get_context("fork")


@pytest.fixture
def team(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """January, with two pairs of turns that can be exchanged for ever."""
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 12, 28, 12, tzinfo=UTC))
    folder = roster(tmp_path / "moons")
    change(folder, "roster.yaml", "    away: [{first: 2027-01-11, last: 2027-01-17", "    #")
    published(folder, t4="ana", t11="chi", t18="ben", t25="chi", release="ana")
    return folder


def _swap(folder: Path, shift: str, other: str) -> None:
    sys.argv = ["rota", "swap", str(folder), shift, "--with", other, "--write", "--json"]
    with Path(os.devnull).open("w") as nowhere:
        sys.stdout = sys.stderr = nowhere
        main()


def _started(folder: Path, shift: str, other: str) -> ForkProcess:
    process = FORK.Process(target=_swap, args=(folder, shift, other))
    process.start()
    return process


def _now(folder: Path) -> Rotation:
    # Reading checks it: the numbers, and that the seats are held as the changes say.
    return read_rotation(rotation_path(folder, JANUARY))


def test_killed_at_any_moment_two_at_once_lose_nothing(team: Path) -> None:
    moments = random.Random(4)
    known: tuple[Entry, ...] = ()
    killed = 0
    for _ in range(ROUNDS):
        both = [_started(team, *TRIAGE[:2]), _started(team, *TRIAGE[2:])]
        for process in both:
            process.join(moments.uniform(0, LONGEST))
            process.kill()
        for process in both:
            process.join()
        codes = [process.exitcode for process in both]
        made = _now(team).changes
        assert made[: len(known)] == known
        # Who says that it is done has done it; who was killed may have been done just before.
        assert codes.count(0) <= len(made) - len(known) <= codes.count(0) + codes.count(-9)
        assert set(codes) <= {0, 3, -signal.SIGKILL}
        killed += codes.count(-signal.SIGKILL)
        known = made
    assert killed
    # What the dead have left is in nobody's way.
    last = _started(team, *TRIAGE[:2])
    last.join()
    assert last.exitcode == 0
    assert len(_now(team).changes) == len(known) + 1
    assert not list(team.rglob("*.tmp"))
