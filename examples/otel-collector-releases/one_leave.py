"""Twelve releases, and what one leave changes: python examples/otel-collector-releases/one_leave.py

Plans the releases, prints who makes them, then sends somebody on leave on the day of a release and
plans again. Writes nothing here.
"""

import csv
import shutil
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple, TypeAlias

from rich.console import Console

from scheduler.actions.plan import Planned, Request, plan
from scheduler.domain.rotation import Rotation
from scheduler.domain.span import Span

HERE = Path(__file__).parent
HORIZON = Span(date(2026, 8, 31), date(2027, 2, 2))
REQUEST = Request(f"{HORIZON.first}_{HORIZON.last}", HORIZON, write=True)
SEATS = ("core", "contrib", "artifacts")

Release: TypeAlias = tuple[str, ...]
"""Who holds the three seats of a release."""


class Leave(NamedTuple):
    """The plans before and after somebody went on leave on the day of a release they had."""

    person: str
    day: date
    before: Planned
    after: Planned

    @property
    def moved(self) -> list[date]:
        """The releases that somebody else makes now."""
        was, now = releases(self.before.rotation), releases(self.after.rotation)
        return [day for day in was if was[day] != now[day]]


def published() -> dict[date, Release]:
    """The last published revision of each release of the horizon, with the year put right."""
    found: dict[str, tuple[date, Release]] = {}
    with (HERE / "published.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            day = date.fromisoformat(row["planned_release_date"])
            if row["note"] == "wrong year in source":
                day = day.replace(year=day.year + 1)
            found[row["version"]] = day, tuple(row[f"{seat}_manager"] for seat in SEATS)
    # A version of the spring was put off to the same Monday as the first of these.
    return dict(sorted(release for release in found.values() if release[0] in HORIZON))


def releases(rotation: Rotation) -> dict[date, Release]:
    """Who makes each release of a rotation."""
    held = {(turn.span.first, turn.seat): turn.member for turn in rotation.placed}
    return {day: tuple(held[day, seat] for seat in SEATS) for day in sorted({d for d, _ in held})}


def bundled(table: dict[date, Release]) -> list[date]:
    """The releases that one person makes alone."""
    return [day for day, people in table.items() if len({*people}) == 1]


def leave(folder: Path, day: date, seat: str = "core") -> Leave:
    """Plan, send the holder of a seat on leave and plan again, in an empty folder."""
    shutil.copytree(HERE, folder, ignore=shutil.ignore_patterns("*.py"), dirs_exist_ok=True)
    before = plan(folder, REQUEST)
    person = releases(before.rotation)[day][SEATS.index(seat)]
    roster = folder / "roster.yaml"
    line = f"{{id: {person}, "
    text = roster.read_text(encoding="utf-8").replace(line, f"{line}away: [{day}], ")
    roster.write_text(text, encoding="utf-8")
    return Leave(person, day, before, plan(folder, REQUEST))


def told(result: Leave) -> Iterator[str]:
    """The releases of both plans, a line each."""
    was, now = releases(result.before.rotation), releases(result.after.rotation)
    yield f"{'':10}  {'core':5}{'contrib':9}{'artifacts':11}with {result.person} on leave"
    for day, people in was.items():
        after = ", ".join(dict.fromkeys(now[day])) if now[day] != people else ""
        yield f"{day}  {people[0]:5}{people[1]:9}{people[2]:11}{after}".rstrip()


def main() -> None:
    """Plan twice, and print what moved."""
    with tempfile.TemporaryDirectory() as folder:
        result = leave(Path(folder), date(2026, 11, 9))
    console = Console(highlight=False)
    console.print("\n".join(told(result)))
    alone = [len(bundled(table)) for table in (published(), releases(result.before.rotation))]
    console.print(f"One person in all three seats: published {alone[0]} of 12, planned {alone[1]}.")
    for name, planned in (("Planned", result.before), ("With the leave", result.after)):
        prices = [
            f"{tier.name} {tier.price}{'' if tier.proved else ' (not proved)'}"
            for tier in planned.rotation.tiers
            if tier.name != "fairness"
        ]
        console.print(f"{name}: {', '.join(prices)}", soft_wrap=True)


if __name__ == "__main__":
    main()
