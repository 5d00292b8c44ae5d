"""A question comes to everybody who is asked, whoever died or did not answer on the way."""

from __future__ import annotations

from datetime import timedelta

from scheduler.actions.ask import Asked, Asker, ask_cover
from scheduler.actions.remember import begin_asking, where_told
from scheduler.messages import names
from tests.loopback_slack.world import Post
from tests.slack.team import ANA, BEN, CHI, NOW, Chat, eventually
from tests.slack.test_requests import FOURTH, question


def opened(chat: Chat) -> Asked:
    """A question of Ana's: the process died right after it stood in the journal."""
    return ask_cover(chat.folder, chat.door.journal, FOURTH, NOW, Asker("ana"))


def ask(chat: Chat) -> Post:
    """Ana asks for cover; what she is answered."""
    before = len(chat.slack.ephemeral(ANA))
    chat.slack.command(ANA, "/rota cover triage 2027-01-04")
    answers: list[Post] = eventually(lambda: chat.slack.ephemeral(ANA)[before:])
    return answers[0]


def test_asked_again_a_question_goes_to_those_whom_a_crash_left_out(chat: Chat) -> None:
    opened(chat)
    assert "asked already" in ask(chat).shown
    mine = question(chat, ANA)
    assert mine.buttons == ["No longer needed"]
    assert all(f"<@{user}>" in mine.shown for user in (BEN, CHI))
    assert question(chat, CHI).shown
    chat.slack.press(BEN, names.ACCEPT, question(chat, BEN))
    eventually(lambda: chat.holder(FOURTH) == "ben")


def test_who_has_the_question_does_not_get_it_twice(chat: Chat) -> None:
    id = opened(chat).request.id
    where_told(chat.door.journal, id, {"told": {"ben": ["D000BEN", "1.0"]}})
    for _ in range(2):
        assert "asked already" in ask(chat).shown
    assert [len(chat.slack.dm(user).messages) for user in (ANA, BEN, CHI)] == [1, 0, 1]
    assert all(f"<@{user}>" in question(chat, ANA).shown for user in (BEN, CHI))


def test_of_two_who_ask_at_once_one_does_until_it_has_died_at_it(chat: Chat) -> None:
    id = opened(chat).request.id
    assert begin_asking(chat.door.journal, id, NOW) is not None
    assert "being asked just now" in ask(chat).shown
    assert chat.slack.dm(BEN).messages == []
    chat.now[0] += timedelta(minutes=1)
    assert "asked already" in ask(chat).shown
    assert question(chat, BEN).shown


def test_where_slack_is_down_the_question_stays_open(chat: Chat) -> None:
    chat.slack.fail("chat.postMessage", "500", times=2)
    said = ask(chat).shown
    assert "Slack did not confirm that" in said
    assert all(name in said for name in ("Ben Okafor", "Chi Nguyen"))
    assert chat.slack.dm(ANA).messages == []
    assert "asked already" in ask(chat).shown
    chat.slack.press(BEN, names.ACCEPT, question(chat, BEN))
    eventually(lambda: chat.holder(FOURTH) == "ben")


def test_a_question_whose_posting_was_cut_can_be_answered(chat: Chat) -> None:
    chat.slack.fail("chat.postMessage", "cut_after")
    said = ask(chat).shown
    assert "did not confirm that" in said
    unsure = BEN if "Ben" in said else CHI
    asked = question(chat, unsure)
    chat.slack.press(unsure, names.ACCEPT, asked)
    eventually(lambda: asked.edited)
    assert "is yours" in asked.shown


def test_who_has_no_id_that_slack_knows_is_nobody_to_ask(chat: Chat) -> None:
    for user in (BEN, CHI):
        chat.slack.users[user].deleted = True
    assert "their Slack ids are missing" in ask(chat).shown
    # Nobody has it, so that it was taken back: asked again it is a new one.
    assert "their Slack ids are missing" in ask(chat).shown
