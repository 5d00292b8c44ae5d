"""Opening a journal: where it lies, whose it is, and what is told when it cannot be had."""

from __future__ import annotations

import multiprocessing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from scheduler.errors import BadRequest, Refused
from scheduler.journal import Journal, beside, claim_journal, open_journal, started
from tests.journal.processes import opening

NOON = datetime(2027, 1, 4, 12, tzinfo=UTC)


def test_git_ignores_what_lies_beside_a_roster(tmp_path: Path) -> None:
    open_journal(beside(tmp_path)).close()
    assert (tmp_path / ".rota" / "journal.sqlite").is_file()
    assert (tmp_path / ".rota" / ".gitignore").read_text().splitlines()[-1] == "*"


def test_sqlite_is_set_as_it_must_be(tmp_path: Path) -> None:
    journal = open_journal(beside(tmp_path))
    with journal.begin() as connection:
        assert connection.scalar(text("PRAGMA journal_mode")) == "wal"
        assert connection.scalar(text("PRAGMA foreign_keys")) == 1
    journal.close()


def test_an_open_journal_is_found_again(url: str) -> None:
    for _ in range(2):
        journal = open_journal(url)
        with journal.begin() as connection:
            assert started(connection, NOON) == NOON
        journal.close()


def test_the_start_is_the_first_instant_asked_about(journal: Journal) -> None:
    with journal.begin() as connection:
        assert started(connection, NOON) == NOON
        assert started(connection, NOON + timedelta(days=9)) == NOON


def test_a_clock_that_was_ahead_at_first_does_not_silence_the_journal(journal: Journal) -> None:
    with journal.begin() as connection:
        started(connection, NOON + timedelta(days=400))
        assert started(connection, NOON) == NOON
        assert started(connection, NOON + timedelta(days=1)) == NOON


def test_a_journal_serves_one_team(journal: Journal) -> None:
    with journal.begin() as connection:
        claim_journal(connection, "one")
        claim_journal(connection, "one")
        with pytest.raises(Refused, match="another team"):
            claim_journal(connection, "two")


@pytest.mark.parametrize("url", ["journal.sqlite", "mysql://root@host/x", "", "sqlite"])
def test_what_is_no_url_is_refused_without_repeating_it(url: str) -> None:
    with pytest.raises(BadRequest, match="postgresql\\+psycopg://"):
        open_journal(url)


def test_a_password_is_not_told() -> None:
    with pytest.raises(Refused, match="does not answer") as told:
        open_journal("postgresql://rota:hunter2@127.0.0.1:1/rota")
    assert "hunter2" not in str(told.value)


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    tmp_path.joinpath("file").write_text("")
    with pytest.raises(Refused, match="cannot be made"):
        open_journal(beside(tmp_path / "file"))


def test_processes_that_open_a_new_journal_at_once_all_get_it(url: str) -> None:
    with multiprocessing.get_context("spawn").Pool(3) as pool:
        assert pool.map(opening, [url] * 6) == ["0001"] * 6
