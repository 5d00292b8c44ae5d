"""The manifest asks for what the code uses: no more and no less."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from scheduler.errors import BadRequest
from scheduler.messages import names
from scheduler.slack import app, commands, manifest
from tests.loopback_slack.methods import METHODS

SCHEDULER = Path(__file__).parents[2] / "scheduler"


@pytest.fixture
def shipped() -> dict[str, Any]:
    return dict(yaml.safe_load(manifest.manifest()))


def test_the_command_and_its_words(shipped: dict[str, Any]) -> None:
    (command,) = shipped["features"]["slash_commands"]
    assert command["command"] == names.COMMAND
    assert set(command["usage_hint"].split(" | ")) == set(commands.VERBS)
    assert command["should_escape"]


def test_every_action_and_view_has_its_handler(shipped: dict[str, Any]) -> None:
    assert set(app.ACTIONS) == names.ACTIONS
    assert set(app.VIEWS) == names.VIEWS
    assert shipped["settings"]["interactivity"]["is_enabled"]


def test_the_shortcut_has_its_handler(shipped: dict[str, Any]) -> None:
    """What it does is in test_requests.py."""
    (shortcut,) = shipped["features"]["shortcuts"]
    assert (shortcut["callback_id"], shortcut["type"]) == (names.SHORTCUT, "global")
    # Slack's limits.
    assert len(shortcut["name"]) <= 24
    assert len(shortcut["description"]) <= 150


def test_the_events_are_those_that_are_listened_to(shipped: dict[str, Any]) -> None:
    assert shipped["settings"]["event_subscriptions"]["bot_events"] == [app.HOME_OPENED]
    assert shipped["features"]["app_home"]["home_tab_enabled"]


NEEDS = {
    "chat_postMessage": {"chat:write"},
    "chat_update": {"chat:write"},
    "conversations_history": {"channels:history", "groups:history", "im:history"},
    "conversations_list": {"channels:read", "groups:read"},
    "conversations_open": {"im:write"},
    "conversations_setTopic": {"channels:manage", "groups:write"},
    "usergroups_list": {"usergroups:read"},
    "usergroups_users_update": {"usergroups:write"},
    "users_list": {"users:read"},
    "auth_test": set(),
    "views_open": set(),
    "views_publish": set(),
    "views_update": set(),
}
"""The scopes of each method, as Slack's reference has them."""


def test_the_scopes_are_those_of_the_methods_that_are_called() -> None:
    code = "".join(
        path.read_text(encoding="utf-8")
        for room in ("slack", "messages")
        for path in SCHEDULER.joinpath(room).glob("*.py")
    )
    known = {name.replace(".", "_") for name in METHODS}
    called = set(re.findall(r"\.([a-z]+(?:_[A-Za-z]+)+)\(?", code)) & known
    needed = {scope for method in called for scope in NEEDS[method]} | {"commands"}
    assert set(manifest.scopes()) == needed


def test_over_http_the_addresses_are_named() -> None:
    told = yaml.safe_load(manifest.manifest("https://rota.example.org/"))
    address = "https://rota.example.org/slack/events"
    settings = told["settings"]
    assert told["features"]["slash_commands"][0]["url"] == address
    assert settings["event_subscriptions"]["request_url"] == address
    assert settings["interactivity"]["request_url"] == address
    assert not settings["socket_mode_enabled"]
    with pytest.raises(BadRequest, match="https"):
        manifest.manifest("http://rota.example.org")
