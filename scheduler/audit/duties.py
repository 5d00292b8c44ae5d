"""Duties, as duties.yaml states them, laid out as seats over a horizon."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from scheduler.audit.cadence import Cadence, Calendar, by_milestones, read_cadence
from scheduler.audit.source import Node
from scheduler.audit.words import (
    LEVELS,
    Days,
    clock,
    day,
    day_or_none,
    flag,
    length,
    level,
    minutes,
    number,
    weekday,
    zone,
)

LEAST_LEVEL = {"lead": "leads", "secondary": "shadowed", "shadow": "learning"}
"""What each role needs of a skill where the roster does not say."""
WORTH = {1: 16, 2: 8, 3: 4, 4: 2, 5: 1}
"""Value of an optional seat by priority where the roster does not say."""


@dataclass(frozen=True, slots=True)
class SeatKind:
    """A seat that every shift of a duty offers; ``offset`` is in days, ``effort`` in minutes of a
    shift, ``pace`` in minutes of five working days."""

    name: str
    role: str
    skill: str
    level: int
    permission: str
    region: str
    must: bool
    effort: int
    pace: int
    offset: int


@dataclass(frozen=True, eq=False, slots=True)
class Duty:
    """A piece of foundational work. A timed duty has ``at``, and ``lasts`` in minutes."""

    id: str
    name: str
    kind: str
    upstream: str
    priority: int
    value: int
    cadence: Cadence
    start: date | None
    until: date | None
    term: int | None
    at: time | None
    lasts: int
    timezone: str
    exclusive: bool
    together: bool
    differ: tuple[str, ...]
    """What the people of a shift differ in: employer, region."""
    most: int | None
    """Turns of one person in a rotation."""
    seats: tuple[SeatKind, ...]

    def shifts(self, horizon: Days) -> Iterator[Days]:
        """The days of every shift that starts within the horizon."""
        for occurrence in self.cadence.shifts(horizon):
            too_early = self.start is not None and occurrence.first < self.start
            too_late = self.until is not None and occurrence.first > self.until
            if not too_early and not too_late:
                yield self._lasting(occurrence)

    def _lasting(self, occurrence: Days) -> Days:
        if self.term is None and self.at is None:
            return occurrence
        ahead = timedelta(days=(self.term or 1) - 1)
        return Days(occurrence.first, occurrence.first + ahead)


@dataclass(frozen=True, slots=True)
class Seat:
    """One place in a shift with its own days; a timed one has its moments too, in UTC."""

    shift: str
    duty: Duty
    kind: SeatKind
    days: Days
    opens: datetime | None = None
    closes: datetime | None = None

    @property
    def name(self) -> str:
        return f"{self.shift}/{self.kind.name}"

    @property
    def is_shadow(self) -> bool:
        return self.kind.role == "shadow"

    @property
    def effort(self) -> int:
        """Minutes; what is stated by day or week grows with the seat's working days."""
        return self.kind.effort + self.kind.pace * len(self.days.working) // 5

    def on(self, days: Days) -> Seat:
        """The same seat on other days, at the duty's time of day there."""
        if self.duty.at is None:
            return replace(self, days=days)
        local = datetime.combine(days.first, self.duty.at, ZoneInfo(self.duty.timezone))
        opens = local.astimezone(UTC)
        closes = opens + timedelta(minutes=self.duty.lasts)
        return replace(self, days=days, opens=opens, closes=closes)

    def work_days(self, timezone: str) -> list[date]:
        """The days that somebody in a time zone works on it."""
        if self.opens is None:
            return self.days.working
        return [self.opens.astimezone(ZoneInfo(timezone)).date()]

    def runs(self) -> tuple[datetime, datetime]:
        """From when until when; whole days from midnight to midnight in UTC."""
        if self.opens is not None and self.closes is not None:
            return self.opens, self.closes
        first = datetime.combine(self.days.first, time(), UTC)
        return first, first + timedelta(days=len(self.days))


def lay_out(duties: dict[str, Duty], horizon: Days) -> dict[tuple[str, str], Seat]:
    """Every seat that the horizon asks for, by shift and name."""
    found: dict[tuple[str, str], Seat] = {}
    for duty in duties.values():
        for days in duty.shifts(horizon):
            shift = f"{duty.id}@{days.first}"
            for kind in duty.seats:
                found[shift, kind.name] = seat_on(shift, duty, kind, days)
    return found


