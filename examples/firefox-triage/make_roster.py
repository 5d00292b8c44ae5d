"""Turn the published rotas into a roster: python examples/firefox-triage/make_roster.py

Reads published.csv beside this file, and writes roster.yaml, duties.yaml and policy.yaml.
"""

import csv
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent
FIRST, LAST = date(2026, 1, 1), date(2026, 8, 31)
"""The days that the published rotas are compared on."""

ROSTER = """\
# The 22 people of seven Firefox component triage rotas, written by make_roster.py from
# published.csv. Whose skill is which rota is fact: it is everybody who appears in that rota's
# published schedule at any time. What the source does not say was invented, and is marked.
team: Firefox triage
installation: 6f1a4d0e-3f57-4b7e-9a0e-5d4f1f0c2b61  # chosen
members:
"""

DUTIES = """\
# Seven rotas with their published shifts, written by make_roster.py from published.csv: all that
# have a day between 2026-01-01 and 2026-08-31. What the source does not say was invented, and is
# marked.
duties:
"""

POLICY = """\
# Written by make_roster.py. A full shift list comes first, then nobody is to hold two rotas at
# once, and only then does the load count.  # chosen
tiers: [must, doubles, backlog, ceiling, draft, fairness, growth, comfort]
rules:
  few_at_once: {tier: doubles, at_most: 1}
"""


class Shift(NamedTuple):
    """One line of the published schedule; both days belong to it."""

    rota: str
    first: date
    last: date
    person: str

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


def published() -> list[Shift]:
    """The published schedule, by rota and day."""
    with (HERE / "published.csv").open(encoding="utf-8", newline="") as lines:
        return sorted(
            Shift(
                row["rota"],
                date.fromisoformat(row["start"]),
                date.fromisoformat(row["end_inclusive"]),
                row["person"],
            )
            for row in csv.DictReader(lines)
        )


def roster(shifts: Iterable[Shift]) -> Iterator[str]:
    """The people, each with the rotas that they are in as skills."""
    rotas: dict[str, set[str]] = {}
    for shift in shifts:
        rotas.setdefault(shift.person, set()).add(shift.rota)
    for person, skills in sorted(rotas.items()):
        yield f"  - id: {person}"
        yield "    budget: 40h  # chosen: so wide that it never binds"
        yield f"    skills: [{', '.join(sorted(skills))}]"


def duties(shifts: Iterable[Shift]) -> Iterator[str]:
    """The rotas, each with the shifts that have a day in the compared time."""
    shown = [shift for shift in shifts if shift.last >= FIRST and shift.first <= LAST]
    for rota, turns in groupby(shown, key=lambda shift: shift.rota):
        yield f"  - id: {rota}"
        yield "    kind: triage"
        yield f"    why: New bugs of {rota} are looked at soon  # chosen"
        yield "    effort: 1h/day  # chosen"
        yield f"    seats: [{{seat: lead, must: true, skill: {rota}}}]"
        yield "    cadence:"
        yield "      dates:"
        for shift in turns:
            yield f"        - {{first: {shift.first}, last: {shift.last}}}"


def files() -> dict[str, str]:
    """The three files of the roster, by name."""
    shifts = published()
    return {
        "roster.yaml": ROSTER + "\n".join(roster(shifts)) + "\n",
        "duties.yaml": DUTIES + "\n".join(duties(shifts)) + "\n",
        "policy.yaml": POLICY,
    }


if __name__ == "__main__":
    for name, text in files().items():
        (HERE / name).write_text(text, encoding="utf-8")
