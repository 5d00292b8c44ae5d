"""Of two who write about a question at the same moment the second sees what the first one wrote. On
PostgreSQL: SQLite lets one write at a time by itself."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection

from scheduler.actions import answer as answering
from scheduler.actions import remember
from scheduler.actions.answer import Outcome, Settled, accept, decline
from scheduler.actions.ask import Asker, ask_cover, ask_swap
from scheduler.actions.remember import journal_of, where_told
from scheduler.domain.change import Move
from scheduler.files import read_rotations
from scheduler.journal import Answered, Journal, Request, answers_to, keep_details
from tests.actions.published import DECEMBER, TRIAGE, published
from tests.actions.roster import roster
from tests.actions.test_answer import Killed
from tests.postgres import Postgres, postgres

__all__ = ["postgres"]

ANA = Asker("ana")
RING = (
    Move(TRIAGE[0], "lead", "ana", "ben"),
    Move(TRIAGE[2], "lead", "ben", "chi"),
    Move(TRIAGE[3], "lead", "chi", "ana"),
)
_LONG = 1.0
"""Seconds after which whoever has not come yet is waiting for us."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = roster(tmp_path / "moons")
    published(folder, t4="ana", t18="ben", t25="chi")
    return folder


@pytest.fixture
def journal(folder: Path, postgres: Postgres) -> Iterator[Journal]:
    journal = journal_of(folder, postgres.database())
    yield journal
    journal.close()


def at_once(monkeypatch: pytest.MonkeyPatch, *answers: Callable[[], Settled]) -> set[Outcome]:
    """Everybody writes their answer down before anybody counts, unless one waits for another."""
    written = threading.Barrier(len(answers))

    def counted(connection: Connection, request: str) -> tuple[Answered, ...]:
        with suppress(threading.BrokenBarrierError):
            written.wait(_LONG)
        return answers_to(connection, request)

    monkeypatch.setattr(answering, "answers_to", counted)
    with ThreadPoolExecutor(len(answers)) as pool:
        settling = [pool.submit(answer) for answer in answers]
        return {settled.result().outcome for settled in settling}


def test_the_last_two_of_a_ring_who_agree_at_once_make_the_exchange(
    folder: Path, journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    id = ask_swap(folder, journal, RING, DECEMBER, ANA).request.id
    outcomes = at_once(
        monkeypatch,
        lambda: accept(folder, journal, id, "ben", DECEMBER),
        lambda: accept(folder, journal, id, "chi", DECEMBER),
    )
    assert outcomes == {Outcome.changed, Outcome.waiting}
    (rotation,) = read_rotations(folder)
    holders = {placed.key: placed.member for placed in rotation.placed}
    assert [holders[move.key] for move in RING] == ["ben", "chi", "ana"]


def test_the_last_two_who_say_no_at_once_end_the_question(
    folder: Path, journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = ask_cover(folder, journal, TRIAGE[0], DECEMBER, ANA)
    assert set(asked.people) == {"ben", "chi"}
    id = asked.request.id
    outcomes = at_once(
        monkeypatch,
        lambda: decline(folder, journal, id, "ben", DECEMBER),
        lambda: decline(folder, journal, id, "chi", DECEMBER),
    )
    assert outcomes == {Outcome.ended, Outcome.waiting}


def test_a_yes_that_comes_with_anothers_no_is_late(
    folder: Path, journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    id = ask_swap(folder, journal, RING, DECEMBER, ANA).request.id
    held = answering._held

    def held_after_a_no(connection: Connection, request: str) -> Request:
        monkeypatch.setattr(answering, "_held", held)
        decline(folder, journal, id, "chi", DECEMBER)
        return held(connection, request)

    monkeypatch.setattr(answering, "_held", held_after_a_no)
    assert accept(folder, journal, id, "ben", DECEMBER).outcome is Outcome.late


def test_where_a_question_was_told_takes_back_nobodys_yes(
    folder: Path, journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    id = ask_cover(folder, journal, TRIAGE[0], DECEMBER, ANA).request.id
    has_read, said_yes = threading.Event(), threading.Event()

    def slowly(connection: Connection, request: str, details: Mapping[str, Any]) -> None:
        has_read.set()
        said_yes.wait(_LONG)
        keep_details(connection, request, details)

    def die(*arguments: object, **options: object) -> Settled:
        raise Killed

    with monkeypatch.context() as patched, ThreadPoolExecutor(1) as pool:
        patched.setattr(remember, "keep_details", slowly)
        patched.setattr(answering, "_carry_out", die)
        told = pool.submit(where_told, journal, id, {"told": {"chi": ["D0", "1.0"]}})
        has_read.wait()
        with pytest.raises(Killed):
            accept(folder, journal, id, "chi", DECEMBER)
        said_yes.set()
        told.result()
    settled = accept(folder, journal, id, "ben", DECEMBER)
    assert settled.takers == ("chi",)
    assert settled.request.details["told"] == {"chi": ["D0", "1.0"]}
