"""From what somebody types to what everybody sees, end to end."""

from __future__ import annotations

import asyncio
import copy
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Connection

from scheduler.actions import answer as answering
from scheduler.actions.feeds import feeds
from scheduler.actions.look import Look
from scheduler.files import write_rotation
from scheduler.journal import Request, RequestState, close_request
from scheduler.messages import names
from tests.actions.test_keep import git
from tests.loopback_slack.server import LoopbackSlack
from tests.loopback_slack.world import Post
from tests.slack.team import ANA, BEN, CHI, Chat, eventually, served, team_in_slack

FOURTH, EIGHTEENTH, LAST = (f"triage@2027-01-{day:02}" for day in (4, 18, 25))


def question(chat: Chat, user: str) -> Post:
    """The last message to somebody that has buttons."""
    posts: list[Post] = eventually(lambda: [p for p in chat.slack.dm(user).messages if p.buttons])
    return posts[-1]


def choices(chat: Chat, user: str) -> list[str]:
    """What the modal offers, once it is filled."""
    view = eventually(lambda: (v := chat.slack.modal(user)) and len(v.body["blocks"]) > 1 and v)
    element = view.body["blocks"][1]["element"]
    return [option["text"]["text"] for option in element["options"]]


def ask_for_swap(chat: Chat, partner: str) -> Post:
    """Ana gives her triage of the 4th for a turn of Ben's; the question that Ben gets."""
    chat.slack.command(ANA, "/rota swap triage 2027-01-04")
    offered = choices(chat, ANA)
    number = next(i for i, text in enumerate(offered) if text.startswith(partner))
    chat.slack.submit(ANA, {names.PARTNER: str(number), names.NOTE: "a wedding"})
    return question(chat, BEN)


def calendar(chat: Chat, member: str, out: Path) -> str:
    feeds(chat.folder, out)
    return out.joinpath("members", f"{member}.ics").read_text(encoding="utf-8")


@pytest.mark.parametrize("over", ["http", "socket"])
def test_a_swap_from_the_command_to_the_calendar(
    workspace: LoopbackSlack, tmp_path: Path, over: str
) -> None:
    with served(workspace, team_in_slack(tmp_path / "moons"), over=over) as chat:
        before = calendar(chat, "ben", tmp_path / "before")
        asked = ask_for_swap(chat, "Ben")
        assert "a wedding" in asked.shown
        assert chat.holder(FOURTH) == "ana"
        chat.slack.press(BEN, names.ACCEPT, asked)
        eventually(lambda: asked.edited)
        assert (chat.holder(FOURTH), chat.holder(EIGHTEENTH)) == ("ben", "ana")
        assert "Exchanged" in asked.shown
        mine = chat.slack.dm(ANA).messages[-1]
        eventually(lambda: mine.edited)
        assert "Exchanged" in mine.shown
        after = calendar(chat, "ben", tmp_path / "after")
        assert "20270104" in after
        assert "20270104" not in before
        entry = chat.rotation.changes[-1]
        assert (entry.by, entry.note, len(chat.rotation.changes)) == ("ana", "a wedding", 1)


def test_what_is_agreed_is_a_commit_of_whoever_asked(
    workspace: LoopbackSlack, tmp_path: Path
) -> None:
    folder = team_in_slack(tmp_path / "moons")
    git(folder, "init", "-q")
    git(folder, "add", "roster.yaml", "duties.yaml", "rotations")
    git(folder, "commit", "-q", "-m", "first")
    with served(workspace, folder) as chat:
        asked = ask_for_swap(chat, "Ben")
        chat.slack.press(BEN, names.ACCEPT, asked)
        eventually(lambda: asked.edited)
        name = chat.rotation.name
        assert git(folder, "log", "-1", "--format=%an: %s") == (
            f"Ana Silva: Change 1 of {name}: Ben Okafor and Ana Silva "
            f"(swap, {FOURTH}, {EIGHTEENTH})"
        )
        changed = git(folder, "show", "--format=", "--name-only", "HEAD")
        assert changed == f"rotations/{name}.yaml"


def test_two_who_say_yes_at_once(chat: Chat) -> None:
    chat.slack.command(ANA, "/rota cover triage 2027-01-04")
    asked = {user: question(chat, user) for user in (BEN, CHI)}
    pressing = [
        threading.Thread(target=chat.slack.press, args=(user, names.ACCEPT, post))
        for user, post in asked.items()
    ]
    for thread in pressing:
        thread.start()
    for thread in pressing:
        thread.join()
    eventually(lambda: all(post.edited for post in asked.values()))
    assert len(chat.rotation.changes) == 1
    winner = chat.holder(FOURTH)
    assert winner in {"ben", "chi"}
    eventually(lambda: sum("Settled" in post.shown for post in asked.values()) == 1)
    assert sum("is yours" in post.shown for post in asked.values()) == 1


