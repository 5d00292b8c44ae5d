"""Run every planner on every roster, and write the report: python -m benchmarks.run

One run at a time, each in a process of its own. What comes out lies in out/bench: each run as a
line of results.jsonl, report.md and its pictures.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

from benchmarks.figures import ASIDE, FAST, OURS, REPLAN, Line
from benchmarks.growth import draw
from benchmarks.items import ITEMS, Item
from benchmarks.one import PLANNERS
from benchmarks.process import planned, replanned
from benchmarks.report import growth, report
from benchmarks.sizes import SIZES

EVERYBODY = (*PLANNERS, *ASIDE)


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
    for name, runs in zip(asked.items, asked.runs, strict=True):
        item = ITEMS[name]
        folder = item.prepare(asked.out / "rosters", asked.seed)
        for run in range(1, runs + 1):
            for line in _round(asked, item, folder, run):
                print(_said(line), flush=True)
                yield line


def _round(asked: argparse.Namespace, item: Item, folder: Path, run: int) -> Iterator[Line]:
    """One run of each planner. ``--fast`` has as long as Rota took without it, if that came first;
    planning again is for the sizes alone, where nothing is published yet."""
    most = took = asked.seconds or item.seconds
    for planner in asked.planners:
        if planner != REPLAN:
            limit = took if planner == FAST else most
            line = planned(item, folder, planner, run, limit, asked.seed)
            took = line.get("seconds", most) if planner == OURS else took
            yield line
        elif item.name in SIZES:
            yield replanned(item, run, most, asked.seed)


def _arguments() -> argparse.Namespace:
    def some(text: str) -> list[str]:
        return text.replace(",", " ").split()

    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument(
        "--items", type=some, default=list(SIZES), help=f"of {', '.join(ITEMS)}; the four sizes"
    )
    parser.add_argument(
        "--planners", type=some, default=list(EVERYBODY), help=f"of {', '.join(EVERYBODY)}; all"
    )
    parser.add_argument(
        "--runs", type=some, default=["5"], help="of each planner: on all rosters, or on each"
    )
    parser.add_argument("--seconds", type=float, help="for each run; each roster has a default")
    parser.add_argument("--seed", type=int, default=1, help="of the rosters that are made up")
    parser.add_argument("--out", type=Path, default=Path("out/bench"))
    asked = parser.parse_args()
    for what, known in (("items", ITEMS), ("planners", EVERYBODY)):
        for name in getattr(asked, what):
            if name not in known:
                parser.error(f'there is no "{name}"; --{what} knows {", ".join(known)}')
    if not all(number.isdigit() for number in asked.runs):
        parser.error("--runs takes numbers")
    if len(asked.runs) not in (1, len(asked.items)):
        parser.error("--runs takes one number, or one for each roster")
    asked.runs = [int(number) for number in asked.runs] * (len(asked.items) // len(asked.runs))
    return asked


def _said(line: Line) -> str:
    head = f"{line['item']:<24} {line['planner']:<13} run {line['run']}: "
    if "missing" in line:
        return head + str(line["missing"])
    if line["planner"] == REPLAN:
        return head + f"×{line['ratio']:.3f}, {line['moved']} turns moved"
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
