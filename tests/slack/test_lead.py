"""A lead who acts for somebody is told of that person's turns, as theirs."""

from __future__ import annotations

from datetime import timedelta

import pytest

from scheduler.messages import names
from tests.slack.team import ANA, BEN, CHI, Chat, eventually
from tests.slack.test_requests import EIGHTEENTH, choices, question


def test_a_turn_that_a_lead_asks_about_is_its_holders(chat: Chat) -> None:
    chat.slack.command(ANA, f"/rota cover <@{CHI}|chi> triage")
    # Ana could take it too, and is asked as well.
    told = chat.slack.dm(ANA)
    (mine,) = eventually(lambda: [p for p in told.messages if "No longer needed" in p.buttons])
    assert f"Until somebody says yes, the turn stays <@{CHI}>'s." in mine.shown
    chat.slack.press(ANA, names.WITHDRAW, mine)
    eventually(lambda: mine.edited)
    assert mine.shown == f"Nobody is asked any more. The turn stays <@{CHI}>'s."


def test_what_a_lead_exchanges_is_told_as_their_members(chat: Chat) -> None:
    chat.slack.command(ANA, f"/rota swap <@{BEN}|ben> triage")
    offered = choices(chat, ANA)
    view = chat.slack.modal(ANA)
    assert view is not None
    assert f"<@{BEN}> gives" in view.shown
    assert "What Ben Okafor takes for it" in view.shown
    number = next(i for i, text in enumerate(offered) if text.startswith("Chi"))
    chat.slack.submit(ANA, {names.PARTNER: str(number)})
    mine = question(chat, ANA)
    chat.slack.press(CHI, names.ACCEPT, question(chat, CHI))
    eventually(lambda: mine.edited)
    assert chat.holder(EIGHTEENTH) == "chi"
    assert f"is <@{BEN}>'s, and" in mine.shown
    assert "yours" not in mine.shown


@pytest.mark.parametrize(
    ("days", "said"), [(0, "The turns of Chi Nguyen"), (90, f"<@{CHI}> has no turn ahead.")]
)
def test_another_ones_turns_are_not_said_to_be_the_leads(chat: Chat, days: int, said: str) -> None:
    chat.now[0] += timedelta(days=days)
    chat.slack.command(ANA, "/rota mine @chi")
    (told,) = eventually(lambda: chat.slack.ephemeral(ANA))
    assert said in told.shown
    assert "Enjoy" not in told.shown
