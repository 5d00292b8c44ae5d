"""A Slack that keeps its limits, faster than the real one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.loopback_slack.server import LoopbackSlack
from tests.postgres import postgres

__all__ = ["postgres"]


@pytest.fixture
def slack() -> Iterator[LoopbackSlack]:
    with LoopbackSlack() as made:
        yield made
