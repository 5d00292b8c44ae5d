"""User groups hold exactly who is on duty, or stay as they are."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest

from scheduler.actions.look import look
from scheduler.slack import client_of, doctor, groups
from tests.loopback_slack.server import LoopbackSlack
from tests.slack.team import ANA, BEN, CHI, change, team_in_slack

FIFTH, TWELFTH, EIGHTEENTH = (datetime(2027, 1, day, 12, tzinfo=UTC) for day in (5, 12, 18))


@pytest.fixture
def folder(tmp_path: Path, workspace: LoopbackSlack) -> Path:
    folder = team_in_slack(tmp_path / "moons")
    change(folder, "duties.yaml", "kind: triage", 'kind: triage\n    group: "@triage-duty"')
    change(folder, "duties.yaml", "kind: releases", 'kind: releases\n    channel: "#triage"')
    change(folder, "roster.yaml", "team: Moons", 'team: Moons\nslack: {group: "@on-duty"}')
    workspace.add_group("triage-duty", [CHI])
    workspace.add_group("on-duty", [CHI])
    return folder


def follow(
    slack: LoopbackSlack, folder: Path, now: datetime, *, topics: bool = False
) -> groups.Followed:
    async def asking() -> groups.Followed:
        client = client_of(slack.token, f"{slack.url}/api/")
        return await groups.follow(client, look(folder), now, topics=topics)

    return asyncio.run(asking())


def lines(slack: LoopbackSlack, folder: Path) -> dict[str, bool]:
    async def asking() -> dict[str, bool]:
        client = client_of(slack.token, f"{slack.url}/api/")
        examined = doctor.examine(client, look(folder), FIFTH)
        return {f"{line.what}: {line.said}": line.ok async for line in examined}

    return asyncio.run(asking())


def test_a_group_has_who_is_on_duty_and_is_written_once(
    workspace: LoopbackSlack, folder: Path
) -> None:
    done = follow(workspace, folder, FIFTH)
    assert done.troubles == ()
    assert workspace.group("triage-duty").users == [ANA]
    assert workspace.group("on-duty").users == [ANA]
    assert follow(workspace, folder, FIFTH).changed == ()
    assert len(workspace.group("triage-duty").history) == 1


def test_many_to_many(workspace: LoopbackSlack, folder: Path) -> None:
    follow(workspace, folder, EIGHTEENTH)
    assert workspace.group("triage-duty").users == [BEN]
    assert set(workspace.group("on-duty").users) == {ANA, BEN}


def test_an_empty_list_is_never_sent(workspace: LoopbackSlack, folder: Path) -> None:
    done = follow(workspace, folder, TWELFTH)
    assert workspace.group("triage-duty").users == [CHI]
    assert "Nobody is on duty for @triage-duty: it stays as it is." in done.troubles


def test_a_partial_list_is_never_sent(workspace: LoopbackSlack, folder: Path) -> None:
    change(folder, "roster.yaml", f"slack: {BEN}", "github: ben")
    done = follow(workspace, folder, EIGHTEENTH)
    assert workspace.group("on-duty").users == [CHI]
    told = "@on-duty stays as it is: no Slack id in roster.yaml for Ben Okafor."
    assert told in done.troubles


@pytest.mark.parametrize(
    ("trouble", "said"),
    [
        ("free", "this workspace's plan has no user groups"),
        ("locked", "only administrators may change user groups here"),
        ("guest", "somebody on duty is a guest"),
        ("scope", "missing_scope (needs usergroups:read)"),
        ("gone", "There is no user group @on-duty"),
    ],
)
def test_what_a_workspace_does_not_allow_is_one_clear_line(
    workspace: LoopbackSlack, folder: Path, trouble: str, said: str
) -> None:
    world = workspace.world
    world.plan = "free" if trouble == "free" else "paid"
    world.locked = trouble == "locked"
    world.users[ANA].guest = trouble == "guest"
    if trouble == "scope":
        workspace.scopes.discard("usergroups:read")
    if trouble == "gone":
        world.groups = {}
    done = follow(workspace, folder, FIFTH)
    assert any(said in sentence for sentence in done.troubles)
    assert done.changed == ()


def test_topics_follow_where_that_is_wished(workspace: LoopbackSlack, folder: Path) -> None:
    follow(workspace, folder, EIGHTEENTH)
    assert workspace.channel("triage").topic == ""
    follow(workspace, folder, EIGHTEENTH, topics=True)
    assert workspace.channel("triage").topic == "On duty: Release: Ana Silva"


def test_topics_need_the_scope_of_private_channels_for_those_alone(
    workspace: LoopbackSlack, folder: Path
) -> None:
    workspace.scopes.discard("groups:read")
    done = follow(workspace, folder, EIGHTEENTH, topics=True)
    assert workspace.channel("triage").topic == "On duty: Release: Ana Silva"
    assert done.troubles == ()
    workspace.fail("conversations.list", "500", after=1)
    done = follow(workspace, folder, EIGHTEENTH, topics=True)
    assert done.troubles == ("Channels cannot be read: no answer.",)


def test_the_doctor_is_content(workspace: LoopbackSlack, folder: Path) -> None:
    told = lines(workspace, folder)
    assert all(told.values()), told
    assert "member: 3 of 3 are linked." in told


def test_the_doctor_names_each_thing_that_is_wrong(workspace: LoopbackSlack, folder: Path) -> None:
    change(folder, "duties.yaml", '"#triage"', '"#lost"')
    change(folder, "roster.yaml", f"slack: {BEN}", "github: ben")
    workspace.users[CHI].deleted = True
    workspace.scopes.discard("im:history")
    wrong = [said for said, ok in lines(workspace, folder).items() if not ok]
    assert [said.partition(".")[0] for said in wrong] == [
        "scopes: im:history is missing: after an unclear send, a reminder to a person may come "
        "twice",
        "channel: there is no #lost, it is archived, or it is private and the app is not in it",
        "member: Ben Okafor has no `slack:` in roster",
        "member: Chi Nguyen: this account is closed",
    ]


@pytest.mark.parametrize(
    ("scope", "without"),
    [
        ("commands", "neither /rota nor the shortcut works"),
        ("groups:read", "private channels cannot be checked"),
        ("im:write", "after an unclear send, a reminder to a person may come twice"),
    ],
)
def test_the_doctor_says_what_a_scope_is_for_and_examines_the_rest(
    workspace: LoopbackSlack, folder: Path, scope: str, without: str
) -> None:
    workspace.scopes.discard(scope)
    wrong = [said for said, ok in lines(workspace, folder).items() if not ok]
    assert wrong == [f"scopes: {scope} is missing: {without}."]


def test_the_doctor_says_that_nobody_hears_when_a_rotation_ends(
    workspace: LoopbackSlack, folder: Path
) -> None:
    said = "warning: nobody is told when the rotation ends: name the team's channel or a lead."
    assert said not in lines(workspace, folder)
    change(folder, "roster.yaml", "lead: true, ", "")
    assert lines(workspace, folder)[said] is False


def test_the_doctor_of_a_wrong_token(workspace: LoopbackSlack, folder: Path) -> None:
    async def asking() -> list[str]:
        client = client_of("xoxb-wrong", f"{workspace.url}/api/")
        return [line.said async for line in doctor.examine(client, look(folder), FIFTH)]

    assert asyncio.run(asking()) == ["Slack does not take the token: invalid_auth."]
