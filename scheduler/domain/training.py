"""Growing into a skill: first as a shadow, then in the lead with a mentor beside, then alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from scheduler.domain.people import Goal, Level


@dataclass(frozen=True, slots=True)
class Turns:
    """A number of turns as a shadow, and of turns in the lead with a mentor beside."""

    shadow: int = 0
    lead: int = 0

    def plus(self, more: Turns) -> Turns:
        """Both together."""
        return Turns(self.shadow + more.shadow, self.lead + more.lead)

    def without(self, done: Turns) -> Turns:
        """What is left after some of them, never below nothing."""
        return Turns(max(0, self.shadow - done.shadow), max(0, self.lead - done.lead))


@dataclass(frozen=True)
class Paths:
    """The turns that it takes to lead a skill alone: the usual ones, and those of single skills."""

    usual: Turns = Turns(shadow=2, lead=1)
    by_skill: Mapping[str, Turns] = field(default_factory=dict)

    def to_lead(self, skill: str) -> Turns:
        """The whole path from learning to leading a skill alone."""
        return self.by_skill.get(skill, self.usual)

    def left(self, skill: str, level: Level, done: Turns) -> Turns:
        """What is left of the path for somebody at a level who has done some of it."""
        left = self.to_lead(skill).without(done)
        if level >= Level.leads:
            return Turns()
        return Turns(0, left.lead) if level >= Level.shadowed else left

    def earned(self, goal: Goal, level: Level, done: Turns) -> Level:
        """The level that somebody with a goal has come to: never above the goal, nor above what
        turns can teach, which is to lead."""
        left = self.left(goal.skill, level, done)
        if left.shadow:
            return level
        reached = Level.shadowed if left.lead else Level.leads
        return max(level, min(goal.level, reached))


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a member is on the way to a goal once a rotation is over.

    ``done`` counts the turns of this rotation and of those before, ``needed`` is what the goal
    takes from the level that the roster states; ``leads_from`` is the first day of this rotation
    on which the member leads with a mentor beside. ``reached`` says that the goal is met from the
    next rotation on.
    """

    member: str
    skill: str
    level: Level
    by: date | None
    done: Turns
    needed: Turns
    leads_from: date | None = None
    reached: bool = False


@dataclass(frozen=True, slots=True)
class BusFactor:
    """How many people can lead a duty: now, and once a rotation is over."""

    duty: str
    now: int
    after: int
