"""User groups and topics follow who is on duty: a group has exactly those, or stays as it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from scheduler.messages.text import cut, is_slack_id, line
from scheduler.slack.door import reason

if TYPE_CHECKING:
    from scheduler.actions.look import Look

_LONGEST_TOPIC = 250
_WHY = {
    "plan_upgrade_required": "this workspace's plan has no user groups; all else works without",
    "paid_teams_only": "this workspace's plan has no user groups; all else works without",
    "permission_denied": "only administrators may change user groups here: allow everyone in the "
    "workspace's settings, under Permissions",
    "invalid_users": "somebody on duty is a guest or has left; Slack takes no guests into groups",
    "invalid_user": "somebody on duty is a guest or has left; Slack takes no guests into groups",
    "single_channel_guests_cannot_be_added": "somebody on duty is a guest",
    "no_such_subteam": "the group is disabled",
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """A group by its handle, the members who are on duty, and those of them whom Slack cannot
    know: all ids of members."""

    handle: str
    members: tuple[str, ...]
    unlinked: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Followed:
    """What was changed, and what a person must do, a sentence each."""

    changed: tuple[str, ...] = ()
    troubles: tuple[str, ...] = ()


def wanted(look: Look, now: datetime) -> tuple[Wanted, ...]:
    """Who should be in which group at an instant. A duty may have several groups and a group
    several duties; who only shadows is not called."""
    chat, on_duty = look.team.chat, [turn.placed for turn in look.at(now)]
    found: dict[str, dict[str, None]] = {handle: {} for handle in chat.groups}
    for duty in look.team.duties:
        for handle in chat.reminding(duty.id).groups:
            found.setdefault(handle, {})
    for placed in on_duty:
        if placed.role != "shadow":
            for handle in (*chat.groups, *chat.reminding(placed.duty).groups):
                found[handle][placed.member] = None
    person = look.book.directory.person
    return tuple(
        Wanted(
            handle.removeprefix("@"),
            tuple(sorted(members)),
            tuple(sorted(m for m in members if not is_slack_id(person(m).slack))),
        )
        for handle, members in sorted(found.items())
    )


async def follow(
    client: AsyncWebClient, look: Look, now: datetime, *, topics: bool = False
) -> Followed:
    """Give every group the members who are on duty, and channels their topic where that is wished.

    A list that is empty, or lacks somebody, is never sent: half a group is worse than an old one.
    """
    changed: list[str] = []
    troubles: list[str] = []
    groups = wanted(look, now)
    if groups:
        try:
            there = await _groups(client)
        except SlackApiError as error:
            troubles.append(trouble("User groups cannot be read", error))
        else:
            for group in groups:
                await _give(client, look, group, there, changed, troubles)
    if topics:
        await _topics(client, look, now, changed, troubles)
    return Followed(tuple(changed), tuple(troubles))


async def _groups(client: AsyncWebClient) -> Mapping[str, Mapping[str, Any]]:
    answer = await client.usergroups_list(include_users=True)
    return {group["handle"]: group for group in answer["usergroups"]}


async def _give(
    client: AsyncWebClient,
    look: Look,
    group: Wanted,
    there: Mapping[str, Mapping[str, Any]],
    changed: list[str],
    troubles: list[str],
) -> None:
    directory = look.book.directory
    known = there.get(group.handle)
    if known is None:
        troubles.append(f"There is no user group @{group.handle}: make it in Slack.")
    elif not group.members:
        troubles.append(f"Nobody is on duty for @{group.handle}: it stays as it is.")
    elif group.unlinked:
        names = ", ".join(directory.plain(member) for member in group.unlinked)
        troubles.append(f"@{group.handle} stays as it is: no Slack id in roster.yaml for {names}.")
    else:
        users = [directory.person(member).slack for member in group.members]
        if set(users) == set(known.get("users", ())):
            return
        try:
            await client.usergroups_users_update(usergroup=known["id"], users=users)
        except SlackApiError as error:
            troubles.append(trouble(f"@{group.handle} stays as it is", error))
        else:
            names = ", ".join(directory.plain(member) for member in group.members)
            changed.append(f"@{group.handle} is now {names}.")


def trouble(what: str, error: SlackApiError) -> str:
    """What did not work, and what to do about it."""
    code = reason(error)
    return f"{what}: {_WHY.get(code.partition(' ')[0], code)}."


# -------------------------------------------------------------------------------------- topics


async def _topics(
    client: AsyncWebClient,
    look: Look,
    now: datetime,
    changed: list[str],
    troubles: list[str],
) -> None:
    texts = topics_of(look, now)
    if not texts:
        return
    try:
        channels = await channels_of(client)
    except SlackApiError as error:
        troubles.append(trouble("Channels cannot be read", error))
        return
    for name, text in texts.items():
        channel = channels.get(name.removeprefix("#"))
        if channel is None:
            troubles.append(f"There is no channel {name}, or the app is not in it.")
        elif channel["topic"]["value"] != text:
            try:
                await client.conversations_setTopic(channel=channel["id"], topic=text)
            except SlackApiError as error:
                troubles.append(trouble(f"The topic of {name} stays as it is", error))
            else:
                changed.append(f"The topic of {name} is now: {text}")


def topics_of(look: Look, now: datetime) -> dict[str, str]:
    """The topic of each duty's channel: who is on duty there."""
    directory = look.book.directory
    said: dict[str, list[str]] = {}
    for turn in look.at(now):
        placed = turn.placed
        channel = directory.channel(placed.duty)
        if channel and placed.role != "shadow":
            who = f"{directory.title(placed.duty)}: {directory.plain(placed.member)}"
            said.setdefault(channel, []).append(line(who, 80))
    return {
        channel: cut(_harmless("On duty: " + "; ".join(told)), _LONGEST_TOPIC)
        for channel, told in said.items()
    }


def _harmless(text: str) -> str:
    return text.replace("&", "＆").replace("<", "‹").replace(">", "›")


async def channels_of(client: AsyncWebClient) -> dict[str, Mapping[str, Any]]:
    """The channels that the app can see, by name."""
    found = await _channels_of(client, "public_channel")
    try:
        found |= await _channels_of(client, "private_channel")
    except SlackApiError as error:
        # A team without private channels need not grant the scope for them.
        if not reason(error).startswith("missing_scope"):
            raise
    return found


async def _channels_of(client: AsyncWebClient, kind: str) -> dict[str, Mapping[str, Any]]:
    found: dict[str, Mapping[str, Any]] = {}
    cursor = ""
    while True:
        answer = await client.conversations_list(
            types=kind, exclude_archived=True, limit=200, cursor=cursor or None
        )
        found |= {channel["name"]: channel for channel in answer["channels"]}
        cursor = answer["response_metadata"].get("next_cursor") or ""
        if not cursor:
            return found


def mentioned(look: Look) -> Iterable[str]:
    """The channels that the roster names."""
    directory = look.book.directory
    names = [look.team.chat.channel, *(directory.channel(d.id) for d in look.team.duties)]
    return dict.fromkeys(name for name in names if name)
