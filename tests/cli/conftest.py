"""Runs `rota` in this process, at a fixed moment and 80 columns wide."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from scheduler.cli import clock, main
from tests.actions.roster import roster


@dataclass(frozen=True)
class Done:
    """What a command printed, and its exit code."""

    code: object
    out: str
    err: str


Rota = Callable[..., Done]


@pytest.fixture
def rota(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Rota:
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setattr(clock, "now", lambda: datetime(2027, 1, 12, 9, 30, tzinfo=UTC))

    def run(*arguments: str | Path) -> Done:
        monkeypatch.setattr(sys, "argv", ["rota", *map(str, arguments)])
        code: object = 0
        try:
            main()
        except SystemExit as end:
            code = end.code or 0
        out, err = capsys.readouterr()
        return Done(code, out, err)

    return run


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small roster, named from where the person stands."""
    monkeypatch.chdir(tmp_path)
    roster(tmp_path / "moons")
    return Path("moons")
