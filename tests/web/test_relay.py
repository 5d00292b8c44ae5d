"""What members do on the pages reaches Slack: questions, answers, and that nobody is asked now."""

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from pathlib import Path
from typing import Any

import pytest

from scheduler.slack import Door, client_of
from scheduler.slack.relay import Relay
from tests.loopback_slack.server import LoopbackSlack
from tests.web.members import Server, Visitor, linked

T18, T25 = "triage@2027-01-18/lead", "triage@2027-01-25/lead"
Story = Callable[[Server, Visitor, Visitor, Visitor], Coroutine[Any, Any, None]]
Play = Callable[[Story], Server]


@pytest.fixture
def slack() -> Iterator[LoopbackSlack]:
    with LoopbackSlack() as workspace:
        for user, name in (("U0ANA", "Ana"), ("U0BEN", "Ben"), ("U0CHI", "Chi")):
            workspace.add_user(user, name)
        workspace.speed = 1000
        yield workspace


@pytest.fixture
def play(tmp_path: Path, slack: LoopbackSlack) -> Play:
    """Let Ana, Ben and Chi act on the pages of a server that has Slack beside it."""

    def run(story: Story) -> Server:
        server = Server(linked(tmp_path / "moons"))
        client = client_of(slack.token, f"{slack.url}/api/")
        server.desk.elsewhere = Relay(Door(server.folder, server.journal, client, server.clock))

        async def all_of_it() -> None:
            people = [await server.member(f"U0{name}") for name in ("ANA", "BEN", "CHI")]
            await story(server, *people)
            await all_told(server)

        asyncio.run(all_of_it())
        return server

    return run


async def all_told(server: Server) -> None:
    """Wait for what is being told."""
    await asyncio.gather(*server.desk._telling)


async def ask(server: Server, ben: Visitor) -> None:
    assert "Asked: Chi Nguyen." in await ben.act("swap", turn=T18, note="", **{"with": T25})
    await all_told(server)


async def answer(verb: str, visitor: Visitor) -> None:
    await visitor.get("/mine")
    await visitor.act(verb, question=visitor.hidden("question"))


def test_a_question_goes_to_who_is_asked(play: Play, slack: LoopbackSlack) -> None:
    async def story(server: Server, ana: Visitor, ben: Visitor, chi: Visitor) -> None:
        await ask(server, ben)

    play(story)
    (asked,) = slack.dm("U0CHI").messages
    assert "Issue triage" in asked.shown
    assert len(asked.buttons) == 2
    (told,) = slack.dm("U0BEN").messages
    assert "Chi" in told.shown
    assert slack.dm("U0ANA").messages == []


def test_a_yes_on_the_page_ends_the_question_in_slack(play: Play, slack: LoopbackSlack) -> None:
    async def story(server: Server, ana: Visitor, ben: Visitor, chi: Visitor) -> None:
        await ask(server, ben)
        await answer("accept", chi)

    play(story)
    (asked,) = slack.dm("U0CHI").messages
    assert asked.edited
    assert "24 January is yours" in asked.shown
    assert not any(button.startswith(("Yes", "No", "I can")) for button in asked.buttons)


def test_a_no_on_the_page_is_told_to_the_asker(play: Play, slack: LoopbackSlack) -> None:
    async def story(server: Server, ana: Visitor, ben: Visitor, chi: Visitor) -> None:
        await ask(server, ben)
        await answer("decline", chi)

    play(story)
    (asked,) = slack.dm("U0CHI").messages
    assert asked.edited
    assert asked.buttons == []
    assert "Chi" in slack.dm("U0BEN").messages[-1].shown


def test_a_question_that_is_withdrawn_asks_nobody_any_more(
    play: Play, slack: LoopbackSlack
) -> None:
    async def story(server: Server, ana: Visitor, ben: Visitor, chi: Visitor) -> None:
        await ask(server, ben)
        await answer("withdraw", ben)

    play(story)
    assert [post.buttons for post in slack.dm("U0CHI").messages] == [[]]
    assert [post.buttons for post in slack.dm("U0BEN").messages] == [[]]


def test_what_slack_does_not_take_is_on_the_page_all_the_same(
    play: Play, slack: LoopbackSlack
) -> None:
    slack.fail("chat.postMessage", "500", times=10)

    async def story(server: Server, ana: Visitor, ben: Visitor, chi: Visitor) -> None:
        await ask(server, ben)
        assert "Questions to you" in (await chi.get("/mine")).text

    play(story)
    assert slack.dm("U0CHI").messages == []


def test_asked_again_slack_gets_what_it_did_not_take(play: Play, slack: LoopbackSlack) -> None:
    slack.fail("chat.postMessage", "500", times=10)

    async def story(server: Server, ana: Visitor, ben: Visitor, chi: Visitor) -> None:
        await ask(server, ben)
        slack.heal()
        for _ in range(2):
            said = await ben.act("swap", turn=T18, note="", **{"with": T25})
            assert said.startswith("This is asked already")
            await all_told(server)

    play(story)
    assert len(slack.dm("U0CHI").messages) == 1
