"""The team by the dock, ready in a folder."""

from pathlib import Path

import pytest

from tests.audit.dock import Dock


@pytest.fixture
def dock(tmp_path: Path) -> Dock:
    found = Dock(tmp_path)
    found.write()
    return found
