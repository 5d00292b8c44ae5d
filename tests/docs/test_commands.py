"""The commands that README and CONTRIBUTING show are run, and what they claim is looked up."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = ("README.md", "CONTRIBUTING.md")


def page(name: str) -> str:
    return ROOT.joinpath(name).read_text(encoding="utf-8")


def shown(name: str) -> list[list[str]]:
    """The commands in the ``console`` blocks of a page, in order."""
    blocks = re.findall(r"```console\n(.*?)```", page(name), re.DOTALL)
    return [shlex.split(line) for block in blocks for line in block.splitlines()]


def rota(folder: Path, *arguments: str) -> str:
    """Run the command in a folder as a user would, and give what it prints."""
    command = [sys.executable, "-c", "from scheduler.cli import main; main()", *arguments]
    environment = {**os.environ, "COLUMNS": "80", "NO_COLOR": "1", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as `make rotation` leaves it: a copy of the sample team, planned and published."""
    folder = tmp_path_factory.mktemp("clone")
    shutil.copytree(ROOT / "rosters" / "2i2c", folder / "out" / "2i2c")
    told = rota(folder, "plan", "out/2i2c", "--quarter", "2027-Q1", "--write")
    folder.joinpath("plan.txt").write_text(told, encoding="utf-8")
    rota(folder, "publish", "out/2i2c", "--quarter", "2027-Q1")
    return folder


@pytest.mark.parametrize("name", PAGES)
def test_every_rota_command_works_in_the_order_shown(name: str, planned: Path) -> None:
    commands = [words for words in shown(name) if words[0] == "rota"]
    assert commands
    shutil.rmtree(planned / "my-team", ignore_errors=True)
    for _, *arguments in commands:
        rota(planned, *arguments)


@pytest.mark.parametrize("name", PAGES)
def test_every_make_command_has_its_target(name: str) -> None:
    targets = re.findall(r"^([a-z]+):", page("Makefile"), re.MULTILINE)
    goals = [words[1] for words in shown(name) if words[0] == "make"]
    assert goals
    assert set(goals) <= set(targets)


def test_the_transcript_tells_what_the_plan_tells(planned: Path) -> None:
    # Which of several equally good plans comes out may differ; what is missing, why, and what was
    # proved may not.
    told = planned.joinpath("plan.txt").read_text(encoding="utf-8")
    transcript = re.findall(r"```\n\$ rota plan(.*?)```", page("README.md"), re.DOTALL)[0]
    fixed = [
        line
        for line in transcript.splitlines()
        if line.startswith(("2i2c, ", "137 of")) or line.endswith("proved least")
    ]
    assert len(fixed) > 5
    assert set(fixed) <= {line.rstrip() for line in told.splitlines()}


def test_the_rule_in_contributing_is_the_rule_in_the_code() -> None:
    quoted = re.findall(r"```python\n(.*?)```", page("CONTRIBUTING.md"), re.DOTALL)[0]
    code = ROOT.joinpath("scheduler/rules/requirements/permission.py").read_text(encoding="utf-8")
    assert code.endswith(quoted)


@pytest.mark.parametrize("path", [ROOT / name for name in PAGES] + sorted(ROOT.glob("docs/*.md")))
def test_links_lead_somewhere(path: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)\)", path.read_text(encoding="utf-8"))
    local = [link for link in links if "://" not in link]
    assert [link for link in local if not (path.parent / link).exists()] == []


def test_the_sample_quarter_is_fair_and_complete(planned: Path) -> None:
    told = json.loads(rota(planned, "show", "out/2i2c", "--quarter", "2027-Q1", "--json"))
    prices = {tier["name"]: tier["price"] for tier in told["tiers"]}
    assert prices["must"] == 0
    assert told["unfilled"]  # something is left out, and says why
    assert all(seat["reasons"] for seat in told["unfilled"])
    indices = {member["id"]: member["share_index"] for member in told["members"]}
    assert {id: index for id, index in indices.items() if not 0.9 <= index <= 1.1} == {}
