"""The files that run Rota elsewhere: what they call, set and copy is what the code has."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
import yaml

from scheduler.cli.app import app
from scheduler.web.providers import providers
from tests.needs import program

HOUSE = Path(__file__).parents[2]
FOLDER = HOUSE / "examples" / "deploy"
FILES = ("Dockerfile", "compose.yaml", "kubernetes.yaml", "rota.service", "README.md")
VARIABLE = re.compile(r"\b(?:ROTA|SLACK|GITHUB)_[A-Z_]+\b")
OURS = {"ROTA_URL", "ROTA_ROSTER"}
"""What only the files themselves read."""


def text(name: str) -> str:
    return FOLDER.joinpath(name).read_text(encoding="utf-8")


def dockerfile() -> list[tuple[str, str]]:
    """Its instructions, one a pair, with lines put together and comments left out."""
    whole = re.sub(r"^#.*\n", "", text("Dockerfile"), flags=re.MULTILINE)
    joined = re.sub(r"\\\n\s*", "", whole)
    pairs = (line.partition(" ") for line in joined.splitlines() if line.strip())
    return [(word, rest.strip()) for word, _, rest in pairs]


def kubernetes(kind: str) -> dict[str, Any]:
    (found,) = (
        part for part in yaml.safe_load_all(text("kubernetes.yaml")) if part["kind"] == kind
    )
    return dict(found)


def container() -> dict[str, Any]:
    (found,) = kubernetes("Deployment")["spec"]["template"]["spec"]["containers"]
    return dict(found)


def service(key: str) -> list[str]:
    return re.findall(rf"^{key}=(.*)$", text("rota.service"), re.MULTILINE)


def calls() -> Iterator[list[str]]:
    """The arguments with which each file calls `rota`."""
    (image,) = (yaml.safe_load(rest) for word, rest in dockerfile() if word == "CMD")
    yield image
    yield yaml.safe_load(text("compose.yaml"))["services"]["rota"]["command"]
    yield container()["args"]
    (start,) = service("ExecStart")
    yield shlex.split(start)[1:]


@pytest.mark.parametrize(
    "arguments", list(calls()), ids=["image", "compose", "kubernetes", "systemd"]
)
def test_what_is_called_is_a_command_with_these_options(
    arguments: list[str], tmp_path: Path
) -> None:
    name, _, *options = arguments
    command = typer.main.get_command(app)
    found = command.commands[name]  # type: ignore[attr-defined]  # it is a group
    context = found.make_context(name, [str(tmp_path), *options])
    assert context.params["roster"] == tmp_path
    # Others than this machine are served, or calendars name where they are reached.
    assert context.params["host"] == "0.0.0.0" or context.params["url"]


def test_each_variable_is_one_that_the_code_reads() -> None:
    code = "\n".join(
        path.read_text(encoding="utf-8") for path in HOUSE.joinpath("scheduler").rglob("*.py")
    )
    known = set(VARIABLE.findall(code)) | OURS
    for name in ("SLACK", "GITHUB"):
        pair = {f"{name}_CLIENT_ID": "a", f"{name}_CLIENT_SECRET": "b"}
        assert [one.name for one in providers(pair)] == [name.lower()]
        known |= pair.keys()
    told = {variable for name in FILES for variable in VARIABLE.findall(text(name))}
    assert told - known == set()
    assert {"ROTA_SECRET", "ROTA_JOURNAL", "SLACK_SIGNING_SECRET", "GITHUB_CLIENT_ID"} <= told


def test_the_page_names_every_variable() -> None:
    told = set(VARIABLE.findall(text("README.md")))
    assert {v for name in FILES for v in VARIABLE.findall(text(name))} == told


def test_probes_ask_for_addresses_that_are_served() -> None:
    served = HOUSE.joinpath("scheduler", "web", "health.py").read_text(encoding="utf-8")
    asked = {
        container()[f"{kind}Probe"]["httpGet"]["path"]
        for kind in ("liveness", "readiness", "startup")
    }
    asked |= set(re.findall(r"127\.0\.0\.1:8000(/\w+)", text("Dockerfile")))
    assert asked == {"/healthz", "/readyz"}
    assert all(f'Route("{path}"' in served for path in asked)


def test_ports_and_names_agree() -> None:
    (ports,) = kubernetes("Service")["spec"]["ports"]
    assert ports["targetPort"] in {port["name"] for port in container()["ports"]}
    labels = kubernetes("Deployment")["spec"]["template"]["metadata"]["labels"]
    assert kubernetes("Deployment")["spec"]["selector"]["matchLabels"] == labels
    assert kubernetes("Service")["spec"]["selector"] == labels
    assert kubernetes("PodDisruptionBudget")["spec"]["selector"]["matchLabels"] == labels
    pod = kubernetes("Deployment")["spec"]["template"]["spec"]
    volumes = {volume["name"] for volume in pod["volumes"]}
    assert {mount["name"] for mount in container()["volumeMounts"]} == volumes
    assert (
        pod["volumes"][0]["persistentVolumeClaim"]["claimName"]
        == (kubernetes("PersistentVolumeClaim")["metadata"]["name"])
    )


def test_nobody_runs_as_root() -> None:
    (user,) = (rest for word, rest in dockerfile() if word == "USER")
    pod = kubernetes("Deployment")["spec"]["template"]["spec"]["securityContext"]
    assert pod["runAsNonRoot"]
    assert pod["runAsUser"] == pod["fsGroup"] == int(user) != 0
    assert container()["securityContext"]["readOnlyRootFilesystem"]
    assert service("User") == ["rota"]
    assert yaml.safe_load(text("compose.yaml"))["services"]["rota"]["read_only"]


# ---------------------------------------------------------------------------------- the image


def test_what_the_image_copies_is_enough_to_build_the_package(tmp_path: Path) -> None:
    """And what docker is told to leave out is not copied."""
    copied = [
        name
        for word, rest in dockerfile()
        if word == "COPY" and not rest.startswith("--from")
        for name in shlex.split(rest)[:-1]
    ]
    let_in = re.findall(r"^!(.+)$", text("Dockerfile.dockerignore"), re.MULTILINE)
    assert sorted(copied) == sorted(let_in)
    source = tmp_path / "build"
    source.mkdir()
    for name in copied:
        if HOUSE.joinpath(name).is_dir():
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(HOUSE / name, source / name, ignore=ignored)
        else:
            shutil.copy(HOUSE / name, source)
    pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
    subprocess.run([*pip, "--no-index", "--wheel-dir", tmp_path, source], check=True)
    (wheel,) = tmp_path.glob("rota-*.whl")
    assert wheel.stat().st_size > 100_000


def test_the_driver_of_the_database_comes_from_the_lock_with_its_hashes() -> None:
    (run,) = (rest for word, rest in dockerfile() if word == "RUN" and "psycopg" in rest)
    (cut,) = re.findall(r"(sed .+? requirements-dev\.lock) >", run)
    done = subprocess.run(shlex.split(cut), cwd=HOUSE, capture_output=True, text=True, check=True)
    blocks = re.split(r"\n(?=\S)", done.stdout.strip())
    assert [block.partition("==")[0] for block in blocks] == ["psycopg", "psycopg-binary"]
    assert all("--hash=sha256:" in block for block in blocks)
    assert run.count("--require-hashes --no-deps") == 2


def test_systemd_understands_the_unit(tmp_path: Path) -> None:
    analyze = program("systemd-analyze")
    unit = tmp_path / "rota.service"
    unit.write_text(text("rota.service").replace("/opt/rota/bin/rota", sys.executable))
    done = subprocess.run(
        [analyze, "verify", "--man=no", unit], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
