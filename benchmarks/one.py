"""One run of one planner, in a process of its own: its time and its memory are its own, too.

python -m benchmarks.one greedy FOLDER --from 2027-01-04 --to 2027-04-04 --seconds 10 --seed 1
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import threading
from collections.abc import Callable
from dataclasses import asdict
from datetime import date, timedelta
from importlib import import_module
from pathlib import Path

import psutil

from benchmarks.census import Work, read
from benchmarks.facts import facts
from benchmarks.figures import FAST
from benchmarks.found import Found, Missing, Run
from benchmarks.judge import judge
from scheduler.domain.span import Span

PLANNERS = ("ours", "round_robin", "greedy", "plain_cp_sat", "milp", "timefold", "minizinc")
"""The files of ``benchmarks/peers``, each on the same work."""

_MIB = 1024 * 1024


def main() -> None:
    """The command line: prints one JSON object."""
    asked = _arguments()
    work = read(asked.folder, Span(asked.first, asked.last + timedelta(days=1)))
    run = Run(work, facts(work), asked.seconds, asked.seed)
    planner = import_module(f"benchmarks.peers.{asked.planner}")
    try:
        found, programs = _watched(lambda: planner.plan(run))
    except Missing as missing:
        print(json.dumps({"missing": str(missing)}))
        return
    memory = round((_own_peak() + programs) / _MIB)
    told = {k: v for k, v in asdict(found).items() if k not in ("holders", "tiers")}
    verdict = judge(work, found)
    if verdict.must_missed:
        told["first"] = None
    print(
        json.dumps(
            {
                **told,
                "memory": memory,
                "reading": work.reading,
                "laying_out": work.laying_out,
                "members": len(work.problem.members),
                "pairs": len(work.pairs),
                "fillable": len(work.fillable),
                "stated": [asdict(tier) for tier in found.tiers],
                "unbanded": _unbanded(work, found) if found.tiers else None,
                "verdict": asdict(verdict),
            }
        )
    )


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("planner", choices=(*PLANNERS, FAST))
    parser.add_argument("folder", type=Path)
    parser.add_argument("--from", dest="first", type=date.fromisoformat, required=True)
    parser.add_argument("--to", dest="last", type=date.fromisoformat, required=True)
    parser.add_argument("--seconds", type=float, required=True)
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


def _unbanded(work: Work, found: Found) -> dict[str, float]:
    """Counted once time and memory are taken: the solver's room weighs more than most peers."""
    from benchmarks.unbanded import unbanded

    return asdict(unbanded(work, found))


def _watched(plan: Callable[[], Found]) -> tuple[Found, int]:
    """What was found, and the peak in bytes of the programs that were started for it."""
    over = threading.Event()
    peak = 0

    def watch() -> None:
        nonlocal peak
        while not over.wait(0.1):
            peak = max(peak, _programs())

    thread = threading.Thread(target=watch, daemon=True)
    thread.start()
    try:
        found = plan()
        return found, peak
    finally:
        over.set()
        thread.join()


def _programs() -> int:
    total = 0
    for program in psutil.Process().children(recursive=True):
        try:
            total += program.memory_info().rss
        except psutil.NoSuchProcess:
            continue
    return total


def _own_peak() -> int:
    """Bytes of this process at its highest. Linux hands the peak that ``resource`` tells down from
    parent to child, so that /proc is asked first."""
    status = Path("/proc/self/status")
    if status.exists():
        for line in status.read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return used if sys.platform == "darwin" else used * 1024


if __name__ == "__main__":
    main()
