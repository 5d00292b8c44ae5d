"""Requests: the first yes wins; events are seen once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

from scheduler import journal as j
from scheduler.journal import Answer, Journal, Request, RequestState

NOON = datetime(2027, 1, 4, 12, tzinfo=UTC)
SEAT = ("triage@2027-01-11", "lead")
COVER = Request("r1", "cover", "2027-Q1", (SEAT,), "ana", NOON, details={"asked": {"ben": "D1"}})


def test_a_request_is_read_as_it_was_written(journal: Journal) -> None:
    with journal.begin() as connection:
        assert j.open_request(connection, COVER)
        assert not j.open_request(connection, COVER)
        assert j.read_request(connection, "r1") == COVER
        assert j.read_request(connection, "r2") is None
        assert j.open_requests(connection) == (COVER,)
        assert j.open_requests(connection, "2027-Q2") == ()


def test_of_many_who_say_yes_at_once_one_wins(journal: Journal) -> None:
    with journal.begin() as connection:
        j.open_request(connection, COVER)

    def accept(_: int) -> bool:
        with journal.begin() as connection:
            return j.close_request(connection, "r1", RequestState.accepted)

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(accept, range(8))) == 1


def test_a_request_whose_change_failed_is_open_again(journal: Journal) -> None:
    with journal.begin() as connection:
        j.open_request(connection, COVER)
        j.close_request(connection, "r1", RequestState.accepted)
        assert j.open_requests(connection) == ()
        assert not j.reopen_request(connection, "r1", RequestState.declined)
        assert j.reopen_request(connection, "r1", RequestState.accepted)
        assert j.open_requests(connection) == (COVER,)


def test_the_entry_that_a_request_became_is_remembered(journal: Journal) -> None:
    with journal.begin() as connection:
        j.open_request(connection, COVER)
        j.close_request(connection, "r1", RequestState.accepted)
        j.record_entry(connection, "r1", 7)
        j.keep_details(connection, "r1", {"told": True})
        found = j.read_request(connection, "r1")
    assert found is not None
    assert (found.state, found.entry, found.details) == (RequestState.accepted, 7, {"told": True})


def test_the_first_answer_of_a_member_stays(journal: Journal) -> None:
    with journal.begin() as connection:
        j.open_request(connection, COVER)
        assert j.answer(connection, "r1", "ben", Answer.no, NOON)
        assert not j.answer(connection, "r1", "ben", Answer.yes, NOON)
        assert j.answer(connection, "r1", "cleo", Answer.yes, NOON + timedelta(hours=1))
        answered = j.answers_to(connection, "r1")
    assert [(a.member, a.answer) for a in answered] == [("ben", Answer.no), ("cleo", Answer.yes)]


def test_an_event_is_seen_once_by_whoever_is_first(journal: Journal) -> None:
    def see(_: int) -> bool:
        with journal.begin() as connection:
            return j.see(connection, "Ev1", NOON)

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(see, range(8))) == 1


def test_an_event_is_forgotten_after_a_week(journal: Journal) -> None:
    with journal.begin() as connection:
        assert j.see(connection, "Ev1", NOON)
        assert j.see(connection, "Ev2", NOON + timedelta(days=8))
        assert j.see(connection, "Ev1", NOON + timedelta(days=8))
