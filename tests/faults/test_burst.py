"""Hundreds of reminders due at the same minute: all of them go out, in order and within limits."""

from __future__ import annotations

import asyncio
import multiprocessing
import resource
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from scheduler.actions.deliver import Delivery, Tally, write_down
from scheduler.actions.outgoing import Outgoing
from scheduler.actions.remind import remind
from scheduler.journal import Journal, beside, open_journal, right_to_send
from scheduler.messages.blocks import message
from scheduler.messages.client import connected
from scheduler.messages.directory import Directory, Person
from scheduler.messages.due import Reminder
from tests.faults import quarter
from tests.loopback_slack.server import LoopbackSlack

FAST = 0.01
NOON = datetime(2027, 1, 4, 12, tzinfo=UTC)
MANY = 504
"""Fourteen seats in each of 36 shifts."""
MOST_MEGABYTES = 300


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    made = open_journal(beside(tmp_path))
    yield made
    made.close()


def reminder(number: int, to: str) -> Reminder:
    at = NOON + timedelta(seconds=number % 60)
    said = message(f"{number}")
    return Reminder(f"k{number:03}", to, at, NOON + timedelta(days=1), "digest", (), said)


def test_each_conversation_hears_in_order_and_within_limits(
    slack: LoopbackSlack, journal: Journal
) -> None:
    slack.speed = 1 / FAST
    slack.add_channel("one")
    slack.add_channel("two")
    slack.add_user("U0ANA00", "Ana")
    people = {"ana": Person("ana", "Ana", "U0ANA00")}
    directory = Directory("i", "Team", "UTC", people, {})
    told = [reminder(number, ("#one", "#two", "ana")[number % 3]) for number in range(150)]
    told.sort(key=lambda r: r.order)
    tally = Tally()

    async def work() -> None:
        with right_to_send(journal) as sender:
            assert sender is not None
            async with connected(slack.token, slack.url + "/api/", FAST) as client:
                delivery = Delivery(sender, client, directory, tally, lambda: True)
                await delivery.note(write_down, Outgoing(tuple(told), (), (), (), ()))
                await delivery.send(told)

    asyncio.run(work())
    for to, channel in {"#one": "#one", "#two": "#two", "ana": "U0ANA00"}.items():
        heard = [post.text for post in slack.channel(channel).messages]
        assert heard == [r.message.text for r in told if r.to == to]
    assert len(tally.sent) == slack.calls["chat.postMessage"] == len(told)  # and so no 429
    assert tally.troubles == {}


def _remind_all(folder: Path, slack: str, told: Connection) -> None:
    """Remind in a process of its own, and say how much memory that took at most."""

    async def work() -> int:
        journal = open_journal(beside(folder))
        async with connected("xoxb-loopback", slack + "/api/", FAST) as client:
            await remind(folder, quarter.START, journal, client)
            done = await remind(folder, quarter.PUBLISHED, journal, client)
        journal.close()
        return len(done.sent)

    sent = asyncio.run(work())
    told.send((sent, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024))


@pytest.mark.long
def test_a_burst_of_five_hundred_fits_into_memory(slack: LoopbackSlack, tmp_path: Path) -> None:
    slack.speed = 1 / FAST
    members = [f"m{number:03}" for number in range(MANY)]
    for member in members:
        slack.add_user(quarter.user(member), member)
    folder = tmp_path / "many"
    quarter.write(folder, members)
    mine, theirs = multiprocessing.Pipe()
    # Spawned, so that what it takes is its own.
    process = multiprocessing.get_context("spawn").Process(
        target=_remind_all, args=(folder, slack.url, theirs)
    )
    process.start()
    sent, megabytes = mine.recv()
    process.join()
    process.close()
    print(f"{sent} messages, at most {megabytes} MB")
    assert sent == MANY
    assert {len(slack.dm(quarter.user(member)).messages) for member in members} == {1}
    assert megabytes < MOST_MEGABYTES
