"""What some tests need beyond Python: absent at a newcomer's, where they skip; never in CI."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

_INSTALL = "`make programs` installs it on Debian"
_NODE_MODULES = Path(__file__).parent / "programs" / "node_modules"


def program(name: str, *elsewhere: str) -> str:
    """The path of a program, which may also lie in a folder that is not on the path; the test
    skips where it is absent, and in CI it fails."""
    places = (place for folder in elsewhere for place in sorted(Path("/").glob(f"{folder}/{name}")))
    found = shutil.which(name) or next((str(place) for place in places), None)
    return found or absent(f"the program {name}")


def node_package(name: str) -> Path:
    """The folder of a package of the npm registry, in which node finds the others as well."""
    program("node")
    folder = _NODE_MODULES / name
    return folder if folder.is_dir() else Path(absent(f"the npm package {name}"))


def absent(what: str) -> str:
    """Skip because something is not installed, and fail in CI."""
    reason = f"{what} is not installed: {_INSTALL}"
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)
