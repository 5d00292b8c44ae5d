"""A fifth person joins mid-quarter: python examples/2i2c-support/fifth_person.py

Plans the first quarter of 2024 for four people, then lets a fifth one join in February. What has
begun by then is pinned; of the rest no more turns move than it takes to bring the highest share
down as far as it goes. Writes nothing here.
"""

import runpy
import shutil
import tempfile
from pathlib import Path
from typing import NamedTuple

from rich.console import Console

from scheduler.actions.horizon import named
from scheduler.actions.plan import Planned, Request, plan

HERE = Path(__file__).parent
QUARTER = "2024-Q1"
JOINS = "2024-02-12"
NEWCOMER = f"""\
  - id: person-09  # chosen, all of it
    timezone: Europe/Berlin
    budget: 16h
    skills: [support]
    joined: {JOINS}
"""


class Joined(NamedTuple):
    """The plan for four, and the one for five with what it moved: seat → who held it, who does."""

    four: Planned
    five: Planned
    moved: dict[str, tuple[str, str]]


def join(folder: Path) -> Joined:
    """Plan for four people, then for five, in an empty folder."""
    earlier = runpy.run_path(str(HERE / "compare_terms.py"))
    shutil.copytree(HERE, folder, ignore=shutil.ignore_patterns("*.py"), dirs_exist_ok=True)
    for name in earlier["QUARTERS"][: earlier["QUARTERS"].index(QUARTER)]:
        earlier["quarter"](folder, name)
    request = Request(QUARTER, named(QUARTER), write=True)
    four = plan(folder, request)
    _append(folder / "roster.yaml", NEWCOMER)
    _append(folder / "policy.yaml", _pins(four))
    five = plan(folder, request)
    held = {turn.key: turn.member for turn in four.rotation.placed}
    moved = {
        f"{turn.shift} {turn.seat}": (held[turn.key], turn.member)
        for turn in five.rotation.placed
        if turn.member != held[turn.key]
    }
    return Joined(four, five, moved)


def _append(path: Path, text: str) -> None:
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


def _pins(four: Planned) -> str:
    """What has begun when the fifth person joins."""
    begun = (turn for turn in four.rotation.assignments if str(turn.span.first) < JOINS)
    lines = (f"  - {{shift: {t.shift}, seat: {t.seat}, member: {t.member}}}\n" for t in begun)
    return "pins:\n" + "".join(lines)


def main() -> None:
    """Plan twice, and print what moved."""
    with tempfile.TemporaryDirectory() as folder:
        joined = join(Path(folder))
    console = Console()
    for seat, (before, after) in joined.moved.items():
        console.print(f"{seat}: {before} → {after}")
    draft = next(tier for tier in joined.five.rotation.tiers if tier.name == "draft")
    state = "proved least" if draft.proved else f"bound {draft.bound}"
    console.print(f"{draft.price} turns moved, {state}.")


if __name__ == "__main__":
    main()
