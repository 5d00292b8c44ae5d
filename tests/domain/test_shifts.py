"""Duties laid out over days: seats with spans and effort of their own."""

from scheduler.domain.problem import Problem, QuietPeriod, lay_out
from scheduler.domain.span import Span
from tests.rules.builders import at, days, duty, jan, on, roster, seat

HOURS = 60


def efforts(problem: Problem) -> dict[str, int]:
    """Hours of every seat, by its name and the day of January on which it begins."""
    return {f"{s.name} {s.span.first.day}": s.effort // HOURS for s in problem.seats}


def test_effort_by_day_or_week_follows_the_length_of_the_shift() -> None:
    by_day, by_week = seat("lead", effort=0, weekly=5 * HOURS), seat("helper", weekly=2 * HOURS)
    # A week, two weeks, Monday to Wednesday, and a weekend, on which every day is worked.
    work = duty("hub", by_day, by_week, cadence=on((4, 10), (11, 24), (25, 27), (30, 31)))
    problem = roster([], [work], weeks=4)
    assert efforts(problem) == {
        **{"lead 4": 5, "lead 11": 10, "lead 25": 3, "lead 30": 2},
        **{"helper 4": 4 + 2, "helper 11": 4 + 4, "helper 25": 4 + 1, "helper 30": 4},
    }
    assert dict(problem.seats[2].weeks) == {(2027, 2): 300, (2027, 3): 300}


def test_a_staggered_seat_has_days_and_weeks_of_its_own() -> None:
    work = duty("hub", seat(), seat("late", offset=7), seat("early", offset=-3), term=14)
    lead, late, early = roster([], [work]).seats
    assert (lead.span, late.span, early.span) == (days(4, 17), days(11, 24), days(1, 14))
    assert [week for week, _ in late.weeks] == [(2027, 2), (2027, 3)]
    # Ten working days in three weeks: one, five and four of them.
    assert dict(early.weeks) == {(2026, 53): 24, (2027, 1): 120, (2027, 2): 96}
    assert lead.overlaps(late)
    assert {s.shift.id for s in (lead, late, early)} == {"hub@2027-01-04"}


def test_a_staggered_meeting_is_on_another_day_at_the_same_hour() -> None:
    work = duty("call", seat(), seat("second", offset=1), cadence=on((4, 4)), clock=at("09:00"))
    first, second = roster([], [work]).seats
    assert second.opens - first.opens == 24 * 60
    assert not first.overlaps(second)
    assert second.span == Span(jan(5), jan(6))


def test_duties_of_low_priority_rest_in_a_reduced_period() -> None:
    work = duty("hub", priority=3), duty("docs", priority=4), duty("chat", priority=5)
    quiet = (
        QuietPeriod(days(10, 12), "a fair", reduced=4),
        QuietPeriod(days(4, 24), "a long one", weight=200),
    )
    shifts = [seat.shift.id for seat in lay_out(work, days(4, 17), quiet)]
    assert shifts == [
        *("hub@2027-01-04", "docs@2027-01-04", "chat@2027-01-04"),
        "hub@2027-01-11",
    ]
