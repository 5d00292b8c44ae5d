"""Least loaded first: what a careful coordinator does with a spreadsheet.

Seats in order of time, the musts of a day first; each goes to whoever may take it and is furthest
below the load that would be fair for them. It keeps every requirement, and never looks ahead or
back.
"""

from __future__ import annotations

from benchmarks.desk import Desk
from benchmarks.found import Found, Run, stopwatch


def plan(run: Run) -> Found:
    """Who holds each seat. It takes no notice of the time limit: it is over in seconds."""
    elapsed = stopwatch()
    desk, places = Desk(run.facts), run.facts.places
    order = sorted(
        range(len(places)),
        key=lambda n: (places[n].opens, places[n].shadow, not places[n].must, -places[n].value, n),
    )
    for seat in order:
        free = [member for member in places[seat].able if desk.may_take(member, seat)]
        if free:
            desk.give(seat, min(free, key=desk.index))
    return Found(desk.holders(), elapsed(), first=elapsed())
