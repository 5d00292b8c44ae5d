"""Amounts, lengths and times mean what a person would take them to mean."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from scheduler.files.efforts import Effort, EffortEntry
from scheduler.files.words import Id, Length, Percent, Work, WorkingHours


@pytest.mark.parametrize(
    ("kind", "written", "meant"),
    [
        (Work, "6h", 360),
        (Work, 6, 360),
        (Work, 1.5, 90),
        (Work, "1.5h", 90),
        (Work, "90m", 90),
        (Work, "1h30m", 90),
        (Work, "1h 30m", 90),
        (Work, 0, 0),
        (Length, "3d", 3),
        (Length, "2w", 14),
        (Length, 5, 5),
        (Length, "-1w", -7),
        (Percent, "40%", 40),
        (Percent, 40, 40),
        (Percent, "40 %", 40),
        (Id, 7, "7"),
        (EffortEntry, "4h", Effort(240)),
        (EffortEntry, 4, Effort(240)),
        (EffortEntry, 0, Effort()),
        (EffortEntry, "1h/day", Effort(weekly=300)),
        (EffortEntry, "5h / week", Effort(weekly=300)),
        (EffortEntry, "90m/week", Effort(weekly=90)),
        (EffortEntry, "24h/day", Effort(weekly=7200)),
    ],
)
def test_meaning(kind: Any, written: object, meant: object) -> None:
    assert TypeAdapter(kind).validate_python(written) == meant


@pytest.mark.parametrize(
    ("kind", "written"),
    [
        (Work, "6"[:0]),
        (Work, "h"),
        (Work, "6 hours"),
        (Work, "-6h"),
        (Work, True),
        (Work, None),
        (Work, [6]),
        (Work, "30m1h"),
        (Length, "2weeks"),
        (Length, 1.5),
        (Length, True),
        (Percent, "4.5%"),
        (Percent, "-4%"),
        (WorkingHours, "09:00"),
        (WorkingHours, "24:00-08:00"),
        (EffortEntry, "1h/month"),
        (EffortEntry, "/day"),
        (EffortEntry, "an hour/day"),
        (EffortEntry, "25h/day"),
        (EffortEntry, "169h/week"),
        (EffortEntry, True),
        (EffortEntry, None),
        (Id, ""),
        (Id, "../x"),
        (Id, "é"),
        (Id, "a\n"),
        (Id, True),
        (Id, "x" * 81),
    ],
)
def test_nonsense_is_refused(kind: Any, written: object) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(kind).validate_python(written)


def test_hours_around_the_clock() -> None:
    hours = TypeAdapter(WorkingHours).validate_python("00:00-24:00")
    assert hours.start == hours.end


@given(st.integers(0, 9999), st.integers(0, 59))
def test_every_amount_of_work(hours: int, minutes: int) -> None:
    assert TypeAdapter(Work).validate_python(f"{hours}h{minutes}m") == 60 * hours + minutes
