"""A server over the small team."""

from pathlib import Path

import pytest

from tests.web.serving import Served, team


@pytest.fixture
def served(tmp_path: Path) -> Served:
    return Served(team(tmp_path / "team"))
