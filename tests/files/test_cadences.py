"""Each way to write a cadence yields the days that its words say."""

from datetime import date

import pytest

from scheduler.domain.cadence import EveryWeeks
from scheduler.domain.span import Span
from scheduler.files.duties_shape import DutiesShape, duties_of
from scheduler.files.located import parse_yaml
from scheduler.files.shape import check

QUARTER = Span(date(2027, 1, 1), date(2027, 4, 1))


def starts(cadence: str) -> list[str]:
    text = f"duties: [{{id: x, kind: ci, why: x, effort: 1h, cadence: {cadence}}}]\n"
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
