"""What planning again costs beside planning from scratch: python -m benchmarks.replan team

Plans a size and publishes it. Then whoever has most turns in the fifth week takes that week off,
on the day before the rotation begins, so that every turn could still move; and the rest is planned
again. Both are what the commands do, files included, each in a fresh process. Prints one JSON
object, with seconds of processor.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from multiprocessing import get_context
from pathlib import Path
from typing import TypeVar

import yaml

from benchmarks.items import ITEMS
from benchmarks.sizes import SIZES
from scheduler.actions.plan import Request, plan
from scheduler.actions.publish import publish
from scheduler.actions.replan import Request as Again
from scheduler.actions.replan import replan
from scheduler.cli.garbage import look_seldom
from scheduler.domain.rotation import Placed, Rotation
from scheduler.domain.span import Span

T = TypeVar("T")

NAME = "planned"
WEEKS_BEFORE = 4


@dataclass(frozen=True, slots=True)
class Work:
    """A roster to plan and to plan again; ``seconds`` limit each of the two by the clock."""

    folder: Path
    horizon: Span
    seconds: float | None
    seed: int

    @property
    def leave(self) -> Span:
        """The fifth week."""
        first = self.horizon.first + timedelta(weeks=WEEKS_BEFORE)
        return Span(first, first + timedelta(weeks=1))

    @property
    def now(self) -> datetime:
        """The morning before the rotation begins."""
        return datetime.combine(self.horizon.first - timedelta(days=1), time(9), tzinfo=UTC)


def scratch(work: Work) -> tuple[float, Rotation]:
    """Plan, and publish: the seconds of planning, and the plan."""
    request = Request(NAME, work.horizon, write=True, seconds=work.seconds, seed=work.seed)
    seconds, planned = _timed(lambda: plan(work.folder, request))
    publish(work.folder, NAME, work.now - timedelta(days=14))
    return seconds, planned.rotation


def again(work: Work) -> tuple[float, int]:
    """Plan what is published again: the seconds, and how many turns moved."""
    request = Again(work.now.date(), work.now, NAME, write=True, force=True, seconds=work.seconds)
    seconds, done = _timed(lambda: replan(work.folder, request))
    return seconds, len(done.changes.moved)


def busiest(placed: Iterable[Placed], week: Span) -> str:
    """Who has most turns in a week; among equals, in all, and then the first by name."""
    held = [turn for turn in placed if turn.member]
    there = Counter(turn.member for turn in held if turn.span.overlaps(week))
    whole = Counter(turn.member for turn in held)
    return min(whole, key=lambda member: (-there[member], -whole[member], member))


def send_away(folder: Path, member: str, days: Span) -> None:
    """Write a leave into the roster."""
    path = folder / "roster.yaml"
    roster = yaml.safe_load(path.read_text(encoding="utf-8"))
    entry = next(person for person in roster["members"] if person["id"] == member)
    entry["away"] = [*entry.get("away", ()), {"first": days.first, "last": days.last}]
    path.write_text(yaml.safe_dump(roster, sort_keys=False), encoding="utf-8")


def compared(work: Work) -> dict[str, object]:
    """Both, one after the other, each in a process that has done nothing before."""
    planning, rotation = _apart(scratch, work)
    member = busiest(rotation.placed, work.leave)
    send_away(work.folder, member, work.leave)
    replanning, moved = _apart(again, work)
    return {
        "scratch": planning,
        "cut": rotation.interrupted,
        "again": replanning,
        "ratio": replanning / planning,
        "moved": moved,
        "turns": sum(bool(turn.member) for turn in rotation.placed),
    }


def _apart(do: Callable[[Work], T], work: Work) -> T:
    with ProcessPoolExecutor(1, get_context("spawn")) as process:
        return process.submit(do, work).result()


def _timed(do: Callable[[], T]) -> tuple[float, T]:
    """Seconds of processor, of threads and of processes that were started too; with the settings
    of the command line."""
    look_seldom()
    begun = os.times()
    done = do()
    return sum(
        after - before for before, after in zip(begun[:4], os.times()[:4], strict=True)
    ), done


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("size", choices=SIZES)
    parser.add_argument("--seconds", type=float, help="for each of the two; none unless told")
    parser.add_argument("--seed", type=int, default=1, help="of the roster")
    parser.add_argument("--run", type=int, default=1, help="the seed of the planning")
    asked = parser.parse_args()
    item = ITEMS[asked.size]
    with tempfile.TemporaryDirectory() as folder:
        roster = item.prepare(Path(folder), asked.seed)
        print(json.dumps(compared(Work(roster, item.horizon, asked.seconds, asked.run))))


if __name__ == "__main__":
    main()
