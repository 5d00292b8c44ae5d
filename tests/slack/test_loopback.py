"""The loopback Slack refuses what Slack refuses, as seen through Slack's own client."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient

from tests.loopback_slack.server import LoopbackSlack

Ask = Callable[[AsyncWebClient], Awaitable[Any]]


@pytest.fixture
def slack() -> Iterator[LoopbackSlack]:
    with LoopbackSlack() as slack:
        slack.add_user("U0ANA", "Ana", "ana@example.org")
        slack.add_user("U0GUEST", "Gus", guest=True)
        slack.add_channel("triage", ["U0ANA"])
        slack.add_group("triage-duty", ["U0ANA"])
        yield slack


def ask(slack: LoopbackSlack, question: Ask, **options: Any) -> Any:
    """The answer of the client's own method."""
    client = AsyncWebClient(slack.token, base_url=f"{slack.url}/api/", **options)

    async def asking() -> Any:
        return await question(client)

    return asyncio.run(asking())


def refused(slack: LoopbackSlack, question: Ask) -> Any:
    with pytest.raises(SlackApiError) as error:
        ask(slack, question)
    return error.value.response


def test_a_message_stands_in_its_channel_and_can_be_edited(slack: LoopbackSlack) -> None:
    metadata = {"event_type": "rota", "event_payload": {"key": "k"}}
    sent = ask(slack, lambda c: c.chat_postMessage(channel="#triage", text="a", metadata=metadata))
    ask(slack, lambda c: c.chat_update(channel=sent["channel"], ts=sent["ts"], text="b"))
    (post,) = slack.channel("triage").messages
    assert (post.text, post.edited, post.metadata) == ("b", True, metadata)
    history = ask(
        slack,
        lambda c: c.conversations_history(channel=sent["channel"], include_all_metadata=True),
    )
    assert history["messages"][0]["metadata"] == metadata


def test_a_message_to_a_person_is_seen_by_them(slack: LoopbackSlack) -> None:
    opened = ask(slack, lambda c: c.conversations_open(users="U0ANA"))
    ask(slack, lambda c: c.chat_postMessage(channel=opened["channel"]["id"], text="hello"))
    assert [post.text for post in slack.dm("U0ANA").messages] == ["hello"]


@pytest.mark.parametrize(
    "block",
    [
        {"type": "header", "text": {"type": "plain_text", "text": "x" * 151}},
        {"type": "section", "text": {"type": "mrkdwn", "text": "x" * 3001}},
        {"type": "section", "text": {"type": "mrkdwn", "text": ""}},
        {"type": "actions", "elements": []},
        {"type": "poem"},
        {
            "type": "actions",
            "elements": [
                {
                    "type": "button",
                    "action_id": "a",
                    "text": {"type": "plain_text", "text": "x" * 76},
                }
            ],
        },
    ],
)
def test_blocks_over_the_limits_are_refused(slack: LoopbackSlack, block: dict[str, Any]) -> None:
    answer = refused(
        slack, lambda c: c.chat_postMessage(channel="#triage", text="a", blocks=[block])
    )
    assert answer["error"] == "invalid_blocks"
    assert slack.channel("triage").messages == []


def test_what_a_token_may_not_do_is_named(slack: LoopbackSlack) -> None:
    slack.scopes.discard("chat:write")
    answer = refused(slack, lambda c: c.chat_postMessage(channel="#triage", text="a"))
    assert (answer["error"], answer["needed"]) == ("missing_scope", "chat:write")


@pytest.mark.parametrize(
    ("users", "error"), [("", "no_users_provided"), ("U0ANA,U0GUEST", "invalid_users")]
)
def test_a_group_is_never_emptied_and_takes_no_guest(
    slack: LoopbackSlack, users: str, error: str
) -> None:
    group = slack.group("triage-duty")
    answer = refused(slack, lambda c: c.usergroups_users_update(usergroup=group.id, users=users))
    assert (answer["error"], group.users) == (error, ["U0ANA"])


def test_the_second_message_within_a_second_waits(slack: LoopbackSlack) -> None:
    slack.speed = 0.001
    ask(slack, lambda c: c.chat_postMessage(channel="#triage", text="one"))
    answer = refused(slack, lambda c: c.chat_postMessage(channel="#triage", text="two"))
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 900
    slack.add_channel("other")
    ask(slack, lambda c: c.chat_postMessage(channel="#other", text="three"))


def test_a_limit_that_passes_is_waited_for(slack: LoopbackSlack) -> None:
    slack.speed = 50
    slack.fail("chat.postMessage", "429", times=2)
    handlers = [AsyncRateLimitErrorRetryHandler(max_retry_count=2)]
    ask(
        slack,
        lambda c: c.chat_postMessage(channel="#triage", text="at last"),
        retry_handlers=handlers,
    )
    assert [post.text for post in slack.channel("triage").messages] == ["at last"]
    assert slack.calls["chat.postMessage"] == 3


@pytest.mark.parametrize(("how", "posted"), [("cut_before", 0), ("cut_after", 1), ("timeout", 0)])
def test_a_cut_leaves_the_client_in_the_dark(slack: LoopbackSlack, how: Any, posted: int) -> None:
    slack.fail("chat.postMessage", how)
    with pytest.raises((aiohttp.ClientError, asyncio.TimeoutError)):
        ask(
            slack,
            lambda c: c.chat_postMessage(channel="#triage", text="a"),
            timeout=1 if how == "timeout" else 30,
            retry_handlers=[],
        )
    assert len(slack.channel("triage").messages) == posted


def test_a_free_workspace_has_no_groups(slack: LoopbackSlack) -> None:
    slack.world.plan = "free"
    answer = refused(slack, lambda c: c.usergroups_list())
    assert answer["error"] == "plan_upgrade_required"
