"""``rota remind`` as somebody or cron runs it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.actions.published import published
from tests.cli.conftest import Rota
from tests.loopback_slack.server import LoopbackSlack


@pytest.fixture
def team(folder: Path) -> Path:
    published(folder, t4="ana", t11="chi", t18="ben", t25="ana")
    path = folder / "roster.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("name: Chi Nguyen", "slack: U0CHI00, name: Chi Nguyen"))
    return folder


def test_without_a_token_it_says_where_to_put_one(
    rota: Rota, team: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SLACK_BOT_TOKEN", raising=False)
    done = rota("remind", team)
    assert done.code == 2
    assert "SLACK_BOT_TOKEN" in done.err
    assert not team.joinpath(".rota").exists()


def test_a_dry_run_needs_no_token_and_leaves_nothing(rota: Rota, team: Path) -> None:
    done = rota("remind", team, "--dry-run", "--now", "2027-01-04T00:00Z")
    assert done.code == 0
    assert "Chi Nguyen" in done.out
    assert not team.joinpath(".rota").exists()


def test_an_instant_needs_a_zone(rota: Rota, team: Path) -> None:
    done = rota("remind", team, "--dry-run", "--now", "2027-01-04T00:00")
    assert done.code == 2
    assert "not an instant" in done.err


def test_a_wrong_journal_is_told(rota: Rota, team: Path) -> None:
    done = rota("remind", team, "--dry-run", "--journal", "journal.db")
    assert done.code == 2
    assert "sqlite:///" in done.err


def test_it_sends_tells_and_names_who_is_not_linked(
    rota: Rota, team: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with LoopbackSlack() as slack:
        slack.add_user("U0CHI00", "Chi")
        monkeypatch.setenv("SLACK_BOT_TOKEN", slack.token)
        monkeypatch.setenv("ROTA_SLACK_API", slack.url + "/api/")
        assert "From now on" in rota("remind", team, "--now", "2026-12-24T12:00Z").out
        done = rota("remind", team, "--now", "2027-01-04T12:00Z")
        assert done.out.startswith("1 message sent")
        assert "Ana Silva" in done.err
        monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-wrong")
        refused = rota("remind", team, "--now", "2027-01-11T12:00Z")
        assert refused.code == 3
        assert "invalid_auth" in refused.err
        assert "xoxb-wrong" not in refused.err + refused.out
        monkeypatch.setenv("SLACK_BOT_TOKEN", slack.token)
        told = json.loads(rota("remind", team, "--json", "--now", "2027-01-11T12:00Z").out)
        assert [sent["to"] for sent in told["sent"]] == ["chi"]
        assert told["unlinked"] == ["ben"]
