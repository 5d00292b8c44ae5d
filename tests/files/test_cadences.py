"""Each way to write a cadence yields the days that its words say."""

from datetime import date

import pytest

from scheduler.domain.cadence import EveryWeeks
from scheduler.domain.span import Span
from scheduler.files.duties_shape import DutiesShape, duties_of
from scheduler.files.located import parse_yaml
from scheduler.files.shape import check

UPSTREAMS = """\
upstreams:
  - {id: hub, milestones: [{name: 4.1, date: 2027-02-01}, {name: "5", date: 2027-03-01}]}
  - {id: book, milestones: [{name: 5 and more, date: 2027-02-10}]}
"""
QUARTER = Span(date(2027, 1, 1), date(2027, 4, 1))


def starts(cadence: str) -> list[str]:
    text = f"duties: [{{id: x, kind: ci, why: x, effort: 1h, cadence: {cadence}}}]\n{UPSTREAMS}"
    (duty,) = duties_of(check(DutiesShape, parse_yaml(text, "f"), "f"), "UTC")
    return [f"{span.first:%m-%d}" for span in duty.cadence.spans(QUARTER)]


@pytest.mark.parametrize(
    ("cadence", "first", "number"),
    [
        ("weekdays", ["01-01", "01-04", "01-05"], 64),
        ("Weekdays", ["01-01", "01-04", "01-05"], 64),
        ("{every: weekday}", ["01-01", "01-04", "01-05"], 64),
        ("{every: day}", ["01-01", "01-02", "01-03"], 90),
        ("{every: [tue, Thursday]}", ["01-05", "01-07", "01-12"], 25),
        ("{every: saturday}", ["01-02", "01-09", "01-16"], 13),
        ("weekly", ["01-04", "01-11", "01-18"], 13),
        ("{every: week, on: wed}", ["01-06", "01-13", "01-20"], 13),
        ("{every: 2 weeks, on: wednesday, from: 2027-01-06}", ["01-06", "01-20", "02-03"], 7),
        ("{every: 2 weeks, on: wednesday, from: 2027-01-13}", ["01-13", "01-27", "02-10"], 6),
        ("{every: 3 weeks, from: 2026-12-31}", ["01-21", "02-11", "03-04"], 4),
        ("monthly", ["01-01", "02-01", "03-01"], 3),
        ("{every: month, on: first day}", ["01-01", "02-01", "03-01"], 3),
        ("{every: month, on: last day}", ["01-31", "02-28", "03-31"], 3),
        ("{every: month, on: 31}", ["01-31", "02-28", "03-31"], 3),
        ("{every: month, on: 15}", ["01-15", "02-15", "03-15"], 3),
        ("{every: month, on: First Monday}", ["01-04", "02-01", "03-01"], 3),
        ("{every: month, on: second tue}", ["01-12", "02-09", "03-09"], 3),
        ("{every: month, on: last friday}", ["01-29", "02-26", "03-26"], 3),
        ("{every: month, on: fifth friday}", ["01-29"], 1),
        ("{every: 3 months, on: first monday, from: 2026-11-01}", ["02-01"], 1),
        ("{every: quarter, from: 2026-12-01}", ["03-01"], 1),
        ("{every: year, on: third monday, from: 2026-02-01}", ["02-15"], 1),
        ("{dates: [2027-01-12, {first: 2027-02-01, last: 2027-02-28}]}", ["01-12", "02-01"], 2),
        ("{once: {first: 2027-01-11, last: 2027-01-29}}", ["01-11"], 1),
        ("{once: 2027-01-11}", ["01-11"], 1),
        ('{rrule: "FREQ=WEEKLY;BYDAY=MO,WE", from: 2027-01-01}', ["01-04", "01-06", "01-11"], 26),
        ("{rrule: FREQ=MONTHLY;BYDAY=-1FR, from: 2020-01-01}", ["01-29", "02-26", "03-26"], 3),
        ("{rrule: FREQ=WEEKLY;INTERVAL=2, from: 2026-12-23}", ["01-06", "01-20", "02-03"], 7),
        ("{rrule: FREQ=DAILY;COUNT=2, from: 2027-03-01}", ["03-01", "03-02"], 2),
        ("{rrule: freq=weekly;count=1, from: 2027-03-01}", ["03-01"], 1),
        ("{milestones: hub, before: 1w, after: 2d}", ["01-25", "02-22"], 2),
        ("{milestones: hub}", ["02-01", "03-01"], 2),
        ("{milestones: [4.1]}", ["02-01"], 1),
        ('{milestones: ["4.1", "5 and more"]}', ["02-01", "02-10"], 2),
    ],
)
def test_days(cadence: str, first: list[str], number: int) -> None:
    found = starts(cadence)
    assert found[:3] == first
    assert len(found) == number


def test_a_window_is_kept_whole() -> None:
    text = """\
duties: [{id: x, kind: ci, why: x, effort: 1h,
  cadence: {once: {first: 2027-01-11, last: 2027-01-29}}}]
"""
    (duty,) = duties_of(check(DutiesShape, parse_yaml(text, "f"), "f"), "UTC")
    assert list(duty.cadence.spans(QUARTER)) == [Span(date(2027, 1, 11), date(2027, 1, 30))]


def test_a_stated_weekday_goes_before_the_handoff() -> None:
    text = "duties: [{id: x, kind: ci, why: x, effort: 1h, handoff: {on: fri}, cadence: "
    (duty,) = duties_of(
        check(DutiesShape, parse_yaml(text + "{every: week, on: tue}}]\n", "f"), "f"), "UTC"
    )
    assert duty.cadence == EveryWeeks(1, 1)


def spans(duty: str, horizon: Span = QUARTER) -> list[Span]:
    text = f"{UPSTREAMS}duties: [{{id: x, kind: ci, why: x, effort: 1h, {duty}}}]\n"
    (found,) = duties_of(check(DutiesShape, parse_yaml(text, "f"), "f"), "UTC")
    return list(found.cadence.spans(horizon))


def test_a_shift_around_a_milestone_holds_its_margins() -> None:
    hub = spans("cadence: {milestones: hub, before: 1w, after: 2d}")
    assert hub[0] == Span(date(2027, 1, 25), date(2027, 2, 4))


def test_names_of_milestones_are_those_of_the_dutys_upstream() -> None:
    both = "cadence: {milestones: [4.1, 5 and more]}"
    assert len(spans(both)) == 2
    assert [span.first for span in spans(f"upstream: book, {both}")] == [date(2027, 2, 10)]


def test_a_shift_of_a_rule_lasts_until_the_next_and_the_last_one_as_long() -> None:
    found = spans('cadence: {rrule: "FREQ=WEEKLY;BYDAY=MO;COUNT=2", from: 2027-01-01}')
    assert [(span.first.day, span.days) for span in found] == [(4, 7), (11, 7)]
    (alone,) = spans("cadence: {rrule: FREQ=YEARLY;COUNT=1, from: 2027-01-01}")
    assert alone.days == 1


def test_a_rule_goes_on_for_twenty_years_over_leap_days() -> None:
    centuries = Span(date(2028, 1, 1), date(2228, 1, 1))
    found = spans("cadence: {rrule: FREQ=DAILY, from: 2028-02-28}", centuries)
    days = [span.first for span in found]
    assert days[:3] == [date(2028, 2, 28), date(2028, 2, 29), date(2028, 3, 1)]
    assert days[-1] == date.fromordinal(days[0].toordinal() + len(days) - 1)
    assert days[-1].year == 2048
