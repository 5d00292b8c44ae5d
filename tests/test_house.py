"""The rules of the house that import-linter cannot state."""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import scheduler

HOUSE = Path(scheduler.__file__).parent


def imported_roots(source: str) -> Iterator[tuple[int, str]]:
    """Every line that imports, with the outermost package that it names."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name.partition(".")[0]
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield node.lineno, node.module.partition(".")[0]


@pytest.mark.parametrize("room", ["domain", "errors"])
def test_the_ground_floor_needs_nothing_but_the_standard_library(room: str) -> None:
    paths = [*HOUSE.glob(f"{room}.py"), *HOUSE.joinpath(room).rglob("*.py")]
    allowed = sys.stdlib_module_names | {"scheduler"}
    strangers = [
        f"{path.relative_to(HOUSE.parent)}:{line} imports {root}"
        for path in paths
        for line, root in imported_roots(path.read_text(encoding="utf-8"))
        if root not in allowed
    ]
    assert strangers == []


def test_every_folder_with_code_is_a_package() -> None:
    # import-linter does not see folders without __init__.py: the floors would not hold in them.
    folders = {path.parent for path in HOUSE.rglob("*.py")}
    naked = [folder for folder in sorted(folders) if not (folder / "__init__.py").exists()]
    assert naked == []


def test_what_is_tested_is_what_is_installed() -> None:
    # `make check` installs requirements-dev.lock alone, so it must hold all of requirements.lock.
    def pins(name: str) -> set[str]:
        lines = HOUSE.parent.joinpath(name).read_text(encoding="utf-8").splitlines()
        return {line.removesuffix("\\").strip() for line in lines if "==" in line}

    assert pins("requirements.lock") - pins("requirements-dev.lock") == set()


def test_lock_files_name_no_index() -> None:
    for path in HOUSE.parent.glob("requirements*.lock"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"://|^-|file:", text, re.MULTILINE), path.name
