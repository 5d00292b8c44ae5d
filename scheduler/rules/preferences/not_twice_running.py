from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from scheduler.domain.people import Member
from scheduler.domain.problem import Problem, QuietPeriod
from scheduler.domain.rotation import Seating
from scheduler.domain.span import DAY, Span
from scheduler.rules.card import Finding, Preference, option

if TYPE_CHECKING:
    from scheduler.rules.model import Expression, Model


@dataclass(frozen=True)
class NotTwiceRunning(Preference):
    """Nobody serves over the same quiet period, such as the year's end, twice running when others
    can. It holds for periods with ``remember: true``: one unit for whoever served over one last
    time (the earlier period of that name, else the same days of the year before) and does so again.
    Shadow turns are not counted."""

    weight: int = option(20, "what one unit costs within its tier")

    def cost(self, model: Model, problem: Problem) -> Expression:
        terms: list[Expression] = []
        for period, member in _veterans(problem):
            turns = [
                x
                for seat, x in model.turns(member)
                if not seat.is_shadow and seat.span.overlaps(period.span)
            ]
            if turns:
                terms.append(model.any(turns))
        return model.total(terms)

    def explain(self, problem: Problem, seating: Seating) -> Iterator[Finding]:
        for period, member in _veterans(problem):
            turns = tuple(
                seat
                for seat in seating.turns(member)
                if not seat.is_shadow and seat.span.overlaps(period.span)
            )
            if turns:
                yield Finding(
                    f"{member.name} serves over {period.name or 'the quiet days'} twice running",
                    members=(member,),
                    seats=turns,
                )


def _veterans(problem: Problem) -> Iterator[tuple[QuietPeriod, Member]]:
    """Each period that is remembered, with those who served over it the last time."""
    for period in problem.quiet:
        if period.remember:
            before = _before(period, problem.quiet)
            ids = {
                turn.member
                for turn in problem.past
                if turn.role != "shadow" and turn.span.overlaps(before)
            }
            yield from ((period, m) for m in problem.members if m.id in ids)


def _before(period: QuietPeriod, periods: tuple[QuietPeriod, ...]) -> Span:
    """The days of a period when it was last."""
    earlier = [
        other.span
        for other in periods
        if period.name and other.name == period.name and other.span.end <= period.span.first
    ]
    return max(earlier) if earlier else _a_year_before(period.span)


def _a_year_before(span: Span) -> Span:
    return Span(_year_earlier(span.first), _year_earlier(span.last) + DAY)


def _year_earlier(day: date) -> date:
    """The same day of the year before; for 29 February the one before it."""
    is_leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - 1, day=28 if is_leap_day else day.day)
