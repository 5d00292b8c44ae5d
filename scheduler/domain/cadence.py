"""Cadences: on which days the shifts of a duty start, and how long they last unless a term says so.

Each cadence yields the spans of all occurrences that *start* within a horizon. A cadence that
repeats every N weeks or months counts from its ``anchor``, so that next quarter goes on in step.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from scheduler.domain.span import DAY, Span

EPOCH = date(2024, 1, 1)
"""The Monday from which cadences count where a roster names no anchor."""


@dataclass(frozen=True, slots=True)
class EveryWeekday:
    """One day long, on each of the given weekdays (Monday = 0)."""

    weekdays: tuple[int, ...] = (0, 1, 2, 3, 4)

    def spans(self, horizon: Span) -> Iterator[Span]:
        """Spans that start in the horizon, in order."""
        return (Span(day, day + DAY) for day in horizon if day.weekday() in self.weekdays)


@dataclass(frozen=True, slots=True)
class EveryWeeks:
    """Every ``every`` weeks on a weekday, lasting until the next occurrence."""

    every: int = 1
    weekday: int = 0
    anchor: date = EPOCH

    def spans(self, horizon: Span) -> Iterator[Span]:
        """Spans that start in the horizon, in order."""
        step = timedelta(weeks=self.every)
        start = self.anchor + timedelta(days=(self.weekday - self.anchor.weekday()) % 7)
        start += step * -((start - horizon.first) // step)
        while start < horizon.end:
            if start >= horizon.first:
                yield Span(start, start + step)
            start += step


@dataclass(frozen=True, slots=True)
class EveryMonths:
    """Every ``every`` months, lasting until the next occurrence.

    The day is the ``nth`` ``weekday`` of the month (-1 = the last one) or, where ``weekday`` is
    ``None``, the ``nth`` day (-1 = the last day; a month too short for it takes its last day).
    A month without a fifth Monday, say, is passed over.
    """

    every: int = 1
    nth: int = 1
    weekday: int | None = None
    anchor: date = EPOCH

    def spans(self, horizon: Span) -> Iterator[Span]:
        """Spans that start in the horizon, in order."""
        anchor = self.anchor.year * 12 + self.anchor.month - 1
        month = horizon.first.year * 12 + horizon.first.month - 1
        month += (anchor - month) % self.every
        while date(month // 12, month % 12 + 1, 1) < horizon.end:
            start = self._day(month)
            if start is not None and start in horizon:
                yield Span(start, self._next_after(month))
            month += self.every

    def _day(self, month: int) -> date | None:
        first = date(month // 12, month % 12 + 1, 1)
        following = date((month + 1) // 12, (month + 1) % 12 + 1, 1)
        if self.weekday is None:
            last = (following - DAY).day
            return first.replace(day=last if self.nth == -1 else min(self.nth, last))
        if self.nth == -1:
            return following - timedelta(days=(following.weekday() - self.weekday - 1) % 7 + 1)
        day = first + timedelta(days=(self.weekday - first.weekday()) % 7 + 7 * (self.nth - 1))
        return day if day < following else None

    def _next_after(self, month: int) -> date:
        while True:
            month += self.every
            day = self._day(month)
            if day is not None:
                return day


@dataclass(frozen=True, slots=True)
class OnDates:
    """Explicit spans, such as release days or a one-off task with its window."""

    dates: tuple[Span, ...]

    def spans(self, horizon: Span) -> Iterator[Span]:
        """Spans that start in the horizon, in order."""
        return (span for span in sorted(self.dates) if span.first in horizon)


Cadence = EveryWeekday | EveryWeeks | EveryMonths | OnDates
