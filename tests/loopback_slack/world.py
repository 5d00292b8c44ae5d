"""What there is in the workspace of a loopback Slack, as a person would see it."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]

TEAM, BOT, APP = "T0LOOPBACK", "U0ROTA", "A0ROTA"

_BROADCAST = re.compile(r"<!(?:channel|here|everyone|subteam)[^>]*>")


@dataclass
class User:
    """A person, or the bot; a guest is restricted to some channels."""

    id: str
    name: str
    email: str = ""
    guest: bool = False
    bot: bool = False
    deleted: bool = False
    tz: str = "UTC"

    def to_json(self) -> Json:
        profile = {"real_name": self.name, "display_name": self.name, "email": self.email}
        return {
            "id": self.id,
            "team_id": TEAM,
            "name": self.name.lower().replace(" ", "."),
            "real_name": self.name,
            "deleted": self.deleted,
            "is_bot": self.bot,
            "is_restricted": self.guest,
            "is_ultra_restricted": False,
            "tz": self.tz,
            "profile": profile,
        }


@dataclass
class Post:
    """A message; ``edited`` says that it was changed after it was posted."""

    ts: str
    channel: str
    text: str
    blocks: list[Json] = field(default_factory=list)
    metadata: Json | None = None
    user: str = BOT
    thread_ts: str = ""
    edited: bool = False
    ephemeral: bool = False

    @property
    def broadcasts(self) -> list[str]:
        """What in it would ring for everybody, such as ``<!channel>``."""
        return _BROADCAST.findall(self.text) + _BROADCAST.findall(" ".join(_mrkdwn(self.blocks)))

    @property
    def shown(self) -> str:
        """All that a person reads of it: its blocks, or its text where it has none."""
        return "\n".join(words(self.blocks)) if self.blocks else self.text

    @property
    def buttons(self) -> list[str]:
        """The labels of its buttons."""
        found = (part for part in parts(self.blocks) if part.get("type") == "button")
        return [str(button["text"]["text"]) for button in found]

    def to_json(self, *, metadata: bool = False) -> Json:
        told: Json = {
            "type": "message",
            "user": self.user,
            "bot_id": "B0ROTA",
            "app_id": APP,
            "ts": self.ts,
            "text": self.text,
            "blocks": self.blocks,
        }
        if self.thread_ts:
            told["thread_ts"] = self.thread_ts
        if self.edited:
            told["edited"] = {"user": self.user, "ts": self.ts}
        if metadata and self.metadata:
            told["metadata"] = self.metadata
        return told


@dataclass
class Channel:
    """A channel, or a direct conversation of the bot with a person."""

    id: str
    name: str
    user: str = ""
    """The person of a direct conversation."""
    private: bool = False
    archived: bool = False
    members: set[str] = field(default_factory=set)
    topic: str = ""
    posts: list[Post] = field(default_factory=list)

    @property
    def messages(self) -> list[Post]:
        """What stands in it, the oldest first."""
        return list(self.posts)

    @property
    def kind(self) -> str:
        """As scopes are named: ``channels``, ``groups`` or ``im``."""
        return "im" if self.user else "groups" if self.private else "channels"

    def to_json(self) -> Json:
        if self.user:
            return {"id": self.id, "is_im": True, "user": self.user}
        return {
            "id": self.id,
            "name": self.name,
            "is_channel": not self.private,
            "is_private": self.private,
            "is_im": False,
            "is_archived": self.archived,
            "is_member": BOT in self.members,
            "topic": {"value": self.topic},
        }


@dataclass
class Group:
    """A user group such as ``@triage``."""

    id: str
    handle: str
    users: list[str] = field(default_factory=list)
    enabled: bool = True
    history: list[list[str]] = field(default_factory=list)
    """Every list that it was given, in order."""

    def to_json(self, *, users: bool = False) -> Json:
        told: Json = {
            "id": self.id,
            "team_id": TEAM,
            "handle": self.handle,
            "name": self.handle,
            "date_delete": 0 if self.enabled else 1,
            "user_count": len(self.users),
        }
        return {**told, "users": list(self.users)} if users else told


@dataclass
class View:
    """A modal or a home tab that somebody has open."""

    id: str
    user: str
    body: Json
    version: int = 1

    @property
    def hash(self) -> str:
        return f"{self.version}.{self.id}"

    @property
    def shown(self) -> str:
        title = self.body.get("title", {}).get("text", "")
        return "\n".join([title, *words(self.body["blocks"])])

    def to_json(self) -> Json:
        return {
            "private_metadata": "",
            "callback_id": "",
            "state": {"values": {}},
            **self.body,
            "id": self.id,
            "team_id": TEAM,
            "app_id": APP,
            "hash": self.hash,
            "root_view_id": self.id,
        }


class World:
    """The workspace: everything that stays between two requests."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self.clock = clock
        self.users: dict[str, User] = {BOT: User(BOT, "Rota", bot=True)}
        self.channels: dict[str, Channel] = {}
        self.groups: dict[str, Group] = {}
        self.homes: dict[str, View] = {}
        self.modals: dict[str, View] = {}
        self.ephemerals: list[Post] = []
        self.triggers: dict[str, str] = {}
        """The triggers that were given out and not used yet, with the person who caused each."""
        self.plan = "paid"
        self.locked = False
        """Whether only administrators may change user groups."""
        self.numbers = itertools.count(1)

    def stamp(self) -> str:
        """A ``ts``, which no other message has."""
        return f"{int(self.clock())}.{next(self.numbers):06}"

    def next_id(self, prefix: str) -> str:
        return f"{prefix}{next(self.numbers):08}"

    def find(self, channel: str) -> Channel | None:
        """A channel by id or name; a person's id stands for the conversation with them."""
        if channel in self.channels:
            return self.channels[channel]
        if channel in self.users:
            return self.dm(channel)
        name = channel.removeprefix("#")
        return next((c for c in self.channels.values() if c.name == name and name), None)

    def dm(self, user: str) -> Channel:
        """The direct conversation with a person."""
        for channel in self.channels.values():
            if channel.user == user:
                return channel
        made = Channel(f"D{user[1:]}", "", user=user, members={user, BOT})
        self.channels[made.id] = made
        return made

    def view(self, view_id: str) -> View | None:
        views = (*self.modals.values(), *self.homes.values())
        return next((view for view in views if view.id == view_id), None)


# ------------------------------------------------------------------------------- reading blocks


def parts(value: Any) -> Iterable[Mapping[str, Any]]:
    """Every object within blocks, the outer ones first."""
    if isinstance(value, Mapping):
        yield value
        for inner in value.values():
            yield from parts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from parts(inner)


def words(blocks: Any) -> list[str]:
    """Every text within blocks, in the order of reading."""
    texts = (part for part in parts(blocks) if part.get("type") in {"plain_text", "mrkdwn"})
    return [str(part["text"]) for part in texts]


def _mrkdwn(blocks: Any) -> list[str]:
    return [str(part["text"]) for part in parts(blocks) if part.get("type") == "mrkdwn"]