def seat_on(shift: str, duty: Duty, kind: SeatKind, days: Days) -> Seat:
    """A seat of a shift that covers the given days."""
    moved = timedelta(days=kind.offset)
    seat = Seat(shift, duty, kind, days)
    return seat.on(Days(days.first + moved, days.last + moved))


def read_duties(node: Node, timezone: str) -> dict[str, Duty]:
    """Every duty by id, in the order of the file. Raises BadFiles."""
    found: dict[str, Duty] = {}
    calendar = [
        (upstream.need("id").text(), known.need("name").text(), day(known.need("date")))
        for upstream in node["upstreams"].entries()
        for known in upstream["milestones"].entries()
    ]
    for entry in node["duties"].entries():
        duty = _duty(entry, timezone, calendar)
        if duty.id in found:
            raise entry.wrong(f'the duty "{duty.id}" is here twice')
        found[duty.id] = duty
    return found


def _duty(node: Node, timezone: str, calendar: Calendar) -> Duty:
    name = node.need("id").text()
    handoff = node["handoff"]
    on = handoff["on"] if isinstance(handoff.value, dict) else handoff
    priority = number(node["priority"], 3)
    timed = bool(node["at"])
    return Duty(
        id=name,
        name=node["name"].text(name),
        kind=node["kind"].text(),
        upstream=node["upstream"].text(),
        priority=priority,
        value=number(node["value"], WORTH.get(priority, WORTH[3])),
        cadence=_cadence(node, weekday(on) if on else None, calendar),
        start=day_or_none(node["from"]),
        until=day_or_none(node["until"]),
        term=length(node["term"]) if node["term"] else None,
        at=clock(node["at"]) if timed else None,
        lasts=minutes(node.need("lasts")) if timed else 0,
        timezone=zone(node["timezone"], timezone),
        exclusive=flag(node["exclusive"]),
        together=flag(node["together"]),
        differ=tuple(entry.text() for entry in node["differ"].entries()),
        most=number(node["most"], 0) if node["most"] else None,
        seats=tuple(_seats(node)),
    )


def _cadence(duty: Node, handoff: int | None, calendar: Calendar) -> Cadence:
    cadence = duty.need("cadence")
    if isinstance(cadence.value, dict) and cadence["milestones"]:
        return by_milestones(cadence, duty["upstream"].text(), calendar)
    return read_cadence(cadence, handoff)


def _seats(duty: Node) -> Iterator[SeatKind]:
    seats = duty["seats"].entries() or [Node("lead", duty.file, duty.line, duty.column)]
    taken: set[str] = set()
    for node in seats:
        named = isinstance(node.value, dict)
        for kind in _places(node if named else Node({"seat": node}, node.file, node.line), duty):
            if kind.name in taken:
                raise node.wrong(f'the seat "{kind.name}" is here twice')
            taken.add(kind.name)
            yield kind


def _places(node: Node, duty: Node) -> Iterator[SeatKind]:
    name = node.need("seat").text()
    least, most = _count(node["count"])
    role = node["role"].text(name if name in LEAST_LEVEL else "lead")
    skill = node["skill"].text(duty["skill"].text())
    effort, pace = _effort(node["effort"] or duty["effort"])
    usual = LEVELS.index(LEAST_LEVEL.get(role, "leads"))
    for place in range(1, most + 1):
        yield SeatKind(
            name=name if most == 1 else f"{name}-{place}",
            role=role,
            skill=skill,
            level=level(node["level"], usual) if skill else 0,
            permission=node["permission"].text(),
            region=node["region"].text().lower(),
            must=flag(node["must"]) and place <= least,
            effort=effort,
            pace=pace,
            offset=length(node["offset"]) if node["offset"] else 0,
        )


def _effort(node: Node) -> tuple[int, int]:
    """Minutes of a shift and minutes of five working days; one of them is 0."""
    if not node:
        return 0, 0
    amount, slash, unit = (part.strip() for part in node.text().partition("/"))
    worked = minutes(Node(amount, node.file, node.line, node.column))
    if not slash:
        return worked, 0
    if unit not in ("day", "week"):
        raise node.wrong(f'"{node.text()}" is not an effort such as 4h, 1h/day or 5h/week')
    return 0, worked * 5 if unit == "day" else worked


def _count(node: Node) -> tuple[int, int]:
    found = re.fullmatch(r"(\d{1,3})(?: ?- ?(\d{1,3}))?", node.text("1"))
    if found is None:
        raise node.wrong(f'"{node.text()}" is not a count such as 2 or 1-3')
    least = int(found[1])
    return least, int(found[2] or least)
