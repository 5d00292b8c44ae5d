"""Programs of this folder in processes of their own, and what they answer."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from benchmarks.figures import REPLAN, Line
from benchmarks.items import Item

_PATIENCE = 900
"""Seconds beyond the limit for reading, building a model and judging."""


def planned(item: Item, folder: Path, planner: str, run: int, seconds: float, seed: int) -> Line:
    """A line of the results: how one planner did on the roster in a folder, which was made from a
    seed, or what became of it."""
    program = ["benchmarks.one", planner, str(folder)]
    days = ["--from", str(item.horizon.first), "--to", str(item.horizon.last)]
    answer = _answer([*program, *days, "--seconds", str(seconds), "--seed", str(run)], seconds)
    return {**_head(item, planner, run, seconds, seed), **answer}


def replanned(item: Item, run: int, seconds: float, seed: int) -> Line:
    """A line of the results: planning again after one leave, beside planning from scratch."""
    order = ["benchmarks.replan", item.name, "--seconds", str(seconds), "--seed", str(seed)]
    answer = _answer([*order, "--run", str(run)], 2 * seconds)
    return {**_head(item, REPLAN, run, seconds, seed), **answer}


def _head(item: Item, planner: str, run: int, seconds: float, seed: int) -> Line:
    return {"item": item.name, "planner": planner, "run": run, "limit": seconds, "seed": seed}


def _answer(order: list[str], seconds: float) -> Line:
    try:
        done = subprocess.run(
            [sys.executable, "-m", *order],
            capture_output=True,
            text=True,
            timeout=seconds + _PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return {"missing": f"not back {_PATIENCE} s after its limit"}
    if done.returncode:
        last = done.stderr.strip().rpartition("\n")[2]
        return {"missing": f"ended with {done.returncode}: {last[:200]}"}
    answer: Line = json.loads(done.stdout.strip().rpartition("\n")[2])
    return answer
