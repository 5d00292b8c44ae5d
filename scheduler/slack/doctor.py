"""``rota slack doctor``: what works, what does not, and what to do about it, a line each."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from scheduler.messages.text import is_slack_id
from scheduler.slack import groups, manifest
from scheduler.slack.door import reason

if TYPE_CHECKING:
    from scheduler.actions.look import Look

_WITHOUT = {
    "commands": "neither /rota nor the shortcut works",
    "channels:history": "after an unclear send, a reminder may come twice",
    "groups:history": "after an unclear send, a reminder in a private channel may come twice",
    "im:history": "after an unclear send, a reminder to a person may come twice",
    "im:write": "after an unclear send, a reminder to a person may come twice",
    "channels:manage": "topics are not set",
    "groups:write": "topics of private channels are not set",
    "usergroups:read": "user groups do not follow the duties",
    "usergroups:write": "user groups do not follow the duties",
    "channels:read": "channels cannot be checked",
    "groups:read": "private channels cannot be checked",
    "users:read": "people's ids cannot be checked",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was looked at. ``ok`` is False where somebody should act."""

    ok: bool
    what: str
    """token, scopes, channel, group, member or warning."""
    said: str


async def examine(client: AsyncWebClient, look: Look, now: datetime) -> AsyncIterator[Line]:
    """Look at everything that the app needs; nothing is changed."""
    try:
        answer = await client.auth_test()
    except SlackApiError as error:
        yield Line(False, "token", f"Slack does not take the token: {reason(error)}.")
        return
    yield Line(True, "token", f"{answer['user']} in the workspace {answer['team']}.")
    for line in _scopes(answer.headers):
        yield line
    async for line in _channels(client, look):
        yield line
    async for line in _groups(client, look, now):
        yield line
    async for line in _members(client, look):
        yield line
    if not (look.team.chat.channel or look.team.leads):
        yield Line(
            False,
            "warning",
            "nobody is told when the rotation ends: name the team's channel or a lead.",
        )


def _scopes(headers: Mapping[str, Any]) -> list[Line]:
    given = {k.lower(): v for k, v in headers.items()}.get("x-oauth-scopes", "")
    granted = {scope.strip() for scope in given.split(",")}
    missing = [scope for scope in manifest.scopes() if scope not in granted]
    if not missing:
        return [Line(True, "scopes", "all that are needed.")]
    return [
        Line(False, "scopes", f"{scope} is missing: {_WITHOUT.get(scope, 'nothing works')}.")
        for scope in missing
    ]


async def _channels(client: AsyncWebClient, look: Look) -> AsyncIterator[Line]:
    try:
        there = await groups.channels_of(client)
    except SlackApiError as error:
        yield Line(False, "channel", f"channels cannot be read: {reason(error)}.")
        return
    for name in groups.mentioned(look):
        channel = there.get(name.removeprefix("#"))
        if channel is None:
            said = f"there is no {name}, it is archived, or it is private and the app is not in it."
            yield Line(False, "channel", said)
        elif channel.get("is_member"):
            yield Line(True, "channel", f"{name} is reached.")
        else:
            yield Line(False, "channel", f"the app is not in {name}: type /invite @Rota there.")


async def _groups(client: AsyncWebClient, look: Look, now: datetime) -> AsyncIterator[Line]:
    wanted = groups.wanted(look, now)
    if not wanted:
        return
    try:
        answer = await client.usergroups_list()
    except SlackApiError as error:
        yield Line(False, "group", groups.trouble("user groups do not follow", error))
        return
    known = {group["handle"] for group in answer["usergroups"]}
    for group in wanted:
        if group.handle in known:
            yield Line(True, "group", f"@{group.handle} follows its duties.")
        else:
            yield Line(False, "group", f"there is no user group @{group.handle}: make it.")


async def _members(client: AsyncWebClient, look: Look) -> AsyncIterator[Line]:
    try:
        people = await _people(client)
    except SlackApiError as error:
        yield Line(False, "member", f"people cannot be looked up: {reason(error)}.")
        people = None
    linked = 0
    for member in look.team.members:
        user = (people or {}).get(member.slack)
        if not member.slack:
            yield Line(False, "member", f"{member.name} has no `slack:` in roster.yaml.")
        elif not is_slack_id(member.slack):
            said = f"{member.name}: {member.slack} is no id such as U012AB3CD."
            yield Line(False, "member", said)
        elif people is not None and user is None:
            said = f"{member.name}: nobody here has the id {member.slack}."
            yield Line(False, "member", said)
        elif user is not None and user.get("deleted"):
            yield Line(False, "member", f"{member.name}: this account is closed.")
        elif user is not None and (user.get("is_restricted") or user.get("is_bot")):
            yield Line(False, "member", f"{member.name} is a guest: not taken into user groups.")
        else:
            linked += 1
    yield Line(True, "member", f"{linked} of {len(look.team.members)} are linked.")


async def _people(client: AsyncWebClient) -> dict[str, Mapping[str, Any]]:
    found: dict[str, Mapping[str, Any]] = {}
    cursor = ""
    while True:
        answer = await client.users_list(limit=200, cursor=cursor or None)
        found |= {user["id"]: user for user in answer["members"]}
        cursor = answer["response_metadata"].get("next_cursor") or ""
        if not cursor:
            return found
