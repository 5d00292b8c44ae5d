"""Duties: pieces of foundational work, the upstreams they serve and the seats they offer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from enum import Enum

from scheduler.domain.cadence import Cadence
from scheduler.domain.people import Level

FOUNDATIONAL_KINDS = (
    "ci",
    "community",
    "docs",
    "meetings",
    "mentoring",
    "onboarding",
    "releases",
    "review",
    "security",
    "strategy",
    "support",
    "triage",
)
"""Kinds of work that the needs of an upstream drive; any other kind is warned about."""


WORKING_WEEK = 5
"""Working days in a week, for effort that is stated by the week."""


class Role(Enum):
    """What the holder of a seat does there."""

    lead = "lead"
    secondary = "secondary"
    shadow = "shadow"


@dataclass(frozen=True, slots=True)
class Upstream:
    """A community that duties serve. ``share`` is the part of the effort that the team's strategy
    gives it, in percent; ``None`` where the strategy is silent."""

    id: str
    name: str
    share: int | None = None


@dataclass(frozen=True, slots=True)
class SeatPlan:
    """A kind of seat that every shift of a duty offers, ``least`` to ``most`` times.

    Where ``must`` is set the first ``least`` places must be filled; all others compete in the
    backlog by the duty's value. ``effort`` is in minutes a shift, ``weekly`` in minutes for each
    five working days that it lasts. ``offset`` moves the seat's own span by days against its shift
    (staggered seats).
    """

    name: str
    role: Role = Role.lead
    level: Level = Level.none
    skill: str = ""
    permission: str = ""
    region: str = ""
    least: int = 1
    most: int = 1
    must: bool = False
    effort: int = 0
    offset: int = 0
    weekly: int = 0

    def effort_over(self, working_days: int) -> int:
        """Minutes that the seat takes when it lasts so many working days."""
        return self.effort + self.weekly * working_days // WORKING_WEEK


@dataclass(frozen=True, slots=True)
class Clock:
    """The time of day at which a timed duty starts, its zone, and how many minutes it lasts."""

    at: time
    timezone: str
    minutes: int


@dataclass(frozen=True, slots=True)
class Handoff:
    """When one holder hands over to the next: a weekday (Monday = 0) and a time of day."""

    weekday: int
    at: time | None = None


@dataclass(frozen=True, eq=False, slots=True)
class Duty:
    """A piece of foundational work. ``term`` is the length of a shift in days, ``None`` where the
    cadence decides; ``value`` is what one filled optional seat is worth to the team."""

    id: str
    name: str
    kind: str
    why: str
    cadence: Cadence
    seats: tuple[SeatPlan, ...]
    upstream: str = ""
    priority: int = 3
    value: int = 4
    term: int | None = None
    clock: Clock | None = None
    handoff: Handoff | None = None
    exclusive: bool = False
    """No two exclusive duties of one person may overlap."""
    together: bool = False
    """One person may hold several seats of a shift."""
    differ: tuple[str, ...] = ()
    """What the people of a shift must differ in: ``employer``, ``region``."""
    rest: int | None = None
    """Days between two turns of one person; ``None`` leaves it to the policy."""
    most: int | None = None
    """Turns of one person in a horizon at most; ``None`` = any number."""
    checklist: str = ""
    channel: str = ""
    from_day: date | None = None
    until_day: date | None = None

    def plan_of(self, seat: str) -> SeatPlan | None:
        """The kind of seat that a seat's name tells: of several alike, each has its number."""
        for plan in self.seats:
            stem, _, number = seat.rpartition("-")
            if seat == plan.name if plan.most == 1 else stem == plan.name and number.isdigit():
                return plan
        return None
