from __future__ import annotations

from dataclasses import dataclass

from scheduler.domain.people import Member
from scheduler.domain.problem import Problem
from scheduler.domain.shifts import Seat
from scheduler.rules.card import Fit, option


@dataclass(frozen=True)
class Away(Fit):
    """Nobody holds a seat while they are away.

    Counted over the working days of the seat: Monday to Friday, or every day where it has none of
    these. A long turn may tolerate a short absence: with ``tolerate: 10`` somebody may hold a turn
    of a month (20 working days) and miss two days of it, if what is left of their budget in that
    week still covers its part of the effort (``weekly_budget``).
    """

    tolerate: int = option(0, "percent of a seat's working days that its holder may be away")

    def bars_on(self, problem: Problem, member: Member, seat: Seat) -> str | None:
        if not member.away:
            return None
        days = seat.days_at(member.timezone)
        near = [span for span in member.away if span.first <= days[-1] and days[0] < span.end]
        missed = len({day for span in near for day in days if day in span})
        if 100 * missed <= self.tolerate * len(days):
            return None
        return (
            "is away then"
            if missed == len(days)
            else f"is away on {missed} of its {len(days)} days"
        )
