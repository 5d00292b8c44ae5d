"""The methods of the Web API that Rota calls: each a function from a call to an answer."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.loopback_slack import limits
from tests.loopback_slack.world import APP, BOT, TEAM, Channel, Json, Post, View, World


@dataclass(frozen=True)
class Call:
    """One call with its arguments, and the scopes of the token that came with it."""

    method: str
    arguments: Json
    scopes: frozenset[str]

    def text(self, name: str) -> str:
        return str(self.arguments.get(name) or "")

    def flag(self, name: str) -> bool:
        return self.arguments.get(name) in {True, "1", "true", "True"}

    def value(self, name: str) -> Any:
        """An argument that is JSON, also where a form carries it as text."""
        found = self.arguments.get(name)
        return json.loads(found) if isinstance(found, str) and found else found


class Refusal(Exception):
    """What Slack answers with ``ok: false``."""

    def __init__(self, error: str, **more: Any) -> None:
        super().__init__(error)
        self.answer: Json = {"ok": False, "error": error, **more}


Method = Callable[[World, Call], Json]
METHODS: dict[str, Method] = {}


def method(name: str) -> Callable[[Method], Method]:
    """Register a method under its name."""

    def register(function: Method) -> Method:
        METHODS[name] = function
        return function

    return register


def need(call: Call, *scopes: str) -> None:
    """Refuse a token without one of these scopes."""
    if not set(scopes) & call.scopes:
        provided = ",".join(sorted(call.scopes))
        raise Refusal("missing_scope", needed=",".join(scopes), provided=provided)


def invalid(error: str, problems: list[limits.Problem]) -> Refusal:
    told = [f"[ERROR] {sentence} [json-pointer:{at}]" for at, sentence in problems]
    return Refusal(error, errors=told, response_metadata={"messages": told})


def page(call: Call, key: str, found: list[Json]) -> Json:
    """A part of a list; the cursor is where the next part begins."""
    size = int(call.arguments.get("limit") or 100)
    start = int(call.text("cursor") or 0)
    more = str(start + size) if start + size < len(found) else ""
    return {key: found[start : start + size], "response_metadata": {"next_cursor": more}}


# ---------------------------------------------------------------------------------- who it is


@method("api.test")
def api_test(world: World, call: Call) -> Json:
    return {}


@method("auth.test")
def auth_test(world: World, call: Call) -> Json:
    who = {"user": "rota", "user_id": BOT, "bot_id": "B0ROTA", "app_id": APP}
    return {"url": "https://loopback.slack.com/", "team": "Loopback", "team_id": TEAM, **who}


# ----------------------------------------------------------------------------------- messages


@method("chat.postMessage")
def post_message(world: World, call: Call) -> Json:
    need(call, "chat:write")
    channel = world.find(call.text("channel"))
    if channel is None or (channel.user and world.users[channel.user].deleted):
        raise Refusal("channel_not_found")
    if channel.archived:
        raise Refusal("is_archived")
    public = not channel.private and "chat:write.public" in call.scopes
    if BOT not in channel.members and not public:
        raise Refusal("not_in_channel" if not channel.private else "channel_not_found")
    post = Post(world.stamp(), channel.id, **_content(call), thread_ts=call.text("thread_ts"))
    post.metadata = _metadata(call)
    channel.posts.append(post)
    return {"channel": channel.id, "ts": post.ts, "message": post.to_json(metadata=True)}


@method("chat.update")
def update(world: World, call: Call) -> Json:
    need(call, "chat:write")
    channel = world.channels.get(call.text("channel"))
    if channel is None:
        raise Refusal("channel_not_found")
    post = next((post for post in channel.posts if post.ts == call.text("ts")), None)
    if post is None:
        raise Refusal("message_not_found")
    content = _content(call)
    post.text, post.edited = content["text"], True
    if call.arguments.get("blocks") is not None:
        post.blocks = content["blocks"]
    if call.arguments.get("metadata") is not None:
        post.metadata = _metadata(call)
    return {"channel": channel.id, "ts": post.ts, "text": post.text, "message": post.to_json()}


@method("chat.postEphemeral")
def post_ephemeral(world: World, call: Call) -> Json:
    need(call, "chat:write")
    channel = world.find(call.text("channel"))
    if channel is None or channel.archived:
        raise Refusal("channel_not_found" if channel is None else "is_archived")
    if BOT not in channel.members:
        raise Refusal("not_in_channel")
    if call.text("user") not in channel.members:
        raise Refusal("user_not_in_channel")
    post = Post(world.stamp(), channel.id, **_content(call), ephemeral=True)
    post.user = call.text("user")
    world.ephemerals.append(post)
    return {"message_ts": post.ts}


@method("chat.getPermalink")
def permalink(world: World, call: Call) -> Json:
    channel, ts = call.text("channel"), call.text("message_ts")
    link = f"https://loopback.slack.com/archives/{channel}/p{ts.replace('.', '')}"
    return {"channel": channel, "permalink": link}


def _content(call: Call) -> Json:
    """The text and blocks of a message. Slack takes blocks without text, and then notifies people
    with an empty line: that is refused here."""
    text, blocks = call.text("text"), call.value("blocks") or []
    if not text:
        raise Refusal("no_text")
    return content(text, blocks)


def content(text: str, blocks: Any) -> Json:
    """Text and blocks as they may be shown."""
    if len(text) > limits.TEXT:
        raise Refusal("msg_too_long")
    problems = limits.message_problems(blocks)
    if problems:
        raise invalid("invalid_blocks", problems)
    if limits.length(blocks) > limits.IN_ALL:
        raise Refusal("msg_blocks_too_long")
    return {"text": text, "blocks": blocks}


def _metadata(call: Call) -> Json | None:
    metadata = call.value("metadata")
    if not metadata:
        return None
    if set(metadata) != {"event_type", "event_payload"}:
        raise Refusal("invalid_metadata_format")
    return dict(metadata)


# ------------------------------------------------------------------------------ conversations


def _channel(world: World, call: Call) -> Channel:
    """A channel by its id, and by nothing else, of which the bot may know."""
    channel = world.channels.get(call.text("channel"))
    if channel is None or (channel.private and BOT not in channel.members):
        raise Refusal("channel_not_found")
    return channel


@method("conversations.open")
def conversations_open(world: World, call: Call) -> Json:
    need(call, "im:write")
    user = call.text("users")
    if user not in world.users:
        raise Refusal("user_not_found")
    if world.users[user].deleted:
        raise Refusal("user_disabled")
    return {"channel": {"id": world.dm(user).id}}


@method("conversations.list")
def conversations_list(world: World, call: Call) -> Json:
    types = (call.text("types") or "public_channel").split(",")
    kinds = {"public_channel": "channels", "private_channel": "groups", "im": "im"}
    wanted = {kinds[name] for name in types}
    for kind in wanted:
        need(call, f"{kind}:read")
    found = [
        channel.to_json()
        for channel in world.channels.values()
        if channel.kind in wanted
        and not (channel.archived and call.flag("exclude_archived"))
        and (BOT in channel.members or not channel.private)
    ]
    return page(call, "channels", found)


@method("conversations.info")
def conversations_info(world: World, call: Call) -> Json:
    channel = _channel(world, call)
    need(call, f"{channel.kind}:read")
    return {"channel": channel.to_json()}


@method("conversations.members")
def conversations_members(world: World, call: Call) -> Json:
    channel = _channel(world, call)
    need(call, f"{channel.kind}:read")
    found = page(call, "members", [{"id": user} for user in sorted(channel.members)])
    return {**found, "members": [member["id"] for member in found["members"]]}


@method("conversations.history")
def conversations_history(world: World, call: Call) -> Json:
    channel = _channel(world, call)
    need(call, f"{channel.kind}:history")
    if BOT not in channel.members:
        raise Refusal("not_in_channel")
    oldest, latest = float(call.text("oldest") or 0), float(call.text("latest") or "inf")
    bounds = call.flag("inclusive")
    within = [
        post.to_json(metadata=call.flag("include_all_metadata"))
        for post in reversed(channel.posts)
        if oldest < float(post.ts) < latest or (bounds and float(post.ts) in {oldest, latest})
    ]
    found = page(call, "messages", within)
    return {**found, "has_more": bool(found["response_metadata"]["next_cursor"])}


@method("conversations.join")
def conversations_join(world: World, call: Call) -> Json:
    need(call, "channels:join")
    channel = _channel(world, call)
    if channel.archived:
        raise Refusal("is_archived")
    if channel.kind != "channels":
        raise Refusal("method_not_supported_for_channel_type")
    channel.members.add(BOT)
    return {"channel": channel.to_json()}


@method("conversations.setTopic")
def set_topic(world: World, call: Call) -> Json:
    channel = _channel(world, call)
    if channel.private:
        need(call, "groups:write", "groups:write.topic")
    else:
        need(call, "channels:manage", "channels:write.topic")
    if BOT not in channel.members:
        raise Refusal("not_in_channel")
    if len(call.text("topic")) > 250:
        raise Refusal("too_long")
    channel.topic = call.text("topic")
    return {"channel": channel.to_json()}


# -------------------------------------------------------------------------- people and groups


@method("users.list")
def users_list(world: World, call: Call) -> Json:
    need(call, "users:read")
    return page(call, "members", [_person(world, call, user) for user in world.users])


@method("users.info")
def users_info(world: World, call: Call) -> Json:
    need(call, "users:read")
    if call.text("user") not in world.users:
        raise Refusal("user_not_found")
    return {"user": _person(world, call, call.text("user"))}


@method("users.lookupByEmail")
def lookup_by_email(world: World, call: Call) -> Json:
    need(call, "users:read.email")
    wanted = call.text("email").lower()
    for user in world.users.values():
        if user.email and user.email.lower() == wanted and not user.deleted:
            return {"user": user.to_json()}
    raise Refusal("users_not_found")


def _person(world: World, call: Call, user: str) -> Json:
    told = world.users[user].to_json()
    if "users:read.email" not in call.scopes:
        del told["profile"]["email"]
    return told


@method("usergroups.list")
def usergroups_list(world: World, call: Call) -> Json:
    need(call, "usergroups:read")
    _paid(world)
    groups = (g for g in world.groups.values() if g.enabled or call.flag("include_disabled"))
    return {"usergroups": [group.to_json(users=call.flag("include_users")) for group in groups]}


@method("usergroups.users.list")
def usergroups_users_list(world: World, call: Call) -> Json:
    need(call, "usergroups:read")
    _paid(world)
    if call.text("usergroup") not in world.groups:
        raise Refusal("no_such_subteam")
    return {"users": list(world.groups[call.text("usergroup")].users)}


@method("usergroups.users.update")
def usergroups_users_update(world: World, call: Call) -> Json:
    need(call, "usergroups:write")
    _paid(world)
    if world.locked:
        raise Refusal("permission_denied")
    group = world.groups.get(call.text("usergroup"))
    if group is None or not group.enabled:
        raise Refusal("no_such_subteam")
    given = call.arguments.get("users") or ""
    users = [u for u in (given.split(",") if isinstance(given, str) else given) if u]
    if not users:
        raise Refusal("no_users_provided")
    people = [world.users.get(user) for user in users]
    if any(p is None or p.guest or p.bot or p.deleted for p in people):
        raise Refusal("invalid_users")
    group.users = list(users)
    group.history.append(list(users))
    return {"usergroup": group.to_json(users=True)}


def _paid(world: World) -> None:
    if world.plan != "paid":
        raise Refusal("plan_upgrade_required")


# -------------------------------------------------------------------------------------- views


@method("views.open")
def views_open(world: World, call: Call) -> Json:
    user = world.triggers.pop(call.text("trigger_id"), None)
    if user is None:
        raise Refusal("expired_trigger_id")
    view = View(world.next_id("V"), user, checked(call.value("view"), "modal"))
    world.modals[user] = view
    return {"view": view.to_json()}


@method("views.update")
def views_update(world: World, call: Call) -> Json:
    view = world.view(call.text("view_id"))
    if view is None:
        raise Refusal("not_found")
    if call.text("hash") and call.text("hash") != view.hash:
        raise Refusal("hash_conflict")
    view.body = checked(call.value("view"), "modal")
    view.version += 1
    return {"view": view.to_json()}


@method("views.publish")
def views_publish(world: World, call: Call) -> Json:
    user = call.text("user_id")
    if user not in world.users:
        raise Refusal("user_not_found")
    old = world.homes.get(user)
    body = checked(call.value("view"), "home")
    version = old.version + 1 if old else 1
    world.homes[user] = View(world.next_id("V"), user, body, version)
    return {"view": world.homes[user].to_json()}


def checked(view: Any, kind: str) -> Json:
    """A view as it may be shown."""
    problems = limits.view_problems(view)
    if problems or view["type"] != kind:
        raise invalid("invalid_arguments", problems or [("/view/type", f"must be {kind}")])
    return dict(view)
