"""Reminders and groups follow the rotation while the app runs, whatever goes wrong at one look."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from scheduler.actions.remember import journal_of
from scheduler.journal import Journal, outbox
from scheduler.journal.outbox import Letter, State
from scheduler.messages.client import Client, Posted, connected
from scheduler.slack import Door, client_of, following
from scheduler.slack.following import Following
from tests.loopback_slack.server import LoopbackSlack
from tests.slack.team import ANA, team_in_slack

START = datetime(2026, 12, 28, 9, 30, tzinfo=UTC)
FOURTH = datetime(2027, 1, 4, 12, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return team_in_slack(tmp_path / "moons")


@pytest.fixture
def journal(folder: Path) -> Iterator[Journal]:
    journal = journal_of(folder)
    yield journal
    journal.close()


@asynccontextmanager
async def looking(
    slack: LoopbackSlack, folder: Path, journal: Journal, now: list[datetime]
) -> AsyncIterator[Following]:
    """What looks after the team in Slack; ``now`` may be moved."""
    slack.speed = 1000
    base = f"{slack.url}/api/"
    async with connected(slack.token, base, 0.001) as poster:
        door = Door(folder, journal, client_of(slack.token, base), clock=lambda: now[0])
        yield Following(door, poster)


def test_a_cut_at_the_groups_stops_no_reminder(
    workspace: LoopbackSlack, folder: Path, journal: Journal, caplog: pytest.LogCaptureFixture
) -> None:
    path = folder / "roster.yaml"
    text = path.read_text(encoding="utf-8").replace(
        "members:", "slack: {group: '@on-duty'}\nmembers:", 1
    )
    path.write_text(text, encoding="utf-8")

    async def work() -> None:
        now = [START]
        async with looking(workspace, folder, journal, now) as follows:
            await follows.once()
            now[0] = FOURTH
            workspace.fail("usergroups.list", "cut_before", times=9)
            await follows.once()
            workspace.heal()
            await follows.once()

    asyncio.run(work())
    shown = [post.shown for post in workspace.dm(ANA).messages]
    assert sum("You are on" in text for text in shown) == 1
    assert "Slack did not answer" in caplog.text
    assert workspace.token not in caplog.text


def test_a_look_that_nobody_foresaw_to_fail_is_not_the_last_one(
    workspace: LoopbackSlack,
    folder: Path,
    journal: Journal,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(following, "EVERY", 0.05)
    caplog.set_level(logging.ERROR, "rota.slack")
    looks: list[datetime] = []

    async def broken(*arguments: Any, **options: Any) -> None:
        looks.append(datetime.now(UTC))
        raise ValueError("nobody foresaw this")

    monkeypatch.setattr("scheduler.slack.groups.follow", broken)

    async def work() -> None:
        stop = asyncio.Event()
        async with looking(workspace, folder, journal, [START + timedelta(days=1)]) as follows:
            running = asyncio.create_task(follows.until(stop))
            while len(looks) < 3:
                await asyncio.sleep(0.01)
            stop.set()
            await running

    asyncio.run(asyncio.wait_for(work(), 60))
    assert "a look at what is due failed" in caplog.text


def test_a_stop_lets_what_is_being_sent_be_written_down_and_begins_nothing_more(
    workspace: LoopbackSlack, folder: Path, journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    post, stop = Client.post, asyncio.Event()

    async def stopped(self: Client, *arguments: Any) -> Posted:
        stop.set()
        # By now whatever a stop cancels is cancelled.
        await asyncio.sleep(0.1)
        return await post(self, *arguments)

    def letters() -> list[Letter]:
        with journal.looking() as connection:
            return list(outbox.letters(connection, START).values())

    async def work() -> None:
        now = [START]
        async with looking(workspace, folder, journal, now) as follows:
            await follows.once()
            now[0] = FOURTH
            monkeypatch.setattr(Client, "post", stopped)
            await asyncio.wait_for(follows.until(stop), 60)

    asyncio.run(work())
    sent = [letter for letter in letters() if letter.state is State.sent]
    told = [said for channel in workspace.world.channels.values() for said in channel.messages]
    assert len(sent) == len(told) > 0
    assert not any(letter.is_in_doubt for letter in letters())
    assert any(letter.state is State.pending for letter in letters())
