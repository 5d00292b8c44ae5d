"""Turn the published support seats into a roster: python examples/2i2c-support/make_people.py

Reads published.csv beside this file, and writes roster.yaml.
"""

import csv
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent
FIRST = date(2023, 4, 10)
"""The Monday from which one seat has changed each week."""
LAST_CHANGE = date(2023, 10, 1)
"""From then on the same four people shared the seats to the end of the table."""

ROSTER = """\
# The people who shared two support seats, written by make_people.py from published.csv. From when
# to when somebody is there is fact: the days on which they held a seat. What the source does not
# say was invented, and is marked.
team: 2i2c support
installation: 8c2d6f04-91b7-4c5e-8f3a-7f0e5a9d1b26  # chosen
timezone: UTC  # chosen
members:
"""

# The team spans the US west coast to eastern Europe; who lives where was invented.
ZONES = {
    "person-01": "America/Los_Angeles",
    "person-02": "Europe/London",
    "person-03": "Europe/Berlin",
    "person-04": "America/New_York",
    "person-06": "Europe/Bucharest",
    "person-07": "America/Los_Angeles",
    "person-08": "Europe/London",
}

# At least forty days of leave a year are recommended: three times two weeks, and the year's end.
LEAVE = {
    "person-01": ["2023-06-26/2023-07-07", "2023-10-16/2023-10-27", "2024-02-19/2024-03-01"],
    "person-02": ["2023-05-15/2023-05-26", "2023-08-28/2023-09-08", "2024-03-25/2024-04-05"],
    "person-03": ["2023-07-17/2023-07-28", "2023-11-20/2023-12-01", "2024-05-13/2024-05-24"],
    "person-04": ["2023-05-29/2023-06-09", "2023-09-18/2023-09-29", "2024-01-15/2024-01-26"],
    "person-06": ["2023-04-24/2023-05-05"],
    "person-07": ["2023-06-05/2023-06-16"],
    "person-08": ["2023-05-01/2023-05-12"],
}


class Week(NamedTuple):
    """Who holds the two seats from a day on: one for the first week of their term, one for the
    second."""

    first: date
    incoming: str
    current: str


def published() -> list[Week]:
    """The published seats, in order of time."""
    with (HERE / "published.csv").open(encoding="utf-8", newline="") as lines:
        return [
            Week(
                date.fromisoformat(row["recorded_on"]),
                row["support_incoming"],
                row["support_current"],
            )
            for row in csv.DictReader(lines)
        ]


def there() -> dict[str, tuple[date, date]]:
    """The first and the last day on which each person of the staggered weeks held a seat."""
    weeks = published()
    ends = [*(week.first for week in weeks[1:]), weeks[-1].first + timedelta(weeks=1)]
    days: dict[str, tuple[date, date]] = {}
    for week, end in zip(weeks, ends, strict=True):
        for person in (week.incoming, week.current):
            first, _ = days.get(person, (week.first, end))
            days[person] = first, end - timedelta(days=1)
    return {person: span for person, span in sorted(days.items()) if span[1] >= FIRST}


def roster() -> Iterator[str]:
    """The people, with the time for which they were there."""
    for person, (first, last) in there().items():
        yield f"  - id: {person}"
        yield f"    timezone: {ZONES[person]}  # chosen"
        yield "    budget: 16h  # chosen"
        yield "    skills: [support]"
        if first >= FIRST:
            yield f"    joined: {first}"
        if last < LAST_CHANGE:
            yield f"    left: {last}"
        yield "    away:  # chosen"
        for span in LEAVE[person]:
            begins, _, ends = span.partition("/")
            yield f"      - {{first: {begins}, last: {ends}}}"


def files() -> dict[str, str]:
    """What this script writes, by name."""
    return {"roster.yaml": ROSTER + "\n".join(roster()) + "\n"}


if __name__ == "__main__":
    for name, text in files().items():
        (HERE / name).write_text(text, encoding="utf-8")
