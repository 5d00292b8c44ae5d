"""A fifth person joins mid-quarter: python examples/2i2c-support/fifth_person.py

Plans and publishes the first quarter of 2024 for four people, as one quarter after others, then
lets a fifth one join in February. What is published stays; up to four turns are offered for the
sake of fairness, and only as many are taken as buy some. Writes nothing here.
"""

import runpy
import shutil
import tempfile
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NamedTuple

from rich.console import Console
from rich.table import Table

from scheduler.actions.replan import Replanned, Request, replan

HERE = Path(__file__).parent
QUARTER = "2024-Q1"
TODAY = date(2024, 2, 9)
"""The Friday before."""
NEWCOMER = """\
  - id: person-09  # chosen, all of it
    timezone: Europe/Berlin
    budget: 16h
    skills: [support]
    joined: 2024-02-12
"""
OFFERED = 4


class Joined(NamedTuple):
    """What had to move, which is the least, and what fairness takes of the turns on offer."""

    least: Replanned
    fair: Replanned


def join(folder: Path) -> Joined:
    """Publish for four people and plan again for five, in an empty folder."""
    earlier = runpy.run_path(str(HERE / "compare_terms.py"))
    shutil.copytree(HERE, folder, ignore=shutil.ignore_patterns("*.py"), dirs_exist_ok=True)
    names = earlier["QUARTERS"]
    for name in names[: names.index(QUARTER) + 1]:
        earlier["quarter"](folder, name)
    roster = folder / "roster.yaml"
    roster.write_text(roster.read_text(encoding="utf-8") + NEWCOMER, encoding="utf-8")
    request = Request(TODAY, datetime(2024, 2, 9, 12, tzinfo=UTC), QUARTER)
    least = replan(folder, request)
    return Joined(least, replan(folder, replace(request, spend=OFFERED, write=True)))


def main() -> None:
    """Plan again, and print what moved and what it bought."""
    with tempfile.TemporaryDirectory() as folder:
        least, fair = join(Path(folder))
    console = Console()
    stay = next(tier for tier in least.outcome.tiers if tier.name == "stay")
    state = "proved least" if stay.proved else f"bound {stay.bound}"
    console.print(f"{stay.price} turns have to move, {state}.")
    table = Table("Moved turns", "Highest share", "Lowest share")
    for step in fair.steps:
        table.add_row(str(step.moved), f"{step.highest:.2f}", f"{step.lowest:.2f}")
    console.print(table)
    for change in fair.changes.moved:
        if change.after is not None:
            turn = f"{change.after.shift} {change.after.seat}"
            console.print(f"{turn}: {change.was} → {change.now}")


if __name__ == "__main__":
    main()
