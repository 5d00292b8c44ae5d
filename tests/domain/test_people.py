"""Budgets: what is summed over stretches of alike days is what one counts day by day."""

from hypothesis import given
from hypothesis import strategies as st

from scheduler.domain.people import Member
from scheduler.domain.span import Span, spread, week_of
from tests.rules.problems import BEGINNINGS, people, spans

HORIZON = Span(BEGINNINGS[0], BEGINNINGS[0].replace(month=3))


def day_by_day(member: Member, days: Span) -> int:
    there = [day for day in days if member.works_on(day)]
    left = (
        max(0, member.budget - sum(d.takes for d in member.directed if day in d.span))
        for day in there
    )
    return sum(left) // max(1, len(member.days))


@given(people("Ana", HORIZON), spans(HORIZON, before=20, longest=90))
def test_a_budget_is_the_sum_of_its_days(member: Member, days: Span) -> None:
    assert member.budget_in(days) == day_by_day(member, days)


@given(st.integers(0, 5000), spans(HORIZON, longest=40))
def test_effort_is_spread_over_the_working_days(minutes: int, span: Span) -> None:
    days = span.working_days
    by_week: dict[tuple[int, int], int] = {}
    for number, day in enumerate(days):
        part = minutes * (number + 1) // len(days) - minutes * number // len(days)
        by_week[week_of(day)] = by_week.get(week_of(day), 0) + part
    assert spread(minutes, span) == by_week
    assert sum(by_week.values()) == minutes
