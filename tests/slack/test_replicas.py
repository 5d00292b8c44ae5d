"""Several replicas over one roster and one journal, and what is left when the journal is lost."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from scheduler.messages import names
from tests.loopback_slack.server import LoopbackSlack
from tests.postgres import Postgres, postgres
from tests.slack.team import ANA, BEN, CHI, Chat, eventually, served, team_in_slack
from tests.slack.test_requests import EIGHTEENTH, FOURTH, question

__all__ = ["postgres"]


@pytest.fixture
def two(
    workspace: LoopbackSlack,
    tmp_path: Path,
    postgres: Postgres,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Chat]:
    """Two replicas, to which what people do is sent in turn."""
    monkeypatch.setenv("ROTA_JOURNAL", postgres.database())
    folder = team_in_slack(tmp_path / "moons")
    with ExitStack() as stack:
        stack.enter_context(served(workspace, folder))
        one = workspace.addresses
        chat = stack.enter_context(served(workspace, folder))
        assert one != workspace.addresses
        workspace.deliver_to(*one, *workspace.addresses)
        yield chat


def at_once(chat: Chat, *users: str) -> None:
    """All say yes at the same moment, each at another replica."""
    asked = {user: question(chat, user) for user in users}
    pressing = [
        threading.Thread(target=chat.slack.press, args=(user, names.ACCEPT, post))
        for user, post in asked.items()
    ]
    for thread in pressing:
        thread.start()
    for thread in pressing:
        thread.join()
    eventually(lambda: all(post.edited for post in asked.values()))


def test_two_who_say_yes_at_two_replicas_make_one_change(two: Chat) -> None:
    two.slack.command(ANA, "/rota cover triage 2027-01-04")
    at_once(two, BEN, CHI)
    assert len(two.rotation.changes) == 1
    assert two.holder(FOURTH) in {"ben", "chi"}
    shown = [two.slack.dm(user).messages[-1].shown for user in (BEN, CHI)]
    assert sum("is yours" in text for text in shown) == 1
    assert sum("Settled" in text for text in shown) == 1


def test_a_delivery_that_reaches_both_replicas_is_taken_once(two: Chat) -> None:
    two.slack.command(ANA, "/rota cover triage 2027-01-04", copies=4)
    asked = question(two, BEN)
    two.slack.press(BEN, names.ACCEPT, asked, copies=4)
    eventually(lambda: asked.edited)
    assert len(two.rotation.changes) == 1
    assert len(two.slack.dm(BEN).messages) == 1


def test_two_questions_answered_at_two_replicas_both_count(two: Chat) -> None:
    two.slack.command(ANA, "/rota cover triage 2027-01-04")
    of_ana = question(two, CHI)
    two.slack.command(BEN, "/rota cover triage 2027-01-18")
    of_ben = eventually(
        lambda: [p for p in two.slack.dm(CHI).messages if p.buttons and p != of_ana]
    )[0]
    pressing = [
        threading.Thread(target=two.slack.press, args=(CHI, names.ACCEPT, post))
        for post in (of_ana, of_ben)
    ]
    for thread in pressing:
        thread.start()
    for thread in pressing:
        thread.join()
    eventually(lambda: of_ana.edited and of_ben.edited)
    assert {two.holder(FOURTH), two.holder(EIGHTEENTH)} == {"chi"}
    assert [entry.id for entry in two.rotation.changes] == [1, 2]


def test_without_its_journal_no_assignment_is_lost(
    workspace: LoopbackSlack, tmp_path: Path
) -> None:
    folder = team_in_slack(tmp_path / "moons")
    with served(workspace, folder) as chat:
        chat.slack.command(ANA, "/rota cover triage 2027-01-04")
        asked = question(chat, BEN)
        before = chat.rotation
    for path in folder.joinpath(".rota").glob("journal.sqlite*"):
        path.unlink()
    with served(workspace, folder) as chat:
        chat.slack.press(BEN, names.ACCEPT, asked)
        eventually(lambda: asked.edited or chat.slack.ephemeral(BEN))
        assert chat.rotation == before
        chat.slack.command(ANA, "/rota cover triage 2027-01-04")
        again = eventually(lambda: [p for p in chat.slack.dm(BEN).messages if p.ts > asked.ts])[0]
        chat.slack.press(BEN, names.ACCEPT, again)
        eventually(lambda: again.edited)
        assert chat.holder(FOURTH) == "ben"


def test_whose_account_is_closed_is_named_and_the_others_are_asked(
    workspace: LoopbackSlack, tmp_path: Path
) -> None:
    with served(workspace, team_in_slack(tmp_path / "moons")) as chat:
        workspace.world.users[BEN].deleted = True
        chat.slack.command(ANA, "/rota cover triage 2027-01-04")
        assert question(chat, CHI).shown
        told = eventually(lambda: chat.slack.ephemeral(ANA))
        assert "I could not reach Ben" in told[-1].shown
        # Who is gone can press nothing, and a press that comes all the same is nobody's yes.
        assert chat.rotation.changes == ()
