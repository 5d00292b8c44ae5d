"""The duties of a made-up team: what upstream communities need, at every kind of cadence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import product
from random import Random
from typing import Any

from benchmarks.sizes import Size

Entry = dict[str, Any]
"""Something as it stands in a YAML file."""

_RIVERS = ("amazon", "danube", "elbe", "fraser", "ganges", "kolyma", "mekong", "niger", "orinoco",
           "parana", "sepik", "tagus", "ural", "volta", "yukon")  # fmt: skip
_PARTS = ("", "kit", "lab", "hub")

# Kind of work, area (a skill is an area of an upstream), cadence, other keys, seats: together some
# 52 seats a year for each duty, so that the number of seats is about duties × weeks.
_PATTERNS: tuple[tuple[str, str, Any, Mapping[str, Any], list[Entry]], ...] = (
    ("triage", "triage", "weekly", {"priority": 1, "effort": "4h", "rest": "1w"},
     [{"seat": "lead", "must": True}]),
    ("review", "review", {"every": "2 weeks", "from": "2026-10-05"}, {"priority": 1},
     [{"seat": "lead", "must": True, "effort": "6h"},
      {"seat": "secondary", "effort": "4h"},
      {"seat": "shadow", "effort": "2h"}]),
    ("releases", "release", {"milestones": "", "before": "1w", "after": "2d"}, {"priority": 1},
     [{"seat": "lead", "must": True, "effort": "4h", "permission": "release-rights"},
      {"seat": "shadow", "effort": "2h"}]),
    ("meetings", "facilitation", {"every": ["tue"]},
     {"priority": 2, "at": "", "lasts": "1h", "timezone": "UTC"},
     [{"seat": "facilitator", "must": True, "effort": "2h"},
      {"seat": "notes", "level": "learning", "effort": "1h"}]),
    ("support", "triage", {"every": "2 weeks", "on": "monday", "from": "2026-10-05"},
     {"priority": 1, "effort": "6h", "exclusive": True, "rest": "1w"},
     [{"seat": "odd", "must": True}, {"seat": "even", "must": True, "offset": "1w"}]),
    ("ci", "ops", "weekly", {"priority": 1, "exclusive": True, "effort": "3h", "rest": "1w"},
     [{"seat": "lead", "must": True}, {"seat": "shadow", "effort": "1h"}]),
    ("docs", "docs", "monthly", {"priority": 3, "effort": "12h"}, [{"seat": "lead"}]),
    ("community", "community", {"rrule": "FREQ=MONTHLY;BYDAY=2TH,4TH", "from": "2026-10-01"},
     {"priority": 2, "at": "", "lasts": "1h", "timezone": "UTC"},
     [{"seat": "facilitator", "must": True, "effort": "2h"}, {"seat": "shadow", "effort": "1h"}]),
    ("onboarding", "community", {"every": "2 weeks", "on": "wednesday", "from": "2026-10-07"},
     {"priority": 3, "effort": "5h"}, [{"seat": "guide"}]),
    ("security", "ops", "weekly", {"priority": 2, "effort": "2h"},
     [{"seat": "early", "must": True, "region": "europe"},
      {"seat": "late", "region": "america"}]),
    ("mentoring", "review", {"every": "month", "on": "third monday"},
     {"priority": 3, "term": "2w", "effort": "4h"},
     [{"seat": "guide", "count": "1-2", "must": True, "level": "leads"}]),
    ("strategy", "facilitation", {"every": "3 months", "on": "second monday", "from": "2026-10-01"},
     {"priority": 2, "term": "3w", "effort": "9h"}, [{"seat": "lead", "must": True}]),
)  # fmt: skip


def upstream_ids(size: Size) -> list[str]:
    """Names that are no slip of the finger apart from one another."""
    return [river + part for part, river in product(_PARTS, _RIVERS)][: size.upstreams]


def upstreams(size: Size, random: Random) -> list[Entry]:
    """The communities, each with its releases; the first ones have a share of the effort."""
    shared = min(3, size.upstreams - 1)
    part = 100 // size.upstreams
    return [
        {
            "id": name,
            "name": name.capitalize(),
            **({"share": f"{part}%"} if number < shared else {}),
            "milestones": list(_milestones(name, size, random)),
        }
        for number, name in enumerate(upstream_ids(size))
    ]


def _milestones(name: str, size: Size, random: Random) -> Iterator[Entry]:
    day = size.past.first + timedelta(days=random.randrange(14, 42))
    number = 0
    while day < size.horizon.end:
        number += 1
        yield {"name": f"{name} {number}", "date": str(_weekday(day))}
        day += timedelta(weeks=random.choice((5, 6, 7)))


def _weekday(day: date) -> date:
    return day - timedelta(days=max(0, day.weekday() - 4))


def duties(size: Size, random: Random) -> list[Entry]:
    """The work, the upstreams served in turn; each takes up the patterns where it left off."""
    names = upstream_ids(size)
    made = []
    for number in range(size.duties):
        upstream = names[number % len(names)]
        kind, area, cadence, keys, seats = _PATTERNS[_pattern(number, len(names))]
        made.append(_duty(upstream, kind, area, cadence, keys, seats, random))
    return made


def _pattern(number: int, upstreams: int) -> int:
    """Each upstream begins at another pattern, so that all kinds of work come up alike."""
    row, upstream = divmod(number, upstreams)
    each = 5
    return (upstream * each + row) % len(_PATTERNS)


def _duty(
    upstream: str,
    kind: str,
    area: str,
    cadence: Any,
    keys: Mapping[str, Any],
    seats: list[Entry],
    random: Random,
) -> Entry:
    own = dict(keys)
    if "at" in own:
        own["at"] = random.choice(("13:00", "14:00", "15:00", "16:00"))
    if isinstance(cadence, dict) and "milestones" in cadence:
        cadence = {**cadence, "milestones": upstream}
    return {
        "id": f"{upstream}-{kind}",
        "name": f"{upstream.capitalize()} {kind}",
        "upstream": upstream,
        "kind": kind,
        "why": f"{upstream.capitalize()} can rely on us for {kind}",
        "cadence": cadence,
        **own,
        "skill": f"{upstream}-{area}",
        "seats": seats,
    }
