"""Round-robin, as almost every team does it: one list a duty, and whoever is next takes the seat.

The absent and those who lack the skill are passed over, and nobody gets two seats of one shift.
It sees neither budgets nor the other duties, so that its plans break requirements.
"""

from __future__ import annotations

from collections import defaultdict

from benchmarks.found import Found, Run, stopwatch
from scheduler.domain.shifts import SeatKey


def plan(run: Run) -> Found:
    """Who holds each seat. It takes no notice of the time limit: it is over at once."""
    elapsed = stopwatch()
    places, names = run.facts.places, run.facts.members
    lists: dict[int, list[int]] = defaultdict(list)
    for place in places:
        lists[place.duty] += (m for m in place.able if m not in lists[place.duty])
    holders: dict[SeatKey, str] = {}
    sitting: dict[str, set[int]] = defaultdict(set)
    for place in sorted(places, key=lambda place: (place.opens, place.shadow)):
        shift, line = place.key[0], lists[place.duty]
        if place.shadow and not sitting[shift]:
            continue
        taker = next((m for m in line if m in place.able and m not in sitting[shift]), None)
        if taker is not None:
            holders[place.key] = names[taker]
            sitting[shift].add(taker)
            line.remove(taker)
            line.append(taker)
    return Found(holders, elapsed(), first=elapsed())
