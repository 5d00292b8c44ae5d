"""A loopback Slack with the moons in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.loopback_slack.server import LoopbackSlack
from tests.slack.team import ANA, BEN, CHI, Chat, served, team_in_slack


@pytest.fixture
def workspace() -> Iterator[LoopbackSlack]:
    with LoopbackSlack() as slack:
        for user, name in ((ANA, "Ana"), (BEN, "Ben"), (CHI, "Chi")):
            slack.add_user(user, name)
        slack.add_channel("triage", [ANA, BEN, CHI])
        yield slack


@pytest.fixture
def chat(workspace: LoopbackSlack, tmp_path: Path) -> Iterator[Chat]:
    with served(workspace, team_in_slack(tmp_path / "moons")) as chat:
        yield chat
