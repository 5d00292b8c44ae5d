"""The outbox: one sender, every step written down, nothing sent twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from scheduler.errors import Refused
from scheduler.journal import Journal, open_journal, outbox, right_to_send
from scheduler.journal.outbox import Letter, State
from tests.postgres import Postgres

NOON = datetime(2027, 1, 4, 12, tzinfo=UTC)
NO_TIME = timedelta(0)


def letter(key: str = "a", **changes: object) -> Letter:
    made = Letter(
        key=key,
        to="ana",
        kind="ahead",
        due=NOON,
        until=NOON + timedelta(days=7),
        subject=(("triage@2027-01-11", "lead"),),
    )
    return replace(made, **changes)  # type: ignore[arg-type]  # fields are named in the tests


def one(journal: Journal, key: str = "a") -> Letter:
    with journal.begin() as connection:
        return outbox.letters(connection, NOON)[key]


def test_what_is_written_is_read(journal: Journal) -> None:
    with journal.begin() as connection:
        assert outbox.enter(connection, [letter()]) == 1
    assert one(journal) == letter()


def test_a_known_key_stays_as_it_is(journal: Journal) -> None:
    with journal.begin() as connection:
        outbox.enter(connection, [letter()])
        outbox.claim(connection, "a")
        assert outbox.enter(connection, [letter(to="ben"), letter("b")]) == 1
    assert one(journal).to == "ana"
    assert one(journal).state is State.claimed


def test_a_letter_is_claimed_once(journal: Journal) -> None:
    with journal.begin() as connection:
        outbox.enter(connection, [letter()])
        assert outbox.claim(connection, "a")
        assert not outbox.claim(connection, "a")
        assert not outbox.claim(connection, "unknown")


def test_a_claim_whose_time_is_over_is_free(journal: Journal) -> None:
    with journal.begin() as connection:
        outbox.enter(connection, [letter()])
        assert outbox.claim(connection, "a", NO_TIME)
        assert outbox.claim(connection, "a")
        assert not outbox.claim(connection, "a")
    assert one(journal).attempts == 2


def test_a_sent_letter_stays_sent(journal: Journal) -> None:
    with journal.begin() as connection:
        outbox.enter(connection, [letter()])
        outbox.claim(connection, "a")
        assert outbox.record_sent(connection, "a", "D1", "1.2", "hash")
        assert not outbox.claim(connection, "a")
        assert not outbox.drop(connection, "a")
        assert not outbox.put_off(connection, "a", NO_TIME)
        assert not outbox.record_sent(connection, "a", "D2", "3.4", "hash")
        assert outbox.record_edit(connection, "a", "other")
    found = one(journal)
    assert (found.state, found.channel, found.ts) == (State.sent, "D1", "1.2")
    assert found.content == "other"


def test_a_letter_nobody_claimed_is_not_sent(journal: Journal) -> None:
    with journal.begin() as connection:
        outbox.enter(connection, [letter()])
        assert not outbox.record_sent(connection, "a", "D1", "1.2", "hash")
        assert not outbox.record_unclear(connection, "a")
        assert not outbox.record_edit(connection, "a", "hash")


def test_an_unclear_letter_is_free_once_slack_can_no_longer_get_it(journal: Journal) -> None:
    with journal.begin() as connection:
        outbox.enter(connection, [letter("over"), letter("under way")])
        outbox.claim(connection, "over", NO_TIME)
        outbox.claim(connection, "under way")
        for key in ("over", "under way"):
            outbox.record_unclear(connection, key)
        assert outbox.claim(connection, "over")
        assert not outbox.claim(connection, "under way")
    assert one(journal, "under way").is_in_doubt


def test_a_letter_put_off_says_until_when(journal: Journal) -> None:
    with journal.begin() as connection:
        outbox.enter(connection, [letter()])
        outbox.claim(connection, "a")
        assert outbox.put_off(connection, "a", timedelta(hours=1))
    found = one(journal)
    assert found.state is State.pending
    assert found.not_before is not None


def test_only_what_is_not_under_way_is_folded(journal: Journal) -> None:
    with journal.begin() as connection:
        outbox.enter(connection, [letter("a"), letter("b"), letter("both")])
        outbox.claim(connection, "a")
        outbox.fold_into(connection, "both", ["a", "b"])
    assert one(journal, "a").state is State.claimed
    assert one(journal, "b").state is State.folded
    assert one(journal, "b").folded_into == "both"


def test_old_letters_are_not_read_unless_they_are_open(journal: Journal) -> None:
    past = letter("past", due=NOON - timedelta(days=90), until=NOON - timedelta(days=80))
    with journal.begin() as connection:
        outbox.enter(connection, [past, replace(past, key="done")])
        outbox.drop(connection, "done")
        assert outbox.letters(connection, NOON).keys() == {"past"}


def test_a_failed_transaction_leaves_nothing(journal: Journal) -> None:
    def fail() -> None:
        with journal.begin() as connection:
            outbox.enter(connection, [letter()])
            raise ArithmeticError

    with pytest.raises(ArithmeticError):
        fail()
    with journal.begin() as connection:
        assert outbox.letters(connection, NOON) == {}


def test_one_process_has_the_right_to_send(journal: Journal) -> None:
    with right_to_send(journal) as first, right_to_send(journal) as second:
        assert first is not None
        assert second is None
        assert first.do(outbox.enter, [letter()]) == 1
        with journal.begin() as connection:  # others may read and write meanwhile
            assert outbox.letters(connection, NOON).keys() == {"a"}
    with right_to_send(journal) as third:
        assert third is not None


def test_whoever_loses_the_database_loses_the_right_to_send(postgres: Postgres) -> None:
    journal = open_journal(postgres.database())
    cut = text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid = :pid")
    with right_to_send(journal) as sender:
        assert sender is not None
        pid = sender.do(lambda connection: connection.scalar(text("SELECT pg_backend_pid()")))
        with journal.begin() as other:
            other.execute(cut, {"pid": pid})
        for _ in range(2):
            with pytest.raises(Refused):
                sender.do(outbox.enter, [letter()])
        with right_to_send(journal) as next_one:
            assert next_one is not None
    journal.close()


def test_what_is_long_over_is_forgotten(journal: Journal) -> None:
    """The database's own clock says so too: a wrong one forgets nothing."""
    ago = datetime.now(UTC) - outbox.KEPT - timedelta(days=1)
    day = timedelta(days=1)
    with journal.begin() as connection:
        old = [letter(key, due=ago - day, until=ago) for key in ("sent", "open")]
        young = letter("young", due=ago - day, until=ago + 2 * day)
        outbox.enter(connection, [*old, young])
        for key in ("sent", "young"):
            assert outbox.claim(connection, key)
            assert outbox.record_sent(connection, key, "D1", "1.0", "")
        assert outbox.prune(connection, ago) == 0
        assert outbox.prune(connection, datetime.now(UTC) + 9 * outbox.KEPT) == 1
        assert set(outbox.letters(connection, ago - 9 * day)) == {"open", "young"}
