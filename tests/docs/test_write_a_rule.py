"""The page on writing a rule is followed to the letter, in a copy of the project."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "write-a-rule.md").read_text(encoding="utf-8")


def test_one_file_one_line_and_one_test_make_a_rule(tmp_path: Path) -> None:
    rule, imported, test = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    (listed,) = re.findall(r"```\n( .*?)```", PAGE, re.DOTALL)
    for room in ("scheduler", "tests/rules"):
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / room, tmp_path / room, ignore=ignored)
    for name in ("pyproject.toml", "tests/conftest.py"):
        shutil.copy(ROOT / name, tmp_path / name)
    named = re.findall(r"^`((?:scheduler|tests)/\S+\.py)`:$", PAGE, re.MULTILINE)
    for path, text in zip(named, (rule, test), strict=True):
        tmp_path.joinpath(path).write_text(text, encoding="utf-8")
    book = tmp_path / "scheduler" / "rules" / "book.py"
    known = book.read_text(encoding="utf-8")
    after = "from scheduler.rules.requirements.region import Region\n"
    changed = known.replace(after, after + imported, 1).replace(
        "    Region,\n", f"    Region,\n{listed}", 1
    )
    assert changed.count("SettledIn") == 2
    book.write_text(changed, encoding="utf-8")

    told = run(
        tmp_path, "-m", "pytest", "-q", "tests/rules", "-k", "settled_in", "-p", "no:cacheprovider"
    )
    assert re.search(r"^[4-9] passed", told, re.MULTILINE), told
    assert (
        "nobody leads in their first weeks"
        in run(tmp_path, "-c", "from scheduler.cli import main; main()", "rules").lower()
    )


def run(folder: Path, *arguments: str) -> str:
    environment = {**os.environ, "PYTHONPATH": str(folder), "NO_COLOR": "1", "COLUMNS": "100"}
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
