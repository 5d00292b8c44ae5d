"""Reminding, seen by those who read the messages in a Slack on the loopback interface."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from scheduler.actions.alter import Wish
from scheduler.actions.remind import Reminded, foresee, remind
from scheduler.actions.swap import swap
from scheduler.actions.undo import undo
from scheduler.errors import Refused
from scheduler.journal import Journal, beside, open_journal, outbox, right_to_send
from scheduler.messages.client import Client, Unclear, connected
from tests.actions.published import published
from tests.actions.roster import JANUARY, change, roster
from tests.loopback_slack.server import LoopbackSlack

FAST = 0.01
"""Seconds between two messages to a channel, of both the client and the loopback Slack."""
START = datetime(2026, 12, 24, 12, tzinfo=UTC)
MONDAY = datetime(2027, 1, 4, 12, tzinfo=UTC)
PEOPLE = {"ana": "U0ANA00", "ben": "U0BEN00", "chi": "U0CHI00"}

Run = Callable[..., Reminded]


@pytest.fixture
def slack() -> Iterator[LoopbackSlack]:
    with LoopbackSlack() as made:
        made.speed = 1 / FAST
        for member, user in PEOPLE.items():
            made.add_user(user, member)
        made.add_channel("moons")
        yield made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """January is published; Ana, Ben and Chi have the weeks of triage in turn."""
    made = roster(tmp_path / "moons")
    for member, user in PEOPLE.items():
        name = {"ana": "Ana Silva,", "ben": "Ben Okafor\n", "chi": "Chi Nguyen,"}[member]
        link = f"slack: {user}"
        joined = f"{name} {link}," if name.endswith(",") else f"{name}    {link}\n"
        change(made, "roster.yaml", name, joined)
    published(made, t4="ana", t11="chi", t18="ben", t25="ana")
    return made


@pytest.fixture
def journal(folder: Path) -> Iterator[Journal]:
    made = open_journal(beside(folder))
    yield made
    made.close()


@pytest.fixture
def run(slack: LoopbackSlack, folder: Path, journal: Journal) -> Run:
    """Remind at an instant. The first run, which only marks the start, was on Christmas Eve."""

    def at(now: datetime, token: str = slack.token, lease: float = 60) -> Reminded:
        async def work() -> Reminded:
            async with connected(token, slack.url + "/api/", FAST) as client:
                return await remind(folder, now, journal, client, timedelta(seconds=lease))

        return asyncio.run(work())

    assert at(START).first
    return at


def said(slack: LoopbackSlack, member: str) -> list[str]:
    return [post.text for post in slack.dm(PEOPLE[member]).messages]


def everything(slack: LoopbackSlack) -> int:
    return sum(len(channel.messages) for channel in slack.world.channels.values())


def test_the_first_run_sends_nothing_of_the_past(run: Run, slack: LoopbackSlack) -> None:
    assert everything(slack) == 0


def test_what_is_due_is_sent_once(run: Run, slack: LoopbackSlack) -> None:
    first = run(MONDAY)
    assert first.sent
    seen = everything(slack)
    assert len(first.sent) == seen
    assert run(MONDAY).sent == ()
    assert run(MONDAY + timedelta(minutes=5)).sent == ()
    assert everything(slack) == seen


def test_the_key_travels_with_the_message(run: Run, slack: LoopbackSlack) -> None:
    keys = {reminder.key for reminder in run(MONDAY).sent}
    posts = [post for c in slack.world.channels.values() for post in c.messages]
    assert {post.metadata["event_payload"]["key"] for post in posts if post.metadata} == keys


def test_a_clock_moved_back_repeats_nothing(run: Run, slack: LoopbackSlack) -> None:
    sent = [r.key for r in run(MONDAY).sent]
    for days in (400, 1, 0):
        sent += [r.key for r in run(MONDAY - timedelta(days=days)).sent]
    assert len(sent) == len(set(sent)) == everything(slack)


def test_after_three_days_asleep_the_rest_is_folded(run: Run, slack: LoopbackSlack) -> None:
    done = run(datetime(2027, 1, 14, 12, tzinfo=UTC))
    assert len(said(slack, "chi")) == 1
    assert all(reminder.until > datetime(2027, 1, 14, 12, tzinfo=UTC) for reminder in done.sent)


@pytest.mark.parametrize("how", ["cut_before", "cut_after", "500", "429"])
def test_a_post_without_an_answer_is_made_once(
    run: Run, slack: LoopbackSlack, folder: Path, how: str
) -> None:
    due = foresee(folder, MONDAY).now
    slack.fail("chat.postMessage", how)  # type: ignore[arg-type]  # a literal of the parameters
    run(MONDAY, lease=0)
    assert run(MONDAY).waiting == 0
    texts = [text for member in PEOPLE for text in said(slack, member)]
    assert len(texts) == len(set(texts)) == len(due) == everything(slack) > 1


def test_a_post_that_comes_after_the_look_for_it_is_not_made_again(
    run: Run, slack: LoopbackSlack, monkeypatch: pytest.MonkeyPatch
) -> None:
    post = Client.post
    under_way: list[tuple[object, ...]] = []

    async def slow(self: Client, *arguments: object) -> object:
        if not under_way:
            under_way.append(arguments)
            raise Unclear("Slack did not answer")
        return await post(self, *arguments)  # type: ignore[arg-type]  # passed on as they came

    async def comes() -> None:
        async with connected(slack.token, slack.url + "/api/", FAST) as client:
            await post(client, *under_way[0])  # type: ignore[arg-type]  # as above

    monkeypatch.setattr(Client, "post", slow)
    told = run(MONDAY, lease=1)
    assert told.waiting == 1
    assert any("tries again" in trouble for trouble in told.troubles)
    asyncio.run(comes())
    while run(MONDAY).waiting:
        pass
    texts = [text for member in PEOPLE for text in said(slack, member)]
    assert len(texts) == len(set(texts)) == everything(slack) > 1


def test_where_the_history_is_closed_it_says_that_a_repeat_is_possible(
    run: Run, slack: LoopbackSlack
) -> None:
    slack.scopes.discard("im:history")
    slack.fail("chat.postMessage", "cut_after")
    done = run(MONDAY)
    assert any("may be repeated" in told for told in done.troubles)


def test_while_nobody_knows_nothing_is_repeated(run: Run, slack: LoopbackSlack) -> None:
    slack.fail("chat.postMessage", "cut_after")
    slack.fail("conversations.history", "500", 50)
    done = run(MONDAY, lease=0)
    assert done.waiting == 1
    slack.heal()
    again = run(MONDAY + timedelta(minutes=1))
    assert again.waiting == 0
    texts = [text for member in PEOPLE for text in said(slack, member)]
    assert len(texts) == len(set(texts)) == everything(slack)


def test_a_trouble_of_one_person_stops_nobody_else(run: Run, slack: LoopbackSlack) -> None:
    slack.users[PEOPLE["ana"]].deleted = True
    done = run(MONDAY)
    assert {whom for names in done.troubles.values() for whom in names} == {"ana"}
    assert said(slack, "chi")


def test_a_wrong_token_is_one_line(run: Run, slack: LoopbackSlack) -> None:
    done = run(MONDAY, token="xoxb-wrong")
    assert done.sent == ()
    assert list(done.troubles) == [
        "the token is not valid: copy it again from the app's settings [invalid_auth]"
    ]
    assert slack.calls["chat.postMessage"] <= 3


def test_who_is_not_linked_is_named_and_reminded_once_they_are(
    run: Run, slack: LoopbackSlack, folder: Path
) -> None:
    change(folder, "roster.yaml", f"slack: {PEOPLE['chi']},", "")
    assert run(MONDAY).unlinked == ("chi",)
    assert said(slack, "chi") == []
    change(folder, "roster.yaml", "name: Chi Nguyen,", f"name: Chi Nguyen, slack: {PEOPLE['chi']},")
    assert run(MONDAY).unlinked == ()
    assert said(slack, "chi")


def test_one_process_sends_at_a_time(run: Run, journal: Journal) -> None:
    with right_to_send(journal):
        assert run(MONDAY).busy
    assert not run(MONDAY).busy


def test_a_swap_edits_what_was_posted_and_tells_both(
    run: Run, slack: LoopbackSlack, folder: Path
) -> None:
    run(MONDAY)
    before = slack.dm(PEOPLE["chi"]).messages
    told = MONDAY + timedelta(hours=1)
    wish = Wish("chi", None, "", False, True)
    swap(folder, "triage@2027-01-11", told, wish, partners=["triage@2027-01-25"], name=JANUARY)
    done = run(told + timedelta(minutes=1))
    assert [post.text for post in before if post.edited and "went to <@U0ANA00>" in post.text]
    assert {reminder.kind for reminder in done.sent} == {"changed"}
    assert {reminder.to for reminder in done.sent} == {"ana", "chi"}
    assert run(told + timedelta(minutes=2)).edited == ()


def test_an_undone_swap_gives_the_reminder_back(
    run: Run, slack: LoopbackSlack, folder: Path
) -> None:
    run(MONDAY)
    hour = timedelta(hours=1)
    wish = Wish("chi", None, "", False, True)
    partners = ["triage@2027-01-25"]
    swap(folder, "triage@2027-01-11", MONDAY + hour, wish, partners=partners, name=JANUARY)
    run(MONDAY + 2 * hour)
    undo(folder, MONDAY + 3 * hour, replace(wish, by="ana"), number=1, name=JANUARY)
    run(MONDAY + 4 * hour)
    assert [text for text in said(slack, "chi") if "yours again" in text]
    assert not [text for text in said(slack, "chi") if "went to" in text]


def test_a_reminder_that_was_not_sent_before_the_swap_goes_to_nobody_who_left(
    run: Run, slack: LoopbackSlack, folder: Path
) -> None:
    friday = datetime(2027, 1, 1, 8, tzinfo=UTC)
    swap(
        folder,
        "triage@2027-01-11",
        friday,
        Wish("chi", None, "", False, True),
        partners=["triage@2027-01-25"],
        name=JANUARY,
    )
    run(MONDAY)
    assert not [text for text in said(slack, "chi") if text.startswith("Coming up")]


def test_a_swap_while_messages_go_out_is_seen(
    run: Run, slack: LoopbackSlack, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    post = Client.post
    swapped: list[bool] = []

    async def then_swap(self: Client, *arguments: object) -> object:
        if not swapped:
            swapped.append(True)
            wish = Wish("chi", None, "", False, True)
            partners = ["triage@2027-01-25"]
            swap(folder, "triage@2027-01-11", MONDAY, wish, partners=partners, name=JANUARY)
        return await post(self, *arguments)  # type: ignore[arg-type]  # passed on as they came

    monkeypatch.setattr(Client, "post", then_swap)
    run(MONDAY)
    unedited = [p.text for p in slack.dm(PEOPLE["chi"]).messages if not p.edited]
    assert not [text for text in unedited if text.startswith("Coming up")]
    assert [text for text in said(slack, "ana") if "Chi" in text or "changed" in text.lower()]


def test_a_file_that_is_gone_when_it_is_looked_at_stops_nothing(
    run: Run, slack: LoopbackSlack, folder: Path
) -> None:
    # As git leaves it for a moment, and as an editor's lock is for as long as it is open.
    folder.joinpath(".#roster.yaml").symlink_to("nowhere")
    assert len(run(MONDAY).sent) == everything(slack) > 0


def test_a_dry_run_tells_and_leaves_everything(
    run: Run, slack: LoopbackSlack, folder: Path
) -> None:
    told = foresee(folder, MONDAY)
    assert told.now
    assert everything(slack) == 0
    sent = run(MONDAY).sent
    assert {r.key for r in told.now} == {r.key for r in sent}
    assert foresee(folder, MONDAY).now == ()


def test_a_journal_of_another_team_is_refused(run: Run, folder: Path) -> None:
    old = "0b8f3e7c-5b0a-4b43-9f0e-0d9c6a4d1f10"
    change(folder, "roster.yaml", old, old.replace("0b8f", "1111"))
    with pytest.raises(Refused, match="another team"):
        run(MONDAY)


def test_a_journal_that_is_lost_on_the_way_is_one_sentence(
    run: Run, slack: LoopbackSlack, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*_: object) -> None:
        raise Refused("the journal is gone")

    monkeypatch.setattr(outbox, "record_sent", gone)
    with pytest.raises(Refused, match="is gone"):
        run(MONDAY, lease=0)
    monkeypatch.undo()
    run(MONDAY)
    texts = [text for member in PEOPLE for text in said(slack, member)]
    assert len(texts) == len(set(texts)) == everything(slack) > 1
