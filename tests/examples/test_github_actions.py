"""The workflows, run in order on a scratch repository as a runner of GitHub would."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

HOUSE = Path(__file__).parents[2]
FOLDER = HOUSE / "examples" / "github-actions"
WORKFLOWS = ["check", "next-quarter", "publish"]
ALLOWED = {
    f"actions/{name}"
    for name in ("checkout", "setup-python", "upload-pages-artifact", "deploy-pages")
}
ROTA = f"""#!{sys.executable}
from datetime import UTC, datetime
import sys

sys.path.insert(0, {str(HOUSE)!r})
from scheduler.cli import clock, main

clock.now = lambda: datetime(2027, 2, 1, 6, 17, tzinfo=UTC)
main()
"""
ROTATION = "my-team/rotations/2027-Q1.yaml"


def workflow(name: str) -> dict[str, Any]:
    # BaseLoader: "on" is a word here, not true.
    found: dict[str, Any] = yaml.load(
        FOLDER.joinpath(f"{name}.yml").read_text(encoding="utf-8"), yaml.BaseLoader
    )
    return found


def steps(name: str) -> Iterator[dict[str, Any]]:
    for job in workflow(name)["jobs"].values():
        yield from job["steps"]


def needs_github(step: dict[str, Any]) -> bool:
    """Actions, the `gh` command and the installation are left out here; all else runs."""
    return "uses" in step or step["run"].startswith(("gh ", "pip install "))


class Repository:
    """A clone of a bare origin, with a `rota` for which it is always 1 February 2027."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "clone"
        programs = folder / "bin"
        programs.mkdir(parents=True)
        rota = programs / "rota"
        rota.write_text(ROTA, encoding="utf-8")
        rota.chmod(0o755)
        who = {
            f"GIT_{role}_{what}": f"ana{end}"
            for role in ("AUTHOR", "COMMITTER")
            for what, end in (("NAME", ""), ("EMAIL", "@example.org"))
        }
        path = os.pathsep.join(
            [str(programs), str(Path(sys.executable).parent), os.environ["PATH"]]
        )
        nowhere = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
        self.environment = os.environ | who | nowhere | {"PATH": path, "COLUMNS": "80"}
        self._bash(folder, "git init --quiet --bare --initial-branch=main origin.git")
        self._bash(folder, "git clone --quiet origin.git clone")
        self.bash("git switch --quiet --create main")

    def bash(self, script: str, **more: str) -> str:
        """What a script prints, which must succeed."""
        return self._bash(self.folder, script, **more)

    def commit(self, message: str) -> None:
        self.bash(f"git add my-team && git commit --quiet --message '{message}'")

    def run(self, name: str, **more: str) -> dict[str, str]:
        """Run the steps of a workflow in their order; what each printed."""
        environment = {**workflow(name)["env"], "TIME": "1s", **more}
        return {
            step["name"]: self.bash(step["run"], **environment, **step.get("env", {}))
            for step in steps(name)
            if not needs_github(step)
        }

    def _bash(self, folder: Path, script: str, **more: str) -> str:
        # The very options of `shell: bash` on a runner.
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
            cwd=folder,
            env=self.environment | more,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{script}\n{done.stdout}\n{done.stderr}"
        return done.stdout


