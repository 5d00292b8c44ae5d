"""Two support seats, published and planned: python examples/2i2c-support/compare_terms.py

Plans one quarter after the other in a copy of the roster, each with the ones before it as its
history, and prints what became of the terms. Writes nothing here.
"""

import csv
import shutil
import tempfile
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple, TypeAlias

from rich.console import Console
from rich.table import Table

from scheduler.actions.horizon import named
from scheduler.actions.plan import Planned, Request, plan
from scheduler.actions.publish import publish
from scheduler.domain.span import DAY, Span

HERE = Path(__file__).parent
COMPARED = Span(date(2023, 4, 24), date(2024, 6, 10))
"""The staggered weeks, without those at the ends of the table in which a seat starts or stops."""
FOUR = Span(date(2023, 10, 2), COMPARED.end)
"""The weeks in which four people shared the seats."""
QUARTERS = ("2023-Q2", "2023-Q3", "2023-Q4", "2024-Q1", "2024-04-01_2024-06-09")
TERM = 14

Held: TypeAlias = dict[date, tuple[str, ...]]
"""Who holds the seats of each day."""


class Figures(NamedTuple):
    """What a schedule means for its people, in days of the compared time.

    ``stretches`` are the days that somebody served in one piece, ``rests`` those between two
    pieces, ``four`` the days that each of the four served.
    """

    both_seats: int
    stretches: list[int]
    rests: list[int]
    four: list[int]

    @property
    def back_to_back(self) -> int:
        """Stretches of more than a term."""
        return sum(days > TERM for days in self.stretches)


def figures(held: Held) -> Figures:
    """Count over the compared time."""
    people = sorted({person for seats in held.values() for person in seats})
    served = {p: [day for day in COMPARED if p in held.get(day, ())] for p in people}
    pieces = [piece for days in served.values() for piece in _pieces(days)]
    rests = [gap for days in served.values() for gap in _gaps(days)]
    four = [sum(day in FOUR for day in days) for days in served.values()]
    doubles = sum(len(seats) > len({*seats}) for day, seats in held.items() if day in COMPARED)
    return Figures(doubles, pieces, rests, [days for days in four if days])


def _pieces(days: list[date]) -> Iterator[int]:
    """Lengths of the runs of days without a gap."""
    length = 0
    for day, following in pairwise([*days, date.max]):
        length += 1
        if following - day > DAY:
            yield length
            length = 0


def _gaps(days: list[date]) -> Iterator[int]:
    """Days between one run and the next."""
    for day, following in pairwise(days):
        if following - day > DAY:
            yield (following - day).days - 1


def published() -> Held:
    """The published table, day by day."""
    with (HERE / "published.csv").open(encoding="utf-8", newline="") as lines:
        rows = [
            (
                date.fromisoformat(row["recorded_on"]),
                row["support_incoming"],
                row["support_current"],
            )
            for row in csv.DictReader(lines)
        ]
    ends = [*(first for first, *_ in rows[1:]), rows[-1][0] + timedelta(weeks=1)]
    return {
        day: tuple(seats)
        for (first, *seats), end in zip(rows, ends, strict=True)
        for day in Span(first, end)
    }


def planned(folder: Path) -> list[Planned]:
    """The quarters planned and published one after the other, in a copy of the roster."""
    shutil.copytree(HERE, folder, ignore=shutil.ignore_patterns("*.py"), dirs_exist_ok=True)
    return [quarter(folder, name) for name in QUARTERS]


def quarter(folder: Path, name: str) -> Planned:
    """A quarter planned and published in a folder."""
    result = plan(folder, Request(name, named(name), write=True))
    publish(folder, name, datetime(2023, 4, 1, tzinfo=UTC))
    return result


def held(plans: list[Planned]) -> Held:
    """Planned quarters, day by day."""
    days: Held = {}
    for turn in (turn for result in plans for turn in result.rotation.assignments):
        for day in turn.span:
            days[day] = (*days.get(day, ()), turn.member)
    return days


def between(figures: list[int]) -> str:
    """The least and the most of some figures."""
    return f"{min(figures)} to {max(figures)}"


def table(before: Figures, after: Figures) -> Table:
    """The figures side by side."""
    shown = Table(f"{COMPARED.first} to {COMPARED.last}, days", "Published", "Planned")
    both = (before, after)
    shown.add_row("one person in both seats", *(str(f.both_seats) for f in both))
    shown.add_row("terms back to back", *(str(f.back_to_back) for f in both))
    shown.add_row("longest stretch in one piece", *(str(max(f.stretches)) for f in both))
    shown.add_row("shortest rest between two terms", *(str(min(f.rests)) for f in both))
    shown.add_row(
        f"served by each of the four, of {FOUR.days} days", *(between(f.four) for f in both)
    )
    return shown


def main() -> None:
    """Plan, and print the comparison with what was proved."""
    with tempfile.TemporaryDirectory() as folder:
        plans = planned(Path(folder))
    console = Console()
    console.print(table(figures(published()), figures(held(plans))))
    for result in plans:
        open_tiers = [tier.name for tier in result.rotation.tiers if not tier.proved]
        console.print(
            f"{result.rotation.name}: {len(result.rotation.unfilled)} empty seats,",
            f"not proved: {', '.join(open_tiers)}" if open_tiers else "every tier proved",
        )


if __name__ == "__main__":
    main()
