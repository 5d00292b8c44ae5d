"""Seven rotas that share people, published and planned: python examples/firefox-triage/compare.py

Plans all seven as one roster and prints what became of the load of the people. Writes nothing.
"""

import csv
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

from rich.console import Console
from rich.table import Table

from scheduler.actions.plan import Planned, Request, plan
from scheduler.domain.span import DAY, Span

HERE = Path(__file__).parent
COMPARED = Span(date(2026, 1, 1), date(2026, 9, 1))
PLANNED = Span(date(2025, 12, 29), date(2026, 9, 1))
"""From the first shift on that reaches into the compared time."""


class Turn(NamedTuple):
    """Somebody's turn at a rota, and its days."""

    rota: str
    person: str
    span: Span


class Figures(NamedTuple):
    """What a schedule means for its people, in days of the compared time.

    ``load`` is of those who served, and counts a day once for each rota that they held.
    """

    doubles: int
    triples: int
    load: dict[str, int]


def figures(turns: Iterable[Turn]) -> Figures:
    """Count the days on which somebody holds two rotas or more, or three or more, and the load."""
    held: Counter[tuple[date, str]] = Counter(
        (day, turn.person) for turn in turns for day in turn.span if day in COMPARED
    )
    load: Counter[str] = Counter()
    for (_, person), rotas in held.items():
        load[person] += rotas
    doubles = {day for (day, _), rotas in held.items() if rotas >= 2}
    triples = {day for (day, _), rotas in held.items() if rotas >= 3}
    return Figures(len(doubles), len(triples), dict(load))


def published() -> Iterator[Turn]:
    """Every turn of the published schedule."""
    with (HERE / "published.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            first = date.fromisoformat(row["start"])
            last = date.fromisoformat(row["end_inclusive"])
            yield Turn(row["rota"], row["person"], Span(first, last + DAY))


def alike(turns: Iterable[Turn]) -> dict[str, list[str]]:
    """People who can serve as much as one another: in as many rotas, and in the very same ones."""
    rotas: dict[str, set[str]] = {}
    for turn in turns:
        rotas.setdefault(turn.person, set()).add(turn.rota)
    many: dict[str, list[str]] = {}
    same: dict[str, list[str]] = {}
    for person, names in sorted(rotas.items(), key=lambda item: (len(item[1]), item[0])):
        many.setdefault(f"{len(names)} rotas" if len(names) > 1 else "one rota", []).append(person)
        same.setdefault(", ".join(sorted(names)), []).append(person)
    return many | {names: people for names, people in same.items() if len(people) > 1}


def planned() -> Planned:
    """All seven rotas planned as one roster."""
    name = f"{PLANNED.first}_{PLANNED.last}"
    # More work than a quarter gets, to prove the last goal of eight months, too.
    return plan(HERE, Request(name, PLANNED, work=20.0))


def between(loads: Iterable[int]) -> str:
    """The least and the most of some figures."""
    known = sorted(loads)
    return f"{known[0]} to {known[-1]}"


def table(before: Figures, after: Figures, groups: dict[str, list[str]]) -> Table:
    """The figures side by side."""
    days = f"Days of {COMPARED.days}, {COMPARED.first} to {COMPARED.last}"
    shown = Table(days, "Published", "Planned")
    shown.add_row("somebody holds two rotas or more", str(before.doubles), str(after.doubles))
    shown.add_row("somebody holds three rotas", str(before.triples), str(after.triples))
    shown.add_row("load of those who served", *(between(f.load.values()) for f in (before, after)))
    for rotas, people in groups.items():
        each = ([f.load.get(person, 0) for person in people] for f in (before, after))
        shown.add_row(f"load of the {len(people)} in {rotas}", *map(between, each))
    return shown


def main() -> None:
    """Plan, and print the comparison with what was proved."""
    told = list(published())
    result = planned()
    turns = [Turn(seat.duty, seat.member, seat.span) for seat in result.rotation.assignments]
    console = Console()
    console.print(table(figures(told), figures(turns), alike(told)))
    for tier in result.rotation.tiers:
        state = "proved" if tier.proved else f"not proved, bound {tier.bound}"
        console.print(f"{tier.name}: price {tier.price}, {state}")
    console.print(f"Planned in {result.seconds:.1f} s.")


if __name__ == "__main__":
    main()
