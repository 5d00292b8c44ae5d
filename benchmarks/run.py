"""Run every planner on every roster, and write the report: python -m benchmarks.run

One run at a time, each in a process of its own. What comes out lies in out/bench: each run as a
line of results.jsonl, report.md and its pictures.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks.growth import draw
from benchmarks.items import ITEMS, Item
from benchmarks.one import PLANNERS
from benchmarks.report import growth, report
from benchmarks.sizes import SIZES

Line = dict[str, Any]

_PATIENCE = 900
"""Seconds beyond the limit for reading, building a model and judging."""


def main() -> None:
    """The command line."""
    asked = _arguments()
    asked.out.mkdir(parents=True, exist_ok=True)
    lines: list[Line] = []
    with (asked.out / "results.jsonl").open("w", encoding="utf-8") as results:
        for line in _lines(asked):
            lines.append(line)
            results.write(json.dumps(line) + "\n")
            results.flush()
    text = report(lines, "growth.svg")
    (asked.out / "report.md").write_text(text, encoding="utf-8")
    draw(growth(lines[1:]), asked.out / "growth")
    print(text)


def _lines(asked: argparse.Namespace) -> Iterator[Line]:
    """Where and how, then every run, told as it ends."""
    yield {"machine": _machine(), "command": " ".join(("python -m benchmarks.run", *sys.argv[1:]))}
    for name in asked.items:
        item = ITEMS[name]
        folder = item.prepare(asked.out / "rosters", asked.seed)
        for run in range(1, asked.runs + 1):
            for planner in asked.planners:
                line = _one(item, folder, planner, run, asked.seconds or item.seconds)
                print(_said(line), flush=True)
                yield line


def _arguments() -> argparse.Namespace:
    def some(text: str) -> list[str]:
        return text.replace(",", " ").split()

    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument(
        "--items", type=some, default=list(SIZES), help=f"of {', '.join(ITEMS)}; the four sizes"
    )
    parser.add_argument(
        "--planners", type=some, default=list(PLANNERS), help=f"of {', '.join(PLANNERS)}; all"
    )
    parser.add_argument("--runs", type=int, default=5, help="of each planner on each roster")
    parser.add_argument("--seconds", type=float, help="for each run; each roster has a default")
    parser.add_argument("--seed", type=int, default=1, help="of the rosters that are made up")
    parser.add_argument("--out", type=Path, default=Path("out/bench"))
    asked = parser.parse_args()
    for what, known in (("items", ITEMS), ("planners", PLANNERS)):
        for name in getattr(asked, what):
            if name not in known:
                parser.error(f'there is no "{name}"; --{what} knows {", ".join(known)}')
    return asked


def _one(item: Item, folder: Path, planner: str, run: int, seconds: float) -> Line:
    """One line of the results: what the process said, or what became of it."""
    head: Line = {"item": item.name, "planner": planner, "run": run, "limit": seconds}
    order = [sys.executable, "-m", "benchmarks.one", planner, str(folder)]
    days = ["--from", str(item.horizon.first), "--to", str(item.horizon.last)]
    limits = ["--seconds", str(seconds), "--seed", str(run)]
    try:
        done = subprocess.run(
            [*order, *days, *limits],
            capture_output=True,
            text=True,
            timeout=seconds + _PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return {**head, "missing": f"not back {_PATIENCE} s after its limit"}
    if done.returncode:
        last = done.stderr.strip().rpartition("\n")[2]
        return {**head, "missing": f"ended with {done.returncode}: {last[:200]}"}
    answer: Line = json.loads(done.stdout.strip().rpartition("\n")[2])
    return {**head, **answer}


def _said(line: Line) -> str:
    head = f"{line['item']:<24} {line['planner']:<13} run {line['run']}: "
    if "missing" in line:
        return head + str(line["missing"])
    verdict = line["verdict"]
    return head + (
        f"{line['seconds']:.2f} s, {line['memory']} MiB, {verdict['filled']} seats, "
        f"{verdict['must_missed']} must missed, {sum(verdict['broken'].values())} breaches"
    )


def _machine() -> str:
    """On what this runs."""
    return (
        f"{os.cpu_count()} cores ({platform.machine()}, {platform.system()}), Python "
        f"{platform.python_version()}, OR-Tools {version('ortools')}; load average before it "
        f"began: {os.getloadavg()[0]:.1f}"
    )


if __name__ == "__main__":
    main()
