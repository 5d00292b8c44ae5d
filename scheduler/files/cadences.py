"""The cadence of a duty as people write it: a word, or a few keys."""

import re
from datetime import timedelta
from itertools import pairwise
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from scheduler.domain.cadence import (
    EPOCH,
    Cadence,
    EveryMonths,
    EveryWeekday,
    EveryWeeks,
    OnDates,
)
from scheduler.files.milestones import ByMilestones
from scheduler.files.recurrence import Recurring
from scheduler.files.shape import AtKey
from scheduler.files.suggest import did_you_mean, quoted
from scheduler.files.words import WEEKDAYS, Day, DaysOrDay, Entries, Shape, Weekday, standing

_WORDS: dict[str, dict[str, str]] = {
    "weekdays": {"every": "weekday"},
    "weekly": {"every": "week"},
    "monthly": {"every": "month"},
}
_NTH = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "last": -1}
_MONTHS = {"month": 1, "quarter": 3, "year": 12}
# A decade; a fifth Monday that comes round less often than that may never come.
_MOST_MONTHS = 120
# A date this much before the one above it has the wrong year; a smaller step is only untidy.
_WRONG_YEAR = timedelta(days=180)


class Every(Shape):
    """A cadence that goes on and on."""

    every: str | int | Annotated[Entries[Weekday], Field(min_length=1)] = Field(
        examples=["weekday", "week", "2 weeks", "month", "3 months", ["tue", "thu"]]
    )
    on: str | int | None = Field(None, examples=["monday", "first day", "last friday", 15])
    from_: Day | None = Field(
        None,
        alias="from",
        description="counts weeks or months from here, so that they stay in step",
    )

    @model_validator(mode="after")
    def _understood(self) -> Self:
        self.cadence(None)
        return self

    def cadence(self, weekday: int | None) -> Cadence:
        """The domain's cadence; ``weekday`` is when the duty hands over, if that is said."""
        if isinstance(self.every, list):
            self._refuse_on()
            return EveryWeekday(tuple(sorted({weekday for _, weekday in standing(self.every)})))
        number, unit = self._step(str(self.every))
        if unit in ("day", "weekday") or unit in WEEKDAYS:
            self._refuse_on()
            days = {"day": tuple(range(7)), "weekday": tuple(range(5))}
            return EveryWeekday(days[unit] if unit in days else (WEEKDAYS.index(unit),))
        if unit == "week":
            anchor = self.from_ or EPOCH
            return EveryWeeks(number, self._weekday(weekday), anchor)
        return self._months(number * _MONTHS[unit])

    def _step(self, word: str) -> tuple[int, str]:
        found = re.fullmatch(r"(?:(\d{1,2}) )?([a-z]+?)s?", word.lower().strip())
        unit = found[2] if found else ""
        number = int(found[1]) if found and found[1] else 1
        if unit == "week" or unit in _MONTHS:
            known = 0 < number * _MONTHS.get(unit, 1) <= _MOST_MONTHS
        else:
            known = number == 1 and unit in ("day", "weekday", *WEEKDAYS)
        if known:
            return number, unit
        hint = did_you_mean(word, ["day", "weekday", "week", *_MONTHS, *WEEKDAYS])
        remedy = hint or "; write weekday, week, 2 weeks, month, 3 months or [tue, thu]"
        raise AtKey(f"{quoted(word)} is no step that a duty can repeat in{remedy}", "every")

    def _refuse_on(self) -> None:
        if self.on is not None:
            raise AtKey('"on" is only for weeks and months; delete it', "on")

    def _weekday(self, weekday: int | None) -> int:
        if self.on is None:
            return self.from_.weekday() if self.from_ else weekday or 0
        word = str(self.on).lower()
        for number, name in enumerate(WEEKDAYS):
            if word in (name, name[:3]):
                return number
        raise AtKey(f"{quoted(str(self.on))} is not a weekday{did_you_mean(word, WEEKDAYS)}", "on")

    def _months(self, every: int) -> EveryMonths:
        nth, weekday = self._day_of_month()
        return EveryMonths(every, nth, weekday, self.from_ or EPOCH)

    def _day_of_month(self) -> tuple[int, int | None]:
        if self.on is None:
            return 1, None
        word = " ".join(str(self.on).lower().split())
        if word.isdecimal() and 1 <= int(word) <= 31:
            return int(word), None
        place, _, day = word.partition(" ")
        if place in _NTH and day == "day" and place in ("first", "last"):
            return _NTH[place], None
        for number, name in enumerate(WEEKDAYS):
            if place in _NTH and day in (name, name[:3]):
                return _NTH[place], number
        known = [f"{nth} {name}" for nth in _NTH for name in (*WEEKDAYS, "day")]
        remedy = did_you_mean(word, known) or (
            "; write first monday, last friday, first day, last day or a number from 1 to 31"
        )
        raise AtKey(f"{quoted(str(self.on))} is no day of a month{remedy}", "on")


class Dates(Shape):
    """A cadence of stated days or spans."""

    dates: Annotated[Entries[DaysOrDay], Field(min_length=1)]

    @model_validator(mode="after")
    def _years_in_order(self) -> Self:
        for (_, one), (index, other) in pairwise(standing(self.dates)):
            if one.first - other.first > _WRONG_YEAR:
                raise AtKey(
                    f"{other.first} comes long before the date above it ({one.first}); correct the"
                    " year of one of them, or put them in order",
                    "dates",
                    index,
                )
        seen = set()
        for index, days in standing(self.dates):
            if days.first in seen:
                raise AtKey(f"{days.first} is here twice; delete one of them", "dates", index)
            seen.add(days.first)
        return self

    def cadence(self, weekday: int | None) -> Cadence:
        """The domain's cadence."""
        return OnDates(tuple(days.span for _, days in standing(self.dates)))


class Once(Shape):
    """A task to do once, within a window."""

    once: DaysOrDay

    def cadence(self, weekday: int | None) -> Cadence:
        """The domain's cadence."""
        return OnDates((self.once.span,))


def _spelt_out(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if value.lower() not in _WORDS:
        remedy = did_you_mean(value, _WORDS)
        remedy = remedy or f"; write {', '.join(_WORDS)}, or keys such as every: 2 weeks"
        raise ValueError(f"{quoted(value)} is not a cadence{remedy}")
    return _WORDS[value.lower()]


_Keys = Every | Dates | Once | Recurring | ByMilestones
CadenceShape = Annotated[
    _Keys,
    BeforeValidator(
        _spelt_out, json_schema_input_type=Literal["weekdays", "weekly", "monthly"] | _Keys
    ),
]
