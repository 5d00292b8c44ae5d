"""What does not come from Slack, from this workspace or from a member is refused, or harmless."""

from __future__ import annotations

import logging
import time
from pathlib import Path
from urllib.parse import urlencode

import pytest

from scheduler.errors import BadRequest, Refused
from scheduler.messages import names
from scheduler.slack import http
from tests.loopback_slack.deliver import headers
from tests.loopback_slack.server import LoopbackSlack
from tests.slack.team import ANA, BEN, CHI, Chat, change, eventually, served, team_in_slack

FORM = "application/x-www-form-urlencoded"


def typed(chat: Chat, text: str = "help", **more: str) -> str:
    return urlencode(
        {
            "command": "/rota",
            "text": text,
            "user_id": ANA,
            "team_id": chat.slack.team,
            "response_url": f"{chat.slack.url}/response/none",
            "trigger_id": "a-trigger",
            **more,
        }
    )


def test_a_wrong_signature_is_refused(chat: Chat) -> None:
    body = typed(chat)
    assert chat.slack.send_raw(body, headers("another secret", body, FORM)).status == 401
    assert chat.slack.send_raw(body, {"Content-Type": FORM}).status == 401


def test_an_old_request_is_refused(chat: Chat) -> None:
    body = typed(chat)
    old = headers(chat.slack.signing_secret, body, FORM, at=time.time() - 301)
    assert chat.slack.send_raw(body, old).status == 401


def test_a_changed_body_is_refused(chat: Chat) -> None:
    signed = headers(chat.slack.signing_secret, typed(chat), FORM)
    assert chat.slack.send_raw(typed(chat, "cover"), signed).status == 401


def test_a_replayed_request_does_nothing(chat: Chat) -> None:
    chat.slack.command(ANA, "/rota cover triage 2027-01-04", copies=4)
    eventually(lambda: chat.slack.dm(BEN).messages)
    chat.slack.command(ANA, "/rota help")
    eventually(lambda: chat.slack.ephemeral(ANA))
    assert len(chat.slack.dm(BEN).messages) == 1


def test_another_workspace_is_refused(chat: Chat) -> None:
    reply = chat.slack.command(ANA, "/rota mine", team="T0OTHER")
    assert reply.text == ""
    chat.slack.command(BEN, "/rota mine")
    eventually(lambda: chat.slack.ephemeral(BEN))
    assert chat.slack.ephemeral(ANA) == []


def test_a_stranger_is_told_so_and_learns_nothing(chat: Chat) -> None:
    chat.slack.add_user("U000EVIL", "Eve")
    chat.slack.command("U000EVIL", "/rota now")
    told = eventually(lambda: chat.slack.ephemeral("U000EVIL"))
    assert "I do not know you" in told[0].shown
    chat.slack.open_home("U000EVIL")
    view = eventually(lambda: chat.slack.home("U000EVIL"))
    assert "I do not know you" in view.shown
    assert "triage" not in view.shown


def test_who_has_left_is_a_stranger_and_leads_nobody(chat: Chat) -> None:
    change(chat.folder, "roster.yaml", "lead: true,", "lead: true, left: 2026-12-27,")
    chat.slack.command(ANA, f"/rota cover <@{CHI}|chi> triage")
    told = eventually(lambda: chat.slack.ephemeral(ANA))
    assert "I do not know you" in told[0].shown
    assert chat.slack.dm(BEN).messages == []


def test_nobody_answers_a_question_that_was_put_to_another(chat: Chat) -> None:
    chat.slack.command(ANA, "/rota cover triage 2027-01-04")
    asked = eventually(lambda: [p for p in chat.slack.dm(BEN).messages if p.buttons])[0]
    chat.slack.press(ANA, names.ACCEPT, asked)
    told = eventually(lambda: chat.slack.ephemeral(ANA))
    assert "not put to you" in told[-1].shown
    assert chat.rotation.changes == ()


def test_forty_thousand_characters(chat: Chat) -> None:
    chat.slack.command(ANA, "/rota " + "x" * 40_000)
    told = eventually(lambda: chat.slack.ephemeral(ANA))
    assert "40000 characters" in told[0].shown


def test_too_large_a_body_is_not_read(chat: Chat) -> None:
    body = typed(chat, "x" * 1_000_001)
    signed = headers(chat.slack.signing_secret, body, FORM)
    assert chat.slack.send_raw(body, signed).status == 413


@pytest.mark.parametrize(
    "text", ["cover <!channel>", "why <!channel>", "cover @<!here>", "<!here>"]
)
def test_what_is_typed_never_rings_for_everybody(chat: Chat, text: str) -> None:
    chat.slack.command(ANA, f"/rota {text}", channel="triage")
    told = eventually(lambda: chat.slack.ephemeral(ANA))
    assert [post.broadcasts for post in told] == [[] for _ in told]


def test_a_name_never_rings_for_everybody(workspace: LoopbackSlack, tmp_path: Path) -> None:
    folder = team_in_slack(tmp_path / "moons")
    change(folder, "duties.yaml", "name: Issue triage", "name: <!channel> & triage")
    change(folder, "roster.yaml", "name: Ana Silva", "name: <!channel>")
    with served(workspace, folder) as chat:
        chat.slack.command(ANA, "/rota cover lead 2027-01-04")
        asked = eventually(lambda: [p for p in chat.slack.dm(BEN).messages if p.buttons])[0]
        assert asked.broadcasts == []
        assert "&lt;!channel&gt; &amp; triage" in asked.shown


def test_a_roster_with_a_mistake_is_no_silence(chat: Chat) -> None:
    chat.folder.joinpath("roster.yaml").write_text("members: 3", encoding="utf-8")
    chat.slack.command(ANA, "/rota mine")
    told = eventually(lambda: chat.slack.ephemeral(ANA))
    assert "The roster has a mistake" in told[0].shown


def test_a_journal_that_does_not_answer_is_no_silence(
    chat: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*arguments: object) -> bool:
        raise Refused("the journal at x does not answer")

    monkeypatch.setattr("scheduler.actions.remember.first_time", gone)
    chat.slack.command(ANA, "/rota mine")
    told = eventually(lambda: chat.slack.ephemeral(ANA))
    assert "I cannot remember anything just now" in told[0].shown


def test_logs_hold_no_token(chat: Chat, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    chat.slack.scopes.discard("chat:write")
    chat.slack.command(ANA, "/rota cover triage 2027-01-04")
    eventually(lambda: chat.slack.ephemeral(ANA))
    ours = [r for r in caplog.records if r.name.startswith("rota")]
    assert any("missing_scope (needs chat:write)" in r.getMessage() for r in ours)
    said = "\n".join(r.getMessage() for r in caplog.records)
    assert chat.slack.token not in said
    assert chat.slack.signing_secret not in said


def test_without_a_secret_there_is_no_route(chat: Chat) -> None:
    with pytest.raises(BadRequest, match="SLACK_SIGNING_SECRET"):
        http(chat.door, "")


def test_slack_may_ask_whether_the_address_is_right(chat: Chat) -> None:
    body = '{"type": "url_verification", "challenge": "abc"}'
    signed = headers(chat.slack.signing_secret, body, "application/json")
    answer = chat.slack.send_raw(body, signed)
    assert (answer.status, answer.json) == (200, {"challenge": "abc"})
