"""What `rota serve` puts together: Slack's events beside the pages, where Slack is set up."""

from dataclasses import replace
from pathlib import Path

import pytest
from starlette.routing import BaseRoute

from scheduler.cli.serving import Setup, application
from scheduler.slack.relay import Relay
from scheduler.web import forms
from scheduler.web.desk import Desk, Nowhere
from scheduler.web.signin import LocalLink
from tests.web.serving import Served


@pytest.fixture
def setup(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Setup:
    for name in ("SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET"):
        monkeypatch.delenv(name, raising=False)
    return Setup(journal=f"sqlite:///{tmp_path / 'journal.db'}")


def test_without_slack_there_is_no_such_address(served: Served, setup: Setup) -> None:
    served.app = application(served.live, setup)
    assert served.get("/slack/events", "POST").status_code == 405  # as any page that is none
    assert served.get("/").status_code == 200


def test_with_slack_only_what_is_signed_is_taken(
    served: Served, setup: Setup, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-1")
    monkeypatch.setenv("SLACK_SIGNING_SECRET", "signing")
    served.app = application(served.live, setup)
    assert served.get("/slack/events", "POST").status_code == 401
    assert served.get("/").status_code == 200


def test_on_this_machine_only_its_own_names_are_answered(served: Served, setup: Setup) -> None:
    served.app = application(served.live, setup)
    assert served.get("/", headers={"host": "evil.example"}).status_code == 400
    served.app = application(served.live, Setup(journal=setup.journal, local=False, is_open=True))
    assert served.get("/", headers={"host": "rota.example.org"}).status_code == 200


@pytest.mark.parametrize(("token", "told"), [("", Nowhere), ("xoxb-1", Relay)])
def test_with_slack_what_members_do_is_told_there(
    served: Served, setup: Setup, monkeypatch: pytest.MonkeyPatch, token: str, told: type
) -> None:
    desks: list[Desk] = []

    def no_routes(desk: Desk) -> list[BaseRoute]:
        desks.append(desk)
        return []

    monkeypatch.setattr(forms, "routes", no_routes)
    monkeypatch.setenv("SLACK_BOT_TOKEN", token)
    application(served.live, replace(setup, link=LocalLink("ana")))
    (desk,) = desks
    assert isinstance(desk.elsewhere, told)
