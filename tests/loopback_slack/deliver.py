"""What Slack sends to an app: commands, presses, submitted modals and events, signed."""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from tests.loopback_slack.world import APP, Json, Post, User, View, World, parts


@dataclass(frozen=True)
class Delivery:
    """A payload on its way: ``kind`` is what Socket Mode calls it."""

    kind: str
    payload: Json

    @property
    def body(self) -> tuple[str, str]:
        """The body of the HTTP request and its content type."""
        if self.kind == "events_api":
            return json.dumps(self.payload), "application/json"
        form = self.payload
        if self.kind == "interactive":
            form = {"payload": json.dumps(self.payload)}
        return urlencode(form), "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Reply:
    """What the app answered: its HTTP status (200 over a socket) and the body of its ack."""

    status: int
    text: str

    @property
    def json(self) -> Json:
        return dict(json.loads(self.text)) if self.text.startswith("{") else {}


def signature(secret: str, body: str, timestamp: str) -> str:
    """The v0 signature of a request."""
    base = f"v0:{timestamp}:{body}".encode()
    return "v0=" + hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()


def headers(secret: str, body: str, content_type: str, at: float | None = None) -> dict[str, str]:
    """The headers of a request that is signed at an instant, now unless said otherwise."""
    timestamp = str(int(time.time() if at is None else at))
    return {
        "Content-Type": content_type,
        "X-Slack-Request-Timestamp": timestamp,
        "X-Slack-Signature": signature(secret, body, timestamp),
    }


# ----------------------------------------------------------------------------------- payloads


def command(user: User, said: str, channel: str, team: str, links: Json) -> Delivery:
    """Somebody typed ``/rota …`` somewhere."""
    name, _, text = said.partition(" ")
    payload = {
        "token": "verification",
        "team_id": team,
        "team_domain": "loopback",
        "channel_id": channel,
        "channel_name": "somewhere",
        "user_id": user.id,
        "user_name": user.name,
        "command": name,
        "text": text,
        "api_app_id": APP,
        "is_enterprise_install": "false",
        **links,
    }
    return Delivery("slash_commands", payload)


def press(user: User, element: Json, where: Json, team: str, links: Json) -> Delivery:
    """Somebody pressed a button of a message or a view."""
    keys = {"type", "action_id", "block_id", "value", "selected_option", "text"}
    action = {key: value for key, value in element.items() if key in keys}
    payload = {
        "type": "block_actions",
        **_base(user, team),
        **links,
        **where,
        "actions": [{**action, "action_ts": f"{time.time():.6f}"}],
    }
    return Delivery("interactive", payload)


def shortcut(user: User, callback_id: str, team: str, links: Json) -> Delivery:
    """Somebody chose a global shortcut: it comes from no channel, and nothing can be answered in
    its place."""
    payload = {"type": "shortcut", **_base(user, team), **links, "callback_id": callback_id}
    return Delivery("interactive", payload)


def submission(user: User, view: View, values: Json, team: str, links: Json) -> Delivery:
    """Somebody sent a modal."""
    sent = {**view.to_json(), "state": {"values": _state(view, values)}}
    payload = {"type": "view_submission", **_base(user, team), **links, "view": sent}
    return Delivery("interactive", {**payload, "response_urls": []})


def event(world: World, body: Json, team: str, event_id: str) -> Delivery:
    """Something happened in the workspace."""
    payload = {
        "token": "verification",
        "team_id": team,
        "api_app_id": APP,
        "type": "event_callback",
        "event_id": event_id,
        "event_time": int(world.clock()),
        "authorizations": [{"team_id": team, "user_id": "U0ROTA", "is_bot": True}],
        "event": {"event_ts": f"{world.clock():.6f}", **body},
    }
    return Delivery("events_api", payload)


def _base(user: User, team: str) -> Json:
    return {
        "user": {"id": user.id, "username": user.name, "name": user.name, "team_id": team},
        "team": {"id": team, "domain": "loopback"},
        "api_app_id": APP,
        "token": "verification",
    }


def element_in(holder: Post | View, action_id: str, value: str | None = None) -> Json:
    """The button of a message or view that a person would press."""
    blocks = holder.blocks if isinstance(holder, Post) else holder.body["blocks"]
    found = [
        {**part, "block_id": block.get("block_id", f"b{number}")}
        for number, block in enumerate(blocks)
        for part in parts(block)
        if part.get("action_id") == action_id and value in (None, part.get("value"))
    ]
    if not found:
        known = [part["action_id"] for part in parts(blocks) if "action_id" in part]
        raise AssertionError(f"there is nothing to press for {action_id}, only {known}")
    return found[0]


def where(holder: Post | View) -> Json:
    """Where a button stands, as a payload tells it."""
    if isinstance(holder, View):
        container = {"type": "view", "view_id": holder.id}
        return {"container": container, "view": holder.to_json()}
    kind = {"type": "message", "message_ts": holder.ts, "channel_id": holder.channel}
    told: Json = {"container": {**kind, "is_ephemeral": holder.ephemeral}}
    told["channel"] = {"id": holder.channel, "name": "somewhere"}
    if not holder.ephemeral:
        told["message"] = holder.to_json(metadata=True)
    return told


def _state(view: View, values: Json) -> Json:
    """The state of a modal whose inputs hold these values, by action id."""
    state: Json = {}
    unused = dict(values)
    for number, block in enumerate(view.body["blocks"]):
        if block["type"] != "input":
            continue
        element = block["element"]
        name = element["action_id"]
        given = unused.pop(name, None)
        if given is None and not block.get("optional") and not _initial(element):
            raise AssertionError(f"the modal asks for {name}")
        block_id = block.get("block_id", f"b{number}")
        state[block_id] = {name: _filled(element, given)}
    if unused:
        raise AssertionError(f"the modal does not ask for {', '.join(unused)}")
    return state


def _initial(element: Json) -> Any:
    keys = ("initial_option", "initial_value", "initial_date", "initial_user")
    return next((element[key] for key in keys if key in element), None)


def _filled(element: Json, given: Any) -> Json:
    kind = element["type"]
    if kind in {"static_select", "radio_buttons"}:
        if given is None:
            return {"type": kind, "selected_option": element.get("initial_option")}
        groups = element.get("option_groups") or [element]
        options = [option for group in groups for option in group["options"]]
        chosen = [option for option in options if option["value"] == given]
        if not chosen:
            raise AssertionError(f"{given} is none of {[option['value'] for option in options]}")
        return {"type": kind, "selected_option": chosen[0]}
    key = {"datepicker": "selected_date", "users_select": "selected_user"}.get(kind, "value")
    return {"type": kind, key: given if given is not None else _initial(element)}
