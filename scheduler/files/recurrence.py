"""A cadence as calendars write it: a recurrence rule of iCalendar (RFC 5545), such as
``FREQ=MONTHLY;BYDAY=2TU,4TU``."""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Annotated, Self

from dateutil.rrule import rrulestr
from pydantic import AfterValidator, Field, model_validator

from scheduler.domain.cadence import Cadence, OnDates
from scheduler.domain.span import DAY, Span
from scheduler.files.suggest import quoted
from scheduler.files.words import Day, Shape

YEARS = 20
"""How far from its first day a rule is written out."""
# Gregorian weekdays come round every 400 years, and dateutil looks for further days up to the year
# 9999: written out so late, a rule that yields nothing has ended at once.
_LATE = 400 * 19
_DAYS = ("YEARLY", "MONTHLY", "WEEKLY", "DAILY")
_PARTS = (
    *("FREQ", "INTERVAL", "COUNT", "WKST"),
    *("BYMONTH", "BYWEEKNO", "BYYEARDAY", "BYMONTHDAY", "BYDAY", "BYSETPOS"),
)


def _rule(text: str) -> str:
    parts = dict(part.partition("=")[::2] for part in text.upper().split(";"))
    if "UNTIL" in parts:
        raise ValueError('write "until" of the duty in place of UNTIL')
    for part in parts:
        if part not in _PARTS:
            raise ValueError(
                f"{quoted(part)} is no part of a rule of days; known: {', '.join(_PARTS)}"
            )
    if parts.get("FREQ") not in _DAYS:
        known = ", ".join(_DAYS)
        raise ValueError(f"FREQ= should be one of {known}; for a time of day write at")
    if not re.fullmatch(r"[1-9][0-9]{0,3}", parts.get("INTERVAL", "1")):
        raise ValueError("INTERVAL should be a whole number from 1 to 9999")
    try:
        rrulestr(text, dtstart=datetime(2000 + _LATE, 1, 1))
    except (ValueError, TypeError, KeyError, IndexError) as error:
        raise ValueError(f"{quoted(text)} is not a recurrence rule: {error}") from None
    return text


class Recurring(Shape):
    """A cadence by a recurrence rule."""

    rrule: Annotated[
        str,
        Field(max_length=500, examples=["FREQ=MONTHLY;BYDAY=2TU,4TU"]),
        AfterValidator(_rule),
    ]
    from_: Day = Field(alias="from", description="the day from which the rule counts")

    @model_validator(mode="after")
    def _yields(self) -> Self:
        if next(self._days(), None) is None:
            raise ValueError(f"{quoted(self.rrule)} yields no day within {YEARS} years")
        return self

    def cadence(self, weekday: int | None) -> Cadence:
        """The domain's cadence: every shift lasts until the next one, the last one as long as the
        one before it."""
        days = list(self._days())
        spans = [Span(one, other) for one, other in pairwise(days)]
        length = spans[-1].days if spans else 1
        return OnDates((*spans, Span(days[-1], days[-1] + length * DAY)))

    def _days(self) -> Iterator[date]:
        """The days of the rule, from its first one on."""
        begin = datetime(self.from_.year + _LATE, self.from_.month, self.from_.day)
        end = begin + timedelta(days=366 * YEARS)
        for moment in rrulestr(self.rrule, dtstart=begin):
            if moment >= end:
                return
            yield date(moment.year - _LATE, moment.month, moment.day)
