"""Turns of earlier rotations that reach into this one: they take time, and nobody is at two
places at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta

from scheduler.audit.case import Case, Held
from scheduler.audit.claim import Turn
from scheduler.audit.duties import Duty
from scheduler.audit.people import Member
from scheduler.audit.words import Days, Week


def still_held(case: Case) -> Iterator[tuple[Held, Turn, Duty]]:
    """Turns during which their holders still have one of an earlier rotation, of a duty that the
    roster knows."""
    for turn in case.before:
        member, duty = case.roster.members.get(turn.member), case.roster.duties.get(turn.duty)
        if member is None or duty is None:
            continue
        opens, closes = _runs(turn)
        for held in case.by_member[member]:
            begins, ends = held.seat.runs()
            if opens < ends and begins < closes:
                yield held, turn, duty


def taken(case: Case, member: Member) -> dict[Week, int]:
    """Minutes by ISO week that a member's turns of earlier rotations take."""
    weeks: Counter[Week] = Counter()
    for turn in case.before:
        if turn.member == member.id:
            weeks.update(_days(turn).by_week(turn.effort or 0))
    return weeks


def _runs(turn: Turn) -> tuple[datetime, datetime]:
    if turn.opens is not None and turn.closes is not None:
        return turn.opens, turn.closes
    days = _days(turn)
    first = datetime.combine(days.first, time(), UTC)
    return first, first + timedelta(days=len(days))


def _days(turn: Turn) -> Days:
    assert turn.days is not None, "a rotation file states the days of every seat"
    return turn.days
