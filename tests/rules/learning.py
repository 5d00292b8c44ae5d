"""Rosters with people who learn to lead: four weeks of a duty, and the same beside it."""

from __future__ import annotations

from typing import Any

from scheduler.domain.people import Goal, Level, Member
from scheduler.domain.problem import Problem
from scheduler.domain.training import Paths, Turns
from tests.rules.builders import duty, roster, seat, someone

HUB = duty(
    "hub",
    seat(skill="hub", level=Level.leads),
    seat("secondary", skill="hub", level=Level.shadowed),
    seat("shadow", skill="hub", level=Level.learning),
)
LEADS = Goal("hub", Level.leads)


def learner(name: str = "Ana", *goals: Goal, level: Level = Level.learning) -> Member:
    return someone(name, skills={"hub": level}, goals=goals or (LEADS,))


def leader(name: str = "Ben", **what: Any) -> Member:
    return someone(name, skills={"hub": Level.leads}, **what)


def four_weeks(*members: Member, shadow: int = 2, lead: int = 1, **what: Any) -> Problem:
    """A path of so many turns."""
    return roster(members, [HUB], weeks=4, paths=Paths(Turns(shadow, lead)), **what)
