"""What the words of the files mean: days, times, durations, percentages, weekdays and levels."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TypeAlias
from zoneinfo import ZoneInfo

from scheduler.audit.source import Node

Week: TypeAlias = tuple[int, int]
"""Year and number of an ISO week."""
ONE_DAY = timedelta(days=1)
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
LEVELS = ("", "learning", "shadowed", "leads", "mentors")
"""From nothing to mentor; a level is its position here."""
YEARS = range(1990, 2200)
OFF = frozenset({"off", "false", "no"})
YES = frozenset({"true", "yes", "on"})


@dataclass(frozen=True, order=True, slots=True)
class Days:
    """Whole days, both ends included."""

    first: date
    last: date

    def __iter__(self) -> Iterator[date]:
        return (self.first + ONE_DAY * number for number in range(len(self)))

    def __len__(self) -> int:
        return max(0, (self.last - self.first).days + 1)

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.first <= day <= self.last

    @property
    def working(self) -> list[date]:
        """Monday to Friday; every day where there is none of them."""
        return [day for day in self if day.weekday() < 5] or list(self)

    def by_week(self, effort: int) -> dict[Week, int]:
        """Minutes of an effort by ISO week: spread over the working days so that the parts of the
        first n days add up to the n-th part of the whole, rounded down."""
        days, done = self.working, 0
        weeks: dict[Week, int] = Counter()
        for number, day in enumerate(days, start=1):
            until_now = effort * number // len(days)
            year, week, _ = day.isocalendar()
            weeks[year, week] += until_now - done
            done = until_now
        return {week: minutes for week, minutes in weeks.items() if minutes}


def day(node: Node) -> date:
    """A date. Raises BadFiles."""
    try:
        found = date.fromisoformat(node.text())
    except ValueError as error:
        raise node.wrong(f'"{node.text()}" is not a date such as 2027-01-04') from error
    if found.year not in YEARS:
        raise node.wrong(f"the year of {found} is clearly wrong")
    return found


def day_or_none(node: Node) -> date | None:
    """A date, or nothing."""
    return day(node) if node else None


def days(node: Node) -> Days:
    """A span written as ``{first: , last: }`` or as one date. Raises BadFiles."""
    if isinstance(node.value, str):
        return Days(day(node), day(node))
    first = day(node.need("first"))
    last = day(node["last"]) if node["last"] else first
    if last < first:
        raise node["last"].wrong(f"last ({last}) is before first ({first})")
    return Days(first, last)


def instant(node: Node) -> datetime:
    """A moment with its offset, in UTC. Raises BadFiles."""
    try:
        moment = datetime.fromisoformat(node.text())
    except ValueError as error:
        raise node.wrong(
            f'"{node.text()}" is neither a date nor a moment such as 2027-01-04T16:00Z'
        ) from error
    if moment.tzinfo is None:
        raise node.wrong(f'"{node.text()}" lacks its offset, such as Z or +01:00')
    if moment.year not in YEARS:
        raise node.wrong(f'the year of "{node.text()}" is clearly wrong')
    return moment.astimezone(UTC)


def clock(node: Node) -> time:
    """A time of day; 24:00 is midnight. Raises BadFiles."""
    found = re.fullmatch(r"(\d{1,2}):(\d{2})(?::00)?", node.text())
    if found is None or int(found[1]) > 24 or int(found[2]) > 59:
        raise node.wrong(f'"{node.text()}" is not a time such as 16:00')
    return time(int(found[1]) % 24, int(found[2]))


def minutes(node: Node) -> int:
    """Minutes of work, from ``6h``, ``90m``, ``1h30m`` or hours as a number. Raises BadFiles."""
    written = node.text().replace(" ", "")
    found = re.fullmatch(r"(?:(\d{1,6}(?:\.\d{1,9})?)(?:h|$))?(?:(\d{1,8})m)?", written)
    if not written or found is None:
        raise node.wrong(f'"{written}" is not a duration such as 6h, 90m or 1h30m')
    return round(60 * float(found[1] or 0)) + int(found[2] or 0)


def length(node: Node) -> int:
    """A length of time such as ``3d``, ``2w`` or days as a number, in days. Raises BadFiles."""
    found = re.fullmatch(r"(-?\d{1,5}) ?([dw]?)", node.text())
    if found is None:
        raise node.wrong(f'"{node.text()}" is not a length of time such as 3d or 2w')
    return int(found[1]) * (7 if found[2] == "w" else 1)


def number(node: Node, default: int) -> int:
    """A whole number or a percentage; the default where nothing is written. Raises BadFiles."""
    return int(decimal(node, default))


def decimal(node: Node, default: float) -> float:
    """A number or a percentage; the default where nothing is written. Raises BadFiles."""
    if not node:
        return default
    found = re.fullmatch(r"([-+]?\d{1,15}(?:\.\d{1,15})?) ?%?", node.text())
    if found is None:
        raise node.wrong(f'"{node.text()}" is not a number')
    return float(found[1])


def weekday(node: Node) -> int:
    """A weekday, Monday = 0. Raises BadFiles."""
    written = node.text().lower()
    for position, name in enumerate(WEEKDAYS):
        if written in (name, name[:3]):
            return position
    raise node.wrong(f'"{node.text()}" is not a weekday')


def level(node: Node, default: int) -> int:
    """A level as its position in ``LEVELS``. Raises BadFiles."""
    if not node:
        return default
    if node.text() not in LEVELS[1:]:
        raise node.wrong(f'"{node.text()}" is not a level: {", ".join(LEVELS[1:])}')
    return LEVELS.index(node.text())


def zone(node: Node, default: str) -> str:
    """The name of a time zone that there is. Raises BadFiles."""
    name = node.text(default)
    try:
        ZoneInfo(name)
    except (ValueError, OSError, KeyError) as error:
        raise node.wrong(f'"{name}" is not a time zone such as Europe/Berlin') from error
    return name


def flag(node: Node) -> bool:
    """Whether something is said to be so."""
    return node.text().lower() in YES
