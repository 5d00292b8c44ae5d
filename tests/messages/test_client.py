"""The client against a Slack on the loopback interface: what was posted, and what nobody knows."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import TypeVar

import pytest

from scheduler.messages import client as module
from scheduler.messages.blocks import message
from scheduler.messages.client import (
    Barred,
    Client,
    Limited,
    Posted,
    Unclear,
    Unreachable,
    connected,
)
from tests.loopback_slack.server import LoopbackSlack
from tests.loopback_slack.world import Post

R = TypeVar("R")
FAST = 0.01
HELLO = message("Hello")
ANA = "U0ANA00"


@pytest.fixture
def slack() -> Iterator[LoopbackSlack]:
    with LoopbackSlack() as made:
        made.speed = 1 / FAST
        made.add_user(ANA, "Ana")
        made.add_channel("moons")
        yield made


def do(
    slack: LoopbackSlack, work: Callable[[Client], Awaitable[R]], url: str = "", token: str = ""
) -> R:
    async def run() -> R:
        where = url or slack.url + "/api/"
        async with connected(token or slack.token, where, FAST) as client:
            return await work(client)

    return asyncio.run(run())


async def find(client: Client, to: str, key: str) -> Posted | None:
    """What was posted just now. Slack stamps messages by the real clock, and so is it asked."""
    now = datetime.now(UTC)
    return await client.find(to, key, now, now)


@pytest.mark.parametrize("to", [ANA, "#moons", "#closed"])
def test_what_is_posted_is_found_by_its_key(slack: LoopbackSlack, to: str) -> None:
    slack.add_channel("closed", private=True)

    async def work(client: Client) -> None:
        posted = await client.post(to, HELLO, "k", "hash")
        assert await find(client, to, "k") == posted
        assert await find(client, to, "other") is None

    do(slack, work)


def test_public_channels_are_found_without_the_scope_for_private_ones(
    slack: LoopbackSlack,
) -> None:
    slack.scopes.discard("groups:read")

    async def work(client: Client) -> None:
        posted = await client.post("#moons", HELLO, "k", "hash")
        assert await find(client, "#moons", "k") == posted

    do(slack, work)


def test_it_is_found_among_hundreds(slack: LoopbackSlack) -> None:
    async def work(client: Client) -> None:
        posted = await client.post("#moons", HELLO, "k", "hash")
        room = slack.channel("moons")
        room.posts += [Post(slack.world.stamp(), room.id, "chatter") for _ in range(450)]
        assert await find(client, "#moons", "k") == posted

    do(slack, work)


@pytest.mark.parametrize(
    ("how", "kind", "posts"),
    [
        ("429", Limited, 0),
        ("500", Unclear, 0),
        ("timeout", Unclear, 0),
        ("cut_before", Unclear, 0),
        ("cut_after", Unclear, 1),
    ],
)
def test_a_post_is_tried_once_and_says_what_is_known(
    slack: LoopbackSlack,
    monkeypatch: pytest.MonkeyPatch,
    how: str,
    kind: type[Exception],
    posts: int,
) -> None:
    monkeypatch.setattr(module, "PATIENCE", 0.5)
    slack.fail("chat.postMessage", how)  # type: ignore[arg-type]  # a literal of the parameters

    async def work(client: Client) -> None:
        with pytest.raises(kind):
            await client.post("#moons", HELLO, "k", "hash")

    do(slack, work)
    assert slack.calls["chat.postMessage"] == 1
    assert len(slack.channel("moons").messages) == posts


def test_nobody_there_is_no_doubt(slack: LoopbackSlack) -> None:
    async def work(client: Client) -> None:
        with pytest.raises(Unreachable):
            await client.post("#moons", HELLO, "k", "hash")

    do(slack, work, url="http://127.0.0.1:9/api/")


@pytest.mark.parametrize("how", ["429", "500", "cut_before", "cut_after"])
def test_an_edit_is_tried_again(slack: LoopbackSlack, how: str) -> None:
    slack.fail("chat.update", how, 2)  # type: ignore[arg-type]  # a literal of the parameters

    async def work(client: Client) -> None:
        posted = await client.post("#moons", HELLO, "k", "hash")
        await client.update(posted.channel, posted.ts, message("Bye"))

    do(slack, work)
    assert [post.text for post in slack.channel("moons").messages] == ["Bye"]


@pytest.mark.parametrize(
    ("error", "everywhere"),
    [("not_in_channel", False), ("is_archived", False), ("channel_not_found", False)],
)
def test_what_ails_a_channel_says_what_to_do(
    slack: LoopbackSlack, error: str, everywhere: bool
) -> None:
    slack.scopes.discard("chat:write.public")
    slack.add_channel("not_in_channel", bot=False)
    slack.add_channel("is_archived", archived=True)

    async def work(client: Client) -> None:
        with pytest.raises(Barred, match=error) as told:
            await client.post(f"#{error}", HELLO, "k", "hash")
        assert told.value.here
        assert told.value.everywhere is everywhere

    do(slack, work)


def test_a_missing_scope_is_named(slack: LoopbackSlack) -> None:
    slack.scopes.discard("chat:write")

    async def work(client: Client) -> None:
        with pytest.raises(Barred, match=r"lacks a scope.*chat:write.*missing_scope") as told:
            await client.post("#moons", HELLO, "k", "hash")
        assert told.value.everywhere

    do(slack, work)


def test_a_token_is_never_told(slack: LoopbackSlack) -> None:
    async def work(client: Client) -> None:
        with pytest.raises(Barred) as told:
            await client.post("#moons", HELLO, "k", "hash")
        assert "xoxb" not in str(told.value)
        assert told.value.everywhere

    do(slack, work, token="xoxb-secret")


def test_a_channel_rests_between_messages(slack: LoopbackSlack) -> None:
    async def work(client: Client) -> None:
        for number in range(20):
            await client.turn("#moons")
            await client.post("#moons", message(str(number)), str(number), "hash")

    do(slack, work)
    assert slack.calls["chat.postMessage"] == 20
    assert [post.text for post in slack.channel("moons").messages] == [str(n) for n in range(20)]


def test_messages_before_the_instant_are_not_read(slack: LoopbackSlack) -> None:
    async def work(client: Client) -> None:
        await client.post("#moons", HELLO, "k", "hash")
        later = datetime.now(UTC) + timedelta(hours=1)
        assert await client.find("#moons", "k", later, later) is None

    do(slack, work)


def test_what_was_said_long_after_does_not_hide_it(
    slack: LoopbackSlack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_PAGES", 1)

    async def work(client: Client) -> None:
        posted = await client.post("#moons", HELLO, "k", "hash")
        slack.world.clock = lambda: time.time() + 3600
        room = slack.channel("moons")
        room.posts += [Post(slack.world.stamp(), room.id, "chatter") for _ in range(450)]
        assert await find(client, "#moons", "k") == posted

    do(slack, work)
