"""A real Dask cluster on loopback: what comes from it is what is made here, also after a death."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from scheduler.actions.horizon import named
from scheduler.actions.plan import Request, plan
from scheduler.actions.plan_each import Ended, plan_each
from scheduler.actions.side_by_side import side_by_side
from scheduler.errors import BadRequest, Refused
from tests.actions.roster import request, roster

if TYPE_CHECKING:
    from distributed import Client

distributed = pytest.importorskip("distributed", reason="the extra rota[cluster] is not installed")

HOUSE = Path(__file__).parents[2]
WAIT = 60
"""Seconds after which a test gives up on the cluster."""


@contextmanager
def running(*arguments: str) -> Iterator[subprocess.Popen[str]]:
    """A process of the cluster, with what it says on standard error."""
    with subprocess.Popen(
        [sys.executable, "-m", *arguments],
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": str(HOUSE)},
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def worker(address: str) -> list[str]:
    only = ["--nthreads", "1", "--no-nanny", "--no-dashboard", "--host", "127.0.0.1"]
    return ["distributed.cli.dask_worker", address, *only]


@contextmanager
def cluster() -> Iterator[tuple[str, dict[int, subprocess.Popen[str]]]]:
    """The address of a scheduler with two workers, and these by process id."""
    only = ["--host", "127.0.0.1", "--port", "0", "--no-dashboard"]
    with running("distributed.cli.dask_scheduler", *only) as scheduler:
        assert scheduler.stderr is not None
        lines = (re.search(r"Scheduler at:\s+(tcp://\S+)", line) for line in scheduler.stderr)
        address = next(found[1] for found in lines if found)
        with running(*worker(address)) as one, running(*worker(address)) as other:
            yield address, {one.pid: one, other.pid: other}


def rotation_of(folder: Path) -> bytes:
    (path,) = folder.joinpath("rotations").glob("2027-Q1.yaml")
    return path.read_bytes()


def kill_whoever_works(client: Client) -> int:
    """Wait until a worker has begun, and kill it; its process id."""
    until = time.monotonic() + WAIT
    while time.monotonic() < until:
        tasks = client.processing()  # type: ignore[no-untyped-call]  # Dask is half annotated
        busy = [address for address, working in tasks.items() if working]
        if busy:
            time.sleep(0.5)
            pid: int = client.run(os.getpid, workers=busy)[busy[0]]
            os.kill(pid, signal.SIGKILL)
            return pid
        time.sleep(0.02)
    raise AssertionError("no worker ever had anything to do")


@pytest.mark.filterwarnings("ignore::ResourceWarning")  # connections to who was killed
def test_a_worker_killed_while_it_solves_costs_time_and_not_the_plan(tmp_path: Path) -> None:
    here, there = (shutil.copytree(HOUSE / "rosters/2i2c", tmp_path / n) for n in ("here", "there"))
    asked = Request("2027-Q1", named("2027-Q1"), write=True, work=0.5)
    with cluster() as (address, workers), distributed.Client(address) as client:
        client.wait_for_workers(2, timeout=WAIT)

        def solve() -> list[Ended]:
            with side_by_side(cluster=address) as executor:
                return list(plan_each([there], asked, executor=executor))

        with ThreadPoolExecutor(1) as beside:
            ended = beside.submit(solve)
            killed = kill_whoever_works(client)
            assert not ended.done()
            (end,) = ended.result(timeout=WAIT)
        assert workers[killed].wait(timeout=WAIT) == -signal.SIGKILL
        assert len(client.scheduler_info()["workers"]) == 1
    assert end.exit_code == 0
    plan(here, asked)
    assert rotation_of(there) == rotation_of(here)


def test_an_address_where_nobody_answers_is_refused_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("scheduler.actions.side_by_side.PATIENCE", 1)
    with (
        pytest.raises(Refused, match=r"No Dask scheduler answers at tcp://127\.0\.0\.1:9"),
        side_by_side(cluster="tcp://127.0.0.1:9") as executor,
    ):
        list(plan_each([roster(tmp_path / "moons")], request(), executor=executor))


def test_an_address_that_makes_no_sense_is_refused_as_well() -> None:
    with (
        pytest.raises(Refused, match="No Dask scheduler answers at nonsense://x"),
        side_by_side(cluster="nonsense://x"),
    ):
        pass


def test_without_the_extra_its_name_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with (
        pytest.raises(BadRequest, match=r"install rota\[cluster\]"),
        side_by_side(cluster="tcp://127.0.0.1:8786"),
    ):
        pass
