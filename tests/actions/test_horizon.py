"""Which days a name stands for, and which rotation a person means."""

from datetime import UTC, date, datetime

import pytest

from scheduler.actions.horizon import (
    chosen,
    horizon,
    named,
    next_to_plan,
    quarter_after,
    quarter_on,
)
from scheduler.domain.rotation import Rotation, quarter
from scheduler.domain.span import Span
from scheduler.errors import BadRequest, Refused

JAN_4, FEB_28 = date(2027, 1, 4), date(2027, 2, 28)


def rotation(name: str, *, published: bool = True) -> Rotation:
    when = datetime(2026, 12, 1, tzinfo=UTC) if published else None
    return Rotation("Moons", name, named(name), (), (), (), "sha256:0", "0", 0, published=when)


def test_a_quarter_is_its_own_name() -> None:
    assert horizon("2027-Q1", None, None) == ("2027-Q1", quarter("2027-Q1"))


def test_two_days_make_a_name_that_stands_for_them_again() -> None:
    name, span = horizon(None, JAN_4, FEB_28)
    assert name == "2027-01-04_2027-02-28"
    assert named(name) == span == Span(JAN_4, date(2027, 3, 1))


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        (None, None, None),
        (None, JAN_4, None),
        (None, None, JAN_4),
        ("2027-Q1", JAN_4, FEB_28),
        (None, FEB_28, JAN_4),
        (None, JAN_4, date(2028, 1, 5)),
        ("2027-Q5", None, None),
        ("", None, None),
    ],
)
def test_other_wishes_are_refused(name: str | None, first: date | None, last: date | None) -> None:
    with pytest.raises(BadRequest):
        horizon(name, first, last)


@pytest.mark.parametrize("name", ["2027-02-28_2027-01-04", "2027-01-04_", "_", "../x"])
def test_a_name_is_a_quarter_or_two_days(name: str) -> None:
    with pytest.raises(BadRequest, match="not a quarter"):
        named(name)


def test_the_quarter_of_a_day() -> None:
    assert quarter_on(date(2027, 3, 31)) == "2027-Q1"
    assert quarter_on(date(2027, 4, 1)) == "2027-Q2"
    assert quarter_after(date(2026, 12, 31)) == "2027-Q1"
    assert quarter_after(date(2027, 1, 1)) == "2027-Q2"


def test_the_next_quarter_to_plan_is_the_first_that_nothing_published_touches() -> None:
    today = date(2026, 12, 15)
    assert next_to_plan((), today)[0] == "2026-Q4"
    rotations = [rotation("2026-Q4"), rotation("2027-Q1", published=False)]
    assert next_to_plan(rotations, today)[0] == "2027-Q1"


def test_without_a_name_today_decides_and_else_the_newest() -> None:
    rotations = [rotation("2026-Q4"), rotation("2027-Q1")]
    assert chosen(rotations, None, date(2026, 12, 31)).name == "2026-Q4"
    assert chosen(rotations, None, date(2027, 8, 1)).name == "2027-Q1"
    assert chosen(rotations, "2027-Q1", date(2026, 12, 31)).name == "2027-Q1"


def test_what_is_not_there_is_said() -> None:
    with pytest.raises(Refused, match="Nothing is planned yet"):
        chosen((), None, JAN_4)
    with pytest.raises(BadRequest, match="There are: 2026-Q4"):
        chosen([rotation("2026-Q4")], "2027-Q1", JAN_4)
    with pytest.raises(BadRequest, match="not a quarter"):
        chosen([rotation("2026-Q4")], "spring", JAN_4)
