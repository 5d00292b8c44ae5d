"""Spans of days, ISO weeks and the minutes of work that fall into them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

DAY = timedelta(days=1)

Week = tuple[int, int]
"""An ISO year and an ISO week number, such as ``(2027, 1)``."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Whole days from ``first`` up to, but without, ``end``.

    Raises:
        ValueError: the span is empty or runs backwards.
    """

    first: date
    end: date

    def __post_init__(self) -> None:
        if self.end <= self.first:
            raise ValueError(f"a span must not run backwards: {self.first} to {self.end}")

    @property
    def last(self) -> date:
        """The last day that belongs to the span."""
        return self.end - DAY

    @property
    def days(self) -> int:
        """Number of days, at least 1."""
        return (self.end - self.first).days

    def __iter__(self) -> Iterator[date]:
        return (self.first + timedelta(days=n) for n in range(self.days))

    def __contains__(self, day: date) -> bool:
        return self.first <= day < self.end

    def overlaps(self, other: Span) -> bool:
        """Whether at least one day belongs to both."""
        return self.first < other.end and other.first < self.end

    def common(self, other: Span) -> int:
        """Number of days that belong to both."""
        return max(0, (min(self.end, other.end) - max(self.first, other.first)).days)

    def shifted(self, days: int) -> Span:
        """The same span, ``days`` later."""
        step = timedelta(days=days)
        return Span(self.first + step, self.end + step)

    @property
    def working_days(self) -> tuple[date, ...]:
        """Monday to Friday within the span; every day where there is none (a weekend duty)."""
        return _working_days(self)


@lru_cache(maxsize=65_536)
def _working_days(span: Span) -> tuple[date, ...]:
    weekdays = tuple(day for day in span if day.weekday() < 5)
    return weekdays or tuple(span)


def week_of(day: date) -> Week:
    """The ISO week of a day."""
    year, week, _ = day.isocalendar()
    return year, week


def monday_of(week: Week) -> date:
    """The Monday that opens an ISO week."""
    return date.fromisocalendar(*week, 1)


def spread(minutes: int, span: Span) -> dict[Week, int]:
    """Spread minutes of work evenly over the working days of a span, summed by ISO week.

    The parts are whole minutes and add up to ``minutes`` exactly: day ``n`` of ``N`` receives
    ``floor(minutes·n/N) - floor(minutes·(n-1)/N)``.
    """
    all_days = len(span.working_days)
    by_week: dict[Week, int] = {}
    days = 0
    for week, number in _working_weeks(span):
        by_week[week] = minutes * (days + number) // all_days - minutes * days // all_days
        days += number
    return by_week


@lru_cache(maxsize=65_536)
def _working_weeks(span: Span) -> tuple[tuple[Week, int], ...]:
    """The ISO weeks of a span in order, each with how many of its working days lie in it."""
    return tuple(Counter(week_of(day) for day in span.working_days).items())