@pytest.fixture(scope="module")
def origin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The starter roster with a published first quarter, pushed."""
    folder = tmp_path_factory.mktemp("hosting")
    repository = Repository(folder)
    repository.bash("rota init my-team")
    repository.bash("rota plan my-team --quarter 2027-Q1 --time 1s --quiet --write")
    repository.bash("rota publish my-team --quarter 2027-Q1")
    repository.commit("Publish 2027-Q1")
    repository.bash("git push --quiet origin main")
    return folder / "origin.git"


@pytest.fixture
def repository(origin: Path, tmp_path: Path) -> Repository:
    found = Repository(tmp_path)
    found.bash(f"git pull --quiet '{origin}' main && git push --quiet origin main")
    return found


# ------------------------------------------------------------------------------- what they are


@pytest.mark.parametrize("name", WORKFLOWS)
def test_only_actions_of_github_at_a_major_version(name: str) -> None:
    for step in steps(name):
        if "uses" in step:
            action, _, version = step["uses"].partition("@")
            assert action in ALLOWED
            assert version.startswith("v")
            assert version[1:].isdigit()


@pytest.mark.parametrize("name", WORKFLOWS)
def test_nobody_can_write_commands_into_a_step_from_outside(name: str) -> None:
    # The name of a branch is put into a variable; in the script itself it would be run.
    assert workflow(name)["defaults"] == {"run": {"shell": "bash"}}
    assert [step["run"] for step in steps(name) if "${{" in step.get("run", "")] == []


def test_the_manual_names_every_workflow() -> None:
    manual = FOLDER.joinpath("README.md").read_text(encoding="utf-8")
    assert {path.name for path in FOLDER.glob("*.yml")} == {f"{name}.yml" for name in WORKFLOWS}
    assert [name for name in WORKFLOWS if f"`{name}.yml`" not in manual] == []


# ------------------------------------------------------------------------------- what they do


def turn_of(repository: Repository) -> tuple[str, str]:
    """A turn of March, and whoever may best take it."""
    shift = "triage@2027-03-08"
    listed = json.loads(repository.bash(f"rota cover my-team {shift} --seat lead --json"))
    (seat,) = listed["candidates"][0]["seats"]
    return f"{shift}/lead", seat["to"]


def test_a_pull_request_with_a_cover_is_checked_and_told(repository: Repository) -> None:
    shift, member = turn_of(repository)
    repository.bash("git switch --quiet --create cover")
    repository.bash(f"rota cover my-team {shift} --to {member} --write")
    repository.commit("Cover")
    told = repository.run("check", BASE="origin/main")
    assert "Every requirement holds" in told["Audit each rotation that changed"]
    assert "dry run" in told["Try the next quarter"]
    assert "1 turn moved" in told["Tell what differs"]
    assert "cover by" in told["Tell what differs"]
    assert repository.bash("git status --porcelain my-team") == ""


def test_a_pull_request_with_a_leave_tells_what_a_replan_would_do(repository: Repository) -> None:
    repository.bash("git switch --quiet --create leave")
    roster = repository.folder / "my-team" / "roster.yaml"
    text = roster.read_text(encoding="utf-8")
    roster.write_text(
        text.replace("2027-03-26", "{first: 2027-02-15, last: 2027-03-31}"), encoding="utf-8"
    )
    repository.commit("Leave")
    told = repository.run("check", BASE="origin/main")
    assert "Ben Okafor" in told["See what would move in what is published"]
    assert "`rota replan` would do this" in told["Tell what differs"]
    assert "skiing" not in told["Tell what differs"]


def test_a_pull_request_that_breaks_a_rotation_fails(repository: Repository) -> None:
    rotation = repository.folder / ROTATION
    rotation.write_text(
        rotation.read_text(encoding="utf-8").replace("member: chi,", "member: nobody,"),
        encoding="utf-8",
    )
    repository.commit("Somebody unknown")
    with pytest.raises(AssertionError, match="nobody"):
        repository.run("check", BASE="origin/main")


def test_a_merge_publishes_the_calendars(repository: Repository) -> None:
    repository.run("publish")
    uploaded = next(s for s in steps("publish") if "upload-pages" in s.get("uses", ""))
    site = repository.folder / uploaded["with"]["path"]
    assert {path.stem for path in site.glob("members/*.ics")} >= {"ana", "ben"}
    assert "BEGIN:VEVENT" in site.joinpath("team.ics").read_text(encoding="utf-8")


def test_the_next_quarter_is_drafted_in_a_branch_and_never_overwritten(
    repository: Repository,
) -> None:
    repository.run("next-quarter")
    assert repository.bash("git diff --name-only main origin/rota/2027-Q2").split() == [
        "my-team/rotations/2027-Q2.yaml"
    ]
    comment = repository.folder.joinpath("out", "comment.md").read_text(encoding="utf-8")
    assert "2027-Q2 (new)" in comment
    assert repository.bash("git status --porcelain my-team") == ""

    # Somebody edits the draft; then another run, which knows only main, comes to its push.
    edited = repository.bash("git commit --quiet --allow-empty -m edit && git rev-parse HEAD")
    repository.bash("git push --quiet origin HEAD && git switch --quiet main")
    repository.bash("git branch --quiet --delete --force rota/2027-Q2")
    repository.bash(f"sed s/2027-Q1/2027-Q2/ {ROTATION} > my-team/rotations/2027-Q2.yaml")
    (push,) = (step for step in steps("next-quarter") if "git push" in step.get("run", ""))
    with pytest.raises(AssertionError, match="rejected"):
        repository.bash(push["run"], **workflow("next-quarter")["env"])
    assert repository.bash("git ls-remote origin rota/2027-Q2").startswith(edited.strip())

    # A person makes the edited draft final.
    repository.bash("git reset --quiet --hard origin/rota/2027-Q2")
    repository.bash("rota publish my-team --quarter 2027-Q2")
    assert "published:" in repository.bash("git diff")
