"""Timefold, a local search with constraint streams: its last release for Python.

It runs in an environment of its own, which ``make bench`` makes, and needs Java 17. Its score has
levels, as its users write it: requirements, then seats, then squares of share indices. It knows no
bound, so that nothing is ever proved. The time limit is on its search alone: Java takes seconds to
start, and they are told with the whole time. The limit on how many shadows one person accompanies
at once is left out, so that the audit may find it broken.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from itertools import combinations
from pathlib import Path
from typing import Any

from benchmarks import goal
from benchmarks.facts import Facts
from benchmarks.found import Found, Missing, Run, stopwatch

PYTHON = Path(__file__).parents[2] / "out" / "bench" / "timefold" / "bin" / "python"
WORKER = Path(__file__).with_name("timefold_worker.py")


def plan(run: Run) -> Found:
    """Who holds each seat in the best solution found.

    Raises:
        Missing: Java or the environment with Timefold is not there.
    """
    if shutil.which("java") is None:
        raise Missing("there is no Java, of which Timefold needs version 17")
    if not PYTHON.exists():
        raise Missing("the environment with timefold==1.24.0b0 is not there: make bench makes it")
    elapsed = stopwatch()
    first, holder = None, None
    with tempfile.TemporaryDirectory() as folder, Path(folder, "log").open("w+") as log:
        data = Path(folder, "data.json")
        data.write_text(json.dumps(_data(run.facts)), encoding="utf-8")
        process = subprocess.Popen(
            # Isolated, or this very file would be taken for the package of its name.
            [PYTHON, "-I", WORKER, data, str(run.seconds), str(run.seed)],
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        )
        with process:
            for line in process.stdout or ():
                if line.startswith("complete") and first is None:
                    first = elapsed()
                if line.startswith("["):
                    holder = json.loads(line)
        if holder is None:
            log.seek(0)
            last = log.read().strip().rpartition("\n")[2]
            raise Missing(f"its process ended with {process.returncode}: {last[:200]}")
    return Found(
        holders={
            run.facts.places[seat].key: run.facts.members[member]
            for seat, member in enumerate(holder)
            if member is not None
        },
        seconds=elapsed(),
        first=first,
    )


def _data(facts: Facts) -> dict[str, Any]:
    clashes = {pair for group in facts.clashes for pair in combinations(_seats(group.pairs), 2)}
    return {
        "entitlements": facts.entitlements,
        "served": facts.served,
        "seats": [
            {
                "shift": place.key[0],
                "shadow": place.shadow,
                "cost": 0 if place.shadow else 1000 if place.must else place.value,
                "able": place.able,
                "loads": [facts.loads[seat, member] for member in place.able],
                "dislikes": [-facts.likes.get((seat, member), 0) for member in place.able],
            }
            for seat, place in enumerate(facts.places)
        ],
        "work": [(seat, w, m) for seat, place in enumerate(facts.places) for w, m in place.weeks],
        "budgets": [(member, week, m) for (member, week), m in facts.budgets.items()],
        "clashes": sorted(clashes),
        "meetings": [
            (one[0], other[0], one[1], other[1])
            for group in facts.meetings
            for one, other in combinations(group.pairs, 2)
            if one[0] != other[0] and one[1] != other[1]
        ],
        "shadow": goal.SHADOW,
        "disliked": goal.DISLIKED,
    }


def _seats(pairs: tuple[tuple[int, int], ...]) -> list[int]:
    return sorted(seat for seat, _ in pairs)
