"""People: what they can do, when they are there, what they wish for and what they want to learn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from enum import Enum, IntEnum
from itertools import pairwise

from scheduler.domain.span import Span


class Level(IntEnum):
    """How far a member has grown into a skill; each level includes the ones before it."""

    none = 0
    learning = 1
    shadowed = 2
    leads = 3
    mentors = 4


class Wish(Enum):
    """What a member wishes about a duty. ``never`` is a requirement, the others are priced."""

    like = "like"
    rather_not = "rather not"
    never = "never"


@dataclass(frozen=True, slots=True)
class Goal:
    """A training goal: the level that a member wants to reach in a skill, and by when.

    ``value`` says how much the team wants it, 1 or more. ``mentor`` is the id of who accompanies
    the member's first turns in the lead without a seat of their own, or empty.
    """

    skill: str
    level: Level
    by: date | None = None
    value: int = 1
    mentor: str = ""


@dataclass(frozen=True, slots=True)
class Hours:
    """Local working hours from ``start`` to ``end``; ``end`` may lie past midnight."""

    start: time
    end: time


@dataclass(frozen=True, slots=True)
class Directed:
    """Work that the team's own stakeholders direct. While it lasts it takes so many minutes a week
    from the budget for foundational work."""

    span: Span
    takes: int


@dataclass(frozen=True, eq=False, slots=True)
class Member:
    """A person of the team. ``budget`` is in minutes a week; the ids of chat and mail may be empty.

    ``present`` is the time between joining and leaving, ``away`` every span without the member,
    pauses included. The reason of an absence is not here: it is private and never leaves the file.
    """

    id: str
    name: str
    timezone: str = "UTC"
    budget: int = 0
    hours: Hours | None = None
    days: frozenset[int] = frozenset(range(5))
    """Weekdays on which the member works, Monday = 0."""
    prefers: frozenset[int] = frozenset()
    """Weekdays on which the member would have single days of duty; empty where all are alike."""
    holidays: str = ""
    public_holidays: frozenset[date] = frozenset()
    """The days of that calendar, as far as the horizon goes, and the extra ones of the roster."""
    region: str = ""
    employer: str = ""
    email: str = ""
    slack: str = ""
    github: str = ""
    joined: date | None = None
    left: date | None = None
    """The first day on which the member is no longer there."""
    paused: tuple[Span, ...] = ()
    away: tuple[Span, ...] = ()
    directed: tuple[Directed, ...] = ()
    skills: Mapping[str, Level] = field(default_factory=dict)
    permissions: frozenset[str] = frozenset()
    goals: tuple[Goal, ...] = ()
    mentees: int | None = None
    """How many people the member accompanies in a horizon at most; ``None`` = any number."""
    wishes: Mapping[str, Wish] = field(default_factory=dict)
    """Duty id → wish."""
    most: Mapping[str, int] = field(default_factory=dict)
    """Duty id → turns in a horizon at most."""
    feed_generation: int = 0

    def level(self, skill: str) -> Level:
        """The member's level in a skill; ``Level.none`` where nothing is said."""
        return self.skills.get(skill, Level.none)

    def has_left(self, day: date) -> bool:
        """Whether the member is no longer in the team on a day."""
        return self.left is not None and day >= self.left

    def belongs_on(self, day: date) -> bool:
        """Whether the member has joined, has not left and is not paused on a day."""
        if self.joined is not None and day < self.joined:
            return False
        if self.has_left(day):
            return False
        return not any(day in span for span in self.paused)

    def away_on(self, day: date) -> bool:
        """Whether the member is away on a day."""
        return any(day in span for span in self.away)

    def works_on(self, day: date) -> bool:
        """Whether a day is a working day on which the member is there."""
        return day.weekday() in self.days and self.belongs_on(day) and not self.away_on(day)

    def budget_in(self, days: Span) -> int:
        """Minutes of budget in some days: each working day there is worth an equal part of the
        week's budget, less what directed work takes on that day."""
        there = sum(
            self._working_days(first, end) * self._weekly_on(first)
            for first, end in pairwise(self._turning_points(days))
            if self.belongs_on(first) and not self.away_on(first)
        )
        return there // max(1, len(self.days))

    def _turning_points(self, days: Span) -> list[date]:
        """The ends of a span, and between them each day from which something is different: every
        day up to the next one is alike."""
        spans = (*self.paused, *self.away, *(directed.span for directed in self.directed))
        points = {edge for span in spans for edge in (span.first, span.end)}
        points.update(day for day in (self.joined, self.left) if day is not None)
        return sorted({days.first, days.end, *(p for p in points if days.first < p < days.end)})

    def _working_days(self, first: date, end: date) -> int:
        """How many days from ``first`` up to, but without, ``end`` are weekdays of the member."""
        start, stop = first.toordinal() - 1, end.toordinal() - 1
        # Day 1 of the calendar was a Monday: of each weekday one begins in every seven.
        return sum((stop - day + 6) // 7 - (start - day + 6) // 7 for day in self.days)

    def _weekly_on(self, day: date) -> int:
        """The weekly budget as it stands on a day; directed work may take all of it."""
        taken = sum(directed.takes for directed in self.directed if day in directed.span)
        return max(0, self.budget - taken)
