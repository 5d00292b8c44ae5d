"""The window in which a swap is chosen: it is offered where it can help, and never says for ever
that it is looking."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import pytest
from slack_sdk.errors import SlackApiError

from scheduler.actions.look import Look
from scheduler.errors import Refused
from scheduler.messages import names
from scheduler.slack.modal import _shown
from tests.loopback_slack.world import parts
from tests.slack.team import ANA, Chat, eventually
from tests.slack.test_requests import FOURTH

MONDAY_NOON = datetime(2027, 1, 4, 12, tzinfo=UTC)
SWAP = "/rota swap triage 2027-01-04"


def test_a_turn_that_has_begun_is_done_and_one_to_come_is_given_away(chat: Chat) -> None:
    chat.now[0] = MONDAY_NOON
    chat.slack.command(ANA, "/rota mine")
    (told,) = eventually(lambda: chat.slack.ephemeral(ANA))
    assert told.buttons == ["Done", "Find a swap", "I cannot make it"]
    chat.slack.open_home(ANA)
    view = eventually(lambda: chat.slack.home(ANA))
    pressed = [part["action_id"] for part in parts(view.body["blocks"]) if "action_id" in part]
    assert pressed == [names.DONE, names.SWAP, names.CANNOT]


def test_the_window_tells_why_nothing_can_be_exchanged(chat: Chat) -> None:
    chat.slack.command(ANA, "/rota mine")
    (told,) = eventually(lambda: chat.slack.ephemeral(ANA))
    chat.now[0] = MONDAY_NOON
    chat.slack.press(ANA, names.SWAP, told, f"{FOURTH}/lead")
    view = eventually(lambda: chat.slack.modal(ANA))
    eventually(lambda: "has begun, and what is past is not changed" in view.shown)


def test_a_window_that_slack_no_longer_opens_is_told_of(
    chat: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    look = chat.door.look

    async def slow_look() -> Look:
        chat.slack.world.triggers.clear()
        return await look()

    monkeypatch.setattr(chat.door, "look", slow_look)
    chat.slack.command(ANA, SWAP)
    (told,) = eventually(lambda: chat.slack.ephemeral(ANA))
    assert "did not show the window in time" in told.shown


def test_a_window_that_slack_does_not_fill_is_told_of(chat: Chat) -> None:
    chat.slack.fail("views.update", "cut_before")
    chat.slack.command(ANA, SWAP)
    (told,) = eventually(lambda: chat.slack.ephemeral(ANA))
    assert "did not show the window in time" in told.shown


def test_whoever_closes_the_window_is_left_alone() -> None:
    async def refused(error: str) -> object:
        raise SlackApiError("", {"ok": False, "error": error})  # type: ignore[no-untyped-call]  # slack_sdk lacks the annotation

    assert asyncio.run(_shown(refused("not_found"))) is None
    with pytest.raises(Refused):
        asyncio.run(_shown(refused("expired_trigger_id")))
