"""Every test of the journal runs on both engines."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from scheduler.journal import Journal, beside, open_journal
from tests.postgres import Postgres, postgres

__all__ = ["postgres"]


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a journal may be made."""
    if request.param == "sqlite":
        return beside(tmp_path)
    server: Postgres = request.getfixturevalue("postgres")
    return server.database()


@pytest.fixture
def journal(url: str) -> Iterator[Journal]:
    """An open, empty journal."""
    made = open_journal(url)
    yield made
    made.close()
