"""On which days the shifts of a duty start: asked day by day, slow and hard to get wrong."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import takewhile

from dateutil.rrule import rrulestr

from scheduler.audit.source import Node
from scheduler.audit.words import ONE_DAY, Days, day, days, length, weekday

ANCHOR = date(2024, 1, 1)
"""From which "every two weeks" and the like count where a roster names no day."""
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "last": -1}
MONTHS = {"month": 1, "quarter": 3, "year": 12}
_FAR = 40 * 366

Calendar = list[tuple[str, str, date]]
"""Upstream, name and day of every milestone."""


@dataclass(frozen=True, slots=True)
class Cadence:
    """One of: given weekdays, every ``weeks``, every ``months``, given spans."""

    weekdays: frozenset[int] = frozenset()
    weeks: int = 0
    months: int = 0
    spans: tuple[Days, ...] = ()
    weekday: int | None = 0
    nth: int = 1
    anchor: date = ANCHOR
    given: bool = False
    """Only the given spans, and be there none."""

    def shifts(self, horizon: Days) -> Iterator[Days]:
        """The days of each shift that starts in the horizon, until the next one starts."""
        if self.spans or self.given:
            yield from (span for span in sorted(self.spans) if span.first in horizon)
            return
        for first in horizon:
            if self.starts_on(first):
                yield Days(first, first if self.weekdays else self._day_before_next(first))

    def starts_on(self, first: date) -> bool:
        """Whether a shift starts on a day."""
        if self.weekdays:
            return first.weekday() in self.weekdays
        if self.weeks:
            aligned = self.anchor
            while aligned.weekday() != self.weekday:
                aligned += ONE_DAY
            return (first - aligned).days % (7 * self.weeks) == 0
        apart = 12 * (first.year - self.anchor.year) + first.month - self.anchor.month
        return apart % self.months == 0 and self._is_the_day_of_its_month(first)

    def _is_the_day_of_its_month(self, first: date) -> bool:
        length = monthrange(first.year, first.month)[1]
        if self.weekday is None:
            return first.day == (length if self.nth == -1 else min(self.nth, length))
        if first.weekday() != self.weekday:
            return False
        if self.nth == -1:
            return first.day + 7 > length
        return (first.day - 1) // 7 + 1 == self.nth

    def _day_before_next(self, first: date) -> date:
        for ahead in range(1, _FAR):
            if self.starts_on(first + timedelta(days=ahead)):
                return first + timedelta(days=ahead - 1)
        return first


def read_cadence(node: Node, handoff: int | None) -> Cadence:
    """The cadence that a duty states. A weekly one that names no weekday starts on that of its
    ``from``, else when the duty hands over, else on Monday. Raises BadFiles."""
    if isinstance(node.value, str):
        word = {"weekdays": "weekday", "weekly": "week", "monthly": "month"}.get(
            node.text().lower()
        )
        if word is None:
            raise node.wrong(f'"{node.text()}" is not a cadence')
        return _every(replace(node, value={"every": replace(node, value=word)}), handoff)
    if node["dates"]:
        return Cadence(spans=tuple(days(entry) for entry in node["dates"].entries()))
    if node["once"]:
        return Cadence(spans=(days(node["once"]),))
    if node["rrule"]:
        return Cadence(spans=tuple(_by_rule(node["rrule"], day(node.need("from")))))
    return _every(node, handoff)


def _by_rule(node: Node, begin: date) -> Iterator[Days]:
    """From each day of a recurrence rule to the next one, for twenty years; the last shift is as
    long as the one before it."""
    try:
        rule = rrulestr(node.text(), dtstart=datetime.combine(begin, time()))
    except (ValueError, TypeError, KeyError, IndexError) as error:
        raise node.wrong(f'"{node.text()}" is not a recurrence rule: {error}') from error
    end = begin + timedelta(days=20 * 366)
    found = [moment.date() for moment in takewhile(lambda moment: moment.date() < end, rule)]
    more = timedelta()
    for number, first in enumerate(found):
        if number + 1 < len(found):
            more = found[number + 1] - first - ONE_DAY
        yield Days(first, first + more)


def by_milestones(node: Node, upstream: str, calendar: Calendar) -> Cadence:
    """The cadence of a duty that goes by the milestones of upstreams. Raises BadFiles."""
    wanted = node["milestones"]
    if isinstance(wanted.value, list):
        names = [entry.text() for entry in wanted.value]
        found = [at for of, name, at in calendar if name in names and upstream in ("", of)]
    else:
        found = [at for of, _, at in calendar if of == wanted.text()]
    before = timedelta(days=length(node["before"]) if node["before"] else 0)
    after = timedelta(days=length(node["after"]) if node["after"] else 0)
    return Cadence(spans=tuple({Days(at - before, at + after): None for at in found}), given=True)


def _every(node: Node, handoff: int | None) -> Cadence:
    every = node.need("every")
    if isinstance(every.value, list):
        return Cadence(weekdays=frozenset(weekday(entry) for entry in every.value))
    found = re.fullmatch(r"(?:(\d{1,3}) )?([a-z]+?)s?", every.text().lower())
    count, unit = (int(found[1] or 1), found[2]) if found else (0, "")
    anchor = day(node["from"]) if node["from"] else ANCHOR
    if not count:
        raise every.wrong(f'"{every.text()}" is no step that a duty can repeat in')
    if unit == "week":
        usual = anchor.weekday() if node["from"] else handoff or 0
        on = weekday(node["on"]) if node["on"] else usual
        return Cadence(weeks=count, weekday=on, anchor=anchor)
    if unit in MONTHS:
        nth, which = _day_of_month(node["on"])
        return Cadence(months=count * MONTHS[unit], nth=nth, weekday=which, anchor=anchor)
    words = {"day": range(7), "weekday": range(5)}.get(unit)
    return Cadence(weekdays=frozenset(words or [weekday(replace(every, value=unit))]))


def _day_of_month(node: Node) -> tuple[int, int | None]:
    written = " ".join(node.text("first day").lower().split())
    if written.isdecimal() and 1 <= int(written) <= 31:
        return int(written), None
    ordinal, _, what = written.partition(" ")
    if ordinal not in ORDINALS:
        raise node.wrong(f'"{written}" is not a day of the month such as "second tuesday"')
    if what == "day":
        return ORDINALS[ordinal], None
    return ORDINALS[ordinal], weekday(replace(node, value=what))