def test_one_who_is_late_by_a_moment_is_not_told_that_it_was_taken_back(
    chat: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    chat.slack.command(ANA, "/rota cover triage 2027-01-04")
    asked = question(chat, BEN)
    held = answering._held

    def another_was_faster(connection: Connection, request: str) -> Request:
        close_request(connection, request, RequestState.accepted)
        return held(connection, request)

    monkeypatch.setattr(answering, "_held", another_was_faster)
    chat.slack.press(BEN, names.ACCEPT, asked)
    eventually(lambda: asked.edited)
    assert asked.shown == "Settled: the change is being made just now."


def test_one_who_presses_twice(chat: Chat) -> None:
    asked = ask_for_swap(chat, "Ben")
    as_it_was = copy.deepcopy(asked)
    chat.slack.press(BEN, names.ACCEPT, as_it_was, copies=3)
    chat.slack.press(BEN, names.ACCEPT, as_it_was)
    eventually(lambda: chat.slack.calls["chat.update"] >= 3)
    assert "Exchanged" in asked.shown
    assert len(chat.rotation.changes) == 1


def test_planned_anew_in_between(chat: Chat) -> None:
    asked = ask_for_swap(chat, "Ben")
    placed = tuple(
        replace(p, member="chi") if p.shift == EIGHTEENTH else p for p in chat.rotation.placed
    )
    write_rotation(chat.folder, replace(chat.rotation, placed=placed))
    chat.slack.press(BEN, names.ACCEPT, asked)
    eventually(lambda: asked.edited)
    assert "The rotation has changed since" in asked.shown
    assert asked.buttons == []
    assert chat.rotation.changes == ()
    mine = chat.slack.dm(ANA).messages[-1]
    eventually(lambda: mine.edited)
    assert "Chi Nguyen holds" in mine.shown


def test_a_turn_that_was_dropped_is_no_longer_to_be_had(chat: Chat) -> None:
    chat.slack.command(ANA, "/rota cover triage 2027-01-04")
    mine, ben, chi = (question(chat, user) for user in (ANA, BEN, CHI))
    placed = tuple(p for p in chat.rotation.placed if p.shift != FOURTH)
    write_rotation(chat.folder, replace(chat.rotation, placed=placed))
    chat.slack.press(CHI, names.DECLINE, chi)
    eventually(lambda: "no longer in the rotation" in chi.shown)
    chat.slack.press(BEN, names.ACCEPT, ben)
    eventually(lambda: all("no longer in it" in post.shown for post in (mine, ben, chi)))
    assert [post.buttons for post in (mine, ben, chi)] == [[], [], []]


def test_a_cover_goes_to_those_who_could_and_the_last_no_ends_it(chat: Chat) -> None:
    chat.slack.command(ANA, "/rota cover triage 2027-01-04")
    ben, chi = question(chat, BEN), question(chat, CHI)
    chat.slack.press(BEN, names.DECLINE, ben)
    eventually(lambda: ben.edited)
    assert "That is fine" in ben.shown
    chat.slack.press(CHI, names.DECLINE, chi)
    mine = chat.slack.dm(ANA).messages[0]
    eventually(lambda: mine.edited)
    assert "Nobody could take over" in mine.shown
    assert chat.holder(FOURTH) == "ana"


def test_a_lead_asks_for_another_and_nobody_else_may(chat: Chat) -> None:
    chat.slack.command(BEN, f"/rota cover <@{CHI}|chi> triage")
    told = eventually(lambda: chat.slack.ephemeral(BEN))
    assert "Only a lead" in told[-1].shown
    chat.slack.command(ANA, f"/rota cover <@{CHI}|chi> triage")
    asked = question(chat, BEN)
    assert f"<@{CHI}> cannot make it" in asked.shown
    chat.slack.press(BEN, names.ACCEPT, asked)
    eventually(lambda: chat.holder(LAST) == "ben")
    entry = chat.rotation.changes[-1]
    assert (entry.by, entry.on_behalf) == ("ana", "chi")


def test_a_question_that_is_withdrawn_can_no_longer_be_answered(chat: Chat) -> None:
    chat.slack.command(ANA, "/rota cover triage 2027-01-04")
    asked, mine = question(chat, BEN), question(chat, ANA)
    eventually(lambda: question(chat, CHI))
    chat.slack.press(ANA, names.WITHDRAW, mine)
    eventually(lambda: asked.edited)
    assert "no longer needs" in asked.shown
    assert asked.buttons == []
    assert chat.rotation.changes == ()


def test_a_change_is_taken_back_by_its_button(chat: Chat) -> None:
    asked = ask_for_swap(chat, "Ben")
    chat.slack.press(BEN, names.ACCEPT, asked)
    eventually(lambda: "Take it back" in asked.buttons)
    chat.slack.press(BEN, names.UNDO, asked)
    eventually(lambda: "Taken back" in asked.shown)
    assert chat.holder(FOURTH) == "ana"
    assert len(chat.rotation.changes) == 2


def test_away_is_written_and_cover_is_looked_for(chat: Chat) -> None:
    chat.slack.command(BEN, "/rota away 2027-01-18 2027-01-22")
    asked = question(chat, CHI)
    assert "18" in asked.shown
    text = chat.folder.joinpath("roster.yaml").read_text(encoding="utf-8")
    assert "reason: honeymoon}, {first: 2027-01-18, last: 2027-01-22}]" in text
    for post in (*chat.slack.dm(CHI).messages, *chat.slack.ephemeral(BEN)):
        assert "honeymoon" not in post.shown


def test_the_home_tab(chat: Chat) -> None:
    chat.slack.open_home(ANA)
    view = eventually(lambda: chat.slack.home(ANA))
    assert "My duties" in view.shown
    assert "Issue triage" in view.shown
    chat.slack.press(ANA, names.SWAP, view, f"{FOURTH}/lead")
    assert any(text.startswith("Ben") for text in choices(chat, ANA))


@pytest.mark.parametrize(
    ("typed", "seen"),
    [
        ("/rota", "What /rota can do"),
        ("/rota help", "What /rota can do"),
        ("/rota now", "Nobody is on duty now"),
        ("/rota next", "Issue triage"),
        ("/rota mine", "Your turns"),
        ("/rota swap", "Which turn is to be exchanged?"),
        ("/rota cover", "Which turn is somebody else to take?"),
        ("/rota why", "It is their turn."),
        ("/rota why triage 2027-01-11", "nobody yet"),
        ("/rota why laundry", "No turn fits"),
        ("/rota away soon", "Write the first and the last day"),
        ("/rota away 2027-02-05 2027-02-01", "lies before"),
        ("/rota cover @nobody", "There is no member"),
    ],
)
def test_what_is_typed_is_answered(chat: Chat, typed: str, seen: str) -> None:
    chat.slack.command(ANA, typed, channel="triage")
    told = eventually(lambda: chat.slack.ephemeral(ANA))
    assert seen in told[-1].shown
    assert chat.slack.channel("triage").messages == []


@pytest.mark.parametrize("word", ["now", "next", "mine", "swap", "cover"])
def test_before_anything_is_published_it_is_said_what_is_missing(chat: Chat, word: str) -> None:
    for path in chat.folder.joinpath("rotations").iterdir():
        path.unlink()
    chat.slack.command(BEN, f"/rota {word}")
    told = eventually(lambda: chat.slack.ephemeral(BEN))
    assert "Nothing is published yet" in told[-1].shown


def test_the_shortcut_shows_ones_turns_with_their_buttons(chat: Chat) -> None:
    chat.slack.shortcut(CHI, names.SHORTCUT)
    (told,) = eventually(lambda: chat.slack.dm(CHI).messages)
    assert "Your turns" in told.shown
    chat.slack.press(CHI, names.CANNOT, told)
    assert eventually(
        lambda: "Can you take over" in str([m.shown for m in chat.slack.dm(ANA).messages])
    )


def test_slack_has_its_ack_before_the_roster_is_read(
    chat: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    acknowledged, look = threading.Event(), chat.door.look

    async def patient_look() -> Look:
        # Were the ack to wait for this, nobody would ever set the event.
        await asyncio.to_thread(acknowledged.wait)
        return await look()

    monkeypatch.setattr(chat.door, "look", patient_look)
    assert chat.slack.command(ANA, "/rota mine").status == 200
    assert chat.slack.ephemeral(ANA) == []
    acknowledged.set()
    assert "Your turns" in eventually(lambda: chat.slack.ephemeral(ANA))[0].shown
