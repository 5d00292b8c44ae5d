"""``rota slack`` as somebody or cron runs it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.actions.published import published
from tests.actions.roster import change
from tests.cli.conftest import Rota
from tests.loopback_slack.server import LoopbackSlack

CHI = "U0CHI00"


def test_groups_are_said_to_be_right_only_where_nothing_is_in_the_way(
    rota: Rota, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    change(folder, "roster.yaml", "team: Moons", 'team: Moons\nslack: {group: "@on-duty"}')
    change(folder, "roster.yaml", "name: Chi Nguyen", f"slack: {CHI}, name: Chi Nguyen")
    published(folder, t11="chi")
    with LoopbackSlack() as slack:
        monkeypatch.setenv("SLACK_BOT_TOKEN", slack.token)
        monkeypatch.setenv("ROTA_SLACK_API", f"{slack.url}/api/")
        done = rota("slack", "groups", folder)
        assert done.out == ""
        assert done.err == "warning: There is no user group @on-duty: make it in Slack.\n"
        slack.add_user(CHI, "Chi")
        slack.add_group("on-duty", [CHI])
        done = rota("slack", "groups", folder)
        assert (done.out, done.err) == ("Every group is as it should be.\n", "")
