"""The members of a made-up team: sparse skills, part-timers, leave, goals, and many time zones."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from random import Random
from typing import Any

from benchmarks.sizes import Size
from benchmarks.work import Entry, upstream_ids

_ZONES = (
    ("Europe/Berlin", "DE"),
    ("Europe/London", "GB"),
    ("Europe/Bucharest", "RO"),
    ("America/New_York", "US"),
    ("America/Los_Angeles", "US"),
    ("America/Sao_Paulo", "BR"),
    ("Asia/Kolkata", "IN"),
    ("Africa/Lagos", "NG"),
)
_HOURS = ("08:00-16:00", "09:00-17:00", "10:00-18:00", "10:00-20:00")
_PART_TIME = (["mon", "tue", "wed", "thu"], ["tue", "wed", "thu", "fri"], ["mon", "tue", "wed"])
_EMPLOYERS = ("Akva", "Brink", "Cedar", "Dune", "Ember", "Fjord", "Grove")
_PERMISSION = "release-rights"


def members(size: Size, duties: Sequence[Entry], random: Random) -> list[Entry]:
    """The people. No skill that the duties ask for hangs on fewer than ``size.least`` of them, nor
    on fewer than two in a region that a seat names."""
    people = [_member(number, size, random) for number in range(size.members)]
    used = sorted({duty["skill"] for duty in duties})
    for skill in used:
        _spread(people, skill, size, random)
    for duty in duties:
        for seat in duty["seats"]:
            _top_up(people, duty["skill"], seat, size, random)
    shadowed = {
        duty["skill"] for duty in duties for seat in duty["seats"] if seat["seat"] == "shadow"
    }
    for person in people:
        _strive(person, people, shadowed, size, random)
        _wish(person, duties, random)
    return [{k: v for k, v in person.items() if k != "serves" and v} for person in people]


def _member(number: int, size: Size, random: Random) -> dict[str, Any]:
    zone, calendar = random.choices(_ZONES, weights=(6, 4, 3, 5, 4, 2, 3, 1))[0]
    budget = random.choice(size.budgets)
    part_time = random.random() < 0.2
    days = random.choice(_PART_TIME) if part_time else None
    most = min(size.each[1], size.upstreams)
    return {
        "id": f"m{number + 1:04}",
        "name": f"Member {number + 1}",
        "timezone": zone,
        "holidays": calendar,
        "hours": random.choice(_HOURS) if random.random() < 0.5 else None,
        "employer": random.choice(_EMPLOYERS),
        "days": days,
        "budget": f"{max(3, budget * len(days) // 5) if days else budget}h",
        "joined": _joined(size, random),
        "away": _away(size, random),
        "directed": _directed(size, random),
        "serves": random.sample(upstream_ids(size), random.randint(size.each[0], most)),
        "skills": {},
        "permissions": [_PERMISSION] if random.random() < 0.4 else [],
    }


def _joined(size: Size, random: Random) -> str | None:
    if random.random() >= 0.06:
        return None
    return str(size.horizon.first + timedelta(days=random.randrange(7, 60)))


def _away(size: Size, random: Random) -> list[Entry]:
    """Two or three leaves a quarter in four, of a few days to three weeks."""
    found = []
    day = size.past.first + timedelta(days=random.randrange(70))
    while day < size.horizon.end:
        last = day + timedelta(days=random.choice((2, 4, 6, 13, 20)))
        found.append({"first": str(day), "last": str(last)})
        day = last + timedelta(days=random.randrange(35, 110))
    return found


def _directed(size: Size, random: Random) -> list[Entry]:
    if random.random() >= 0.1:
        return []
    first = size.horizon.first + timedelta(weeks=random.randrange(size.weeks))
    return [{"first": str(first), "last": str(first + timedelta(days=27)), "takes": "2h"}]


# ------------------------------------------------------------------------------------------ skills


def _spread(people: list[dict[str, Any]], skill: str, size: Size, random: Random) -> None:
    """Who works for an upstream leads some of its areas, and has begun to learn others."""
    upstream = skill.rpartition("-")[0]
    for person in people:
        if upstream in person["serves"]:
            chance = random.randrange(100)
            if chance < size.leading:
                person["skills"][skill] = "mentors" if chance < size.leading // 4 else "leads"
            elif chance < size.leading + 25:
                person["skills"][skill] = random.choice(("learning", "shadowed"))


def _top_up(
    people: list[dict[str, Any]], skill: str, seat: Entry, size: Size, random: Random
) -> None:
    """Let more people lead a skill, or have a permission, until there are enough for a seat."""
    region, permission = seat.get("region", ""), seat.get("permission", "")
    near = [p for p in people if p["timezone"].lower().startswith(region)]
    least = min(size.least, len(near))
    leading = [p for p in near if p["skills"].get(skill) in ("leads", "mentors")]
    others = [p for p in near if p not in leading]
    random.shuffle(others)
    others.sort(key=lambda person: skill.rpartition("-")[0] not in person["serves"])
    for person in others[: max(0, least - len(leading))]:
        person["skills"][skill] = "leads"
        leading.append(person)
    if permission:
        without = [p for p in leading if permission not in p["permissions"]]
        having = len(leading) - len(without)
        for person in without[: max(0, least - having)]:
            person["permissions"] = [permission]


def _strive(
    person: dict[str, Any],
    people: list[dict[str, Any]],
    shadowed: set[str],
    size: Size,
    random: Random,
) -> None:
    """One in six wants to lead what they have begun to learn, with a mentor of that upstream."""
    skills = person["skills"]
    begun = [s for s in skills if s in shadowed and skills[s] in ("learning", "shadowed")]
    if begun and random.random() < 0.17:
        skill = random.choice(begun)
        leading = [p["id"] for p in people if p["skills"].get(skill) in ("leads", "mentors")]
        by = size.horizon.end - timedelta(days=random.randrange(1, 30))
        goal = {"skill": skill, "level": "leads", "by": str(by), "value": random.choice((1, 2))}
        person["goals"] = [{**goal, "mentor": random.choice(leading)}]


def _wish(person: dict[str, Any], duties: Sequence[Entry], random: Random) -> None:
    """One in three has a wish about a duty that they could hold."""
    able = [duty["id"] for duty in duties if duty["skill"] in person["skills"]]
    if able and random.random() < 0.33:
        wish = random.choices(("like", "rather not", "never"), weights=(5, 4, 1))[0]
        person["wishes"] = {random.choice(able): wish}
