"""Members, as roster.yaml states them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, time

from scheduler.audit.source import Node
from scheduler.audit.words import (
    LEVELS,
    Days,
    clock,
    day,
    day_or_none,
    days,
    level,
    minutes,
    number,
    weekday,
    zone,
)


@dataclass(frozen=True, slots=True)
class Goal:
    """A level that a member wants to reach in a skill, and by when."""

    skill: str
    level: int
    by: date | None
    value: int
    mentor: str

    def is_open(self, level: int) -> bool:
        """Whether shadowing brings it nearer for somebody at a level."""
        return level < min(self.level, LEVELS.index("shadowed"))

    def in_time(self, last: date) -> bool:
        """Whether a turn that ends on a day is in time."""
        return self.by is None or last <= self.by


@dataclass(frozen=True, eq=False, slots=True)
class Member:
    """A person. ``budget`` is in minutes a week, ``left`` the last day there. The reason of an
    absence is not even read."""

    id: str
    name: str
    timezone: str
    budget: int
    hours: tuple[time, time] | None
    weekdays: frozenset[int]
    calendar: str
    """Of public holidays, such as ``US-CA``; "" for none."""
    extra_holidays: tuple[Days, ...]
    """Days that weigh like public holidays, the team's own among them."""
    region: str
    """In small letters, as that of a seat: however it is written, it is the same one."""
    employer: str
    joined: date | None
    left: date | None
    paused: tuple[Days, ...]
    away: tuple[Days, ...]
    directed: tuple[tuple[Days, int], ...]
    """Spans of directed work, with the minutes a week that it takes from the budget."""
    skills: dict[str, int]
    permissions: frozenset[str]
    goals: tuple[Goal, ...]
    wishes: dict[str, str]
    most: dict[str, int]
    """Duty id → turns in a rotation."""
    mentees: int | None
    learnable: frozenset[str] = frozenset()
    """Skills that the member learns in the lead, somebody else being there to teach them."""

    def level(self, skill: str) -> int:
        """How far the member has grown into a skill; 0 where nothing is said."""
        return self.skills.get(skill, 0)

    def is_member_on(self, day: date) -> bool:
        """Joined, not left and not paused."""
        joined = self.joined is None or day >= self.joined
        stays = self.left is None or day <= self.left
        return joined and stays and not self.is_paused_on(day)

    def is_paused_on(self, day: date) -> bool:
        return any(day in span for span in self.paused)

    def is_away_on(self, day: date) -> bool:
        return any(day in span for span in self.away)

    def works_on(self, day: date) -> bool:
        """A day of work on which the member is there."""
        here = self.is_member_on(day) and not self.is_away_on(day)
        return here and day.weekday() in self.weekdays

    def budget_over(self, days: Iterable[date]) -> int:
        """Minutes that some days are worth, those without the member nothing."""
        worth = sum(self._left_on(day) for day in days if self.works_on(day))
        return worth // max(1, len(self.weekdays))

    def _left_on(self, day: date) -> int:
        """What directed work leaves of the weekly budget on a day."""
        return max(0, self.budget - sum(takes for span, takes in self.directed if day in span))


def read_members(
    roster: Node, timezone: str, read: Mapping[str, tuple[Days, ...]]
) -> dict[str, Member]:
    """Every member by id, in the order of the file; ``read`` are days away that calendars told.
    Raises BadFiles."""
    found: dict[str, Member] = {}
    for node in roster.need("members").entries():
        member = _member(node, timezone, roster)
        if member.id in found:
            raise node.wrong(f'the member "{member.id}" is here twice')
        found[member.id] = replace(member, away=(*member.away, *read.get(member.id, ())))
    return found


def _member(node: Node, team_zone: str, roster: Node) -> Member:
    name = node.need("id").text()
    timezone = zone(node["timezone"], team_zone)
    goals = tuple(_goal(entry) for entry in node["goals"].entries())
    extra = (*roster["extra_holidays"].entries(), *node["extra_holidays"].entries())
    weekdays = [weekday(entry) for entry in node["days"].entries()]
    return Member(
        id=name,
        name=node["name"].text(name),
        timezone=timezone,
        budget=minutes(node.need("budget")),
        hours=_hours(node["hours"]),
        weekdays=frozenset(weekdays if node["days"] else range(5)),
        calendar=node["holidays"].text(roster["holidays"].text()),
        extra_holidays=tuple(days(entry) for entry in extra),
        region=node["region"].text(_region_of(timezone)).lower(),
        employer=node["employer"].text(),
        joined=day_or_none(node["joined"]),
        left=day_or_none(node["left"]),
        paused=tuple(days(entry) for entry in node["paused"].entries()),
        away=tuple(days(entry) for entry in node["away"].entries() if not _is_calendar(entry)),
        directed=tuple(
            (days(entry), minutes(entry.need("takes"))) for entry in node["directed"].entries()
        ),
        skills=_skills(node["skills"], goals),
        permissions=frozenset(entry.text() for entry in node["permissions"].entries()),
        goals=goals,
        wishes={duty: _spoken(wish) for duty, wish in node["wishes"].fields().items()},
        most={duty: number(said, 0) for duty, said in node["most"].fields().items()},
        mentees=number(node["mentees"], 0) if node["mentees"] else None,
    )


def read_from_calendars(lock: Node) -> dict[str, tuple[Days, ...]]:
    """The days away that calendars told, by member. Raises BadFiles."""
    found: dict[str, tuple[Days, ...]] = {}
    for reading in lock["calendars"].entries():
        member = reading.need("member").text()
        told = tuple(days(entry) for entry in reading["away"].entries())
        found[member] = (*found.get(member, ()), *told)
    return found


def _is_calendar(node: Node) -> bool:
    return isinstance(node.value, dict) and "calendar" in node.value


def _goal(node: Node) -> Goal:
    by = day(node["by"]) if node["by"] else None
    skill, wanted = node.need("skill").text(), level(node.need("level"), 0)
    return Goal(skill, wanted, by, number(node["value"], 1), node["mentor"].text())


def _hours(node: Node) -> tuple[time, time] | None:
    if not node:
        return None
    start, _, end = node.text().partition("-")
    return (
        clock(Node(start.strip(), node.file, node.line, node.column)),
        clock(Node(end.strip(), node.file, node.line, node.column)),
    )


def _spoken(wish: Node) -> str:
    return wish.text().replace("_", " ").replace("-", " ")


def _region_of(timezone: str) -> str:
    area, slash, _ = timezone.partition("/")
    return area.lower() if slash and area != "Etc" else ""


def _skills(node: Node, goals: tuple[Goal, ...]) -> dict[str, int]:
    """Skills with their levels; whoever has a goal is at least learning."""
    found = {goal.skill: level(Node("learning", node.file), 0) for goal in goals}
    if isinstance(node.value, list):
        return found | {entry.text(): level(Node("leads", node.file), 0) for entry in node.value}
    for skill, word in node.fields().items():
        found[skill] = max(found.get(skill, 0), level(word, 0))
    return found
