"""Dates whose year is clearly wrong, seen from the other dates of a roster."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from scheduler.errors import Mistake
from scheduler.files.located import Data, Loc
from scheduler.files.parts import Part

_FAR = timedelta(days=5 * 366)
# People may have joined long ago, and a cadence may count from long ago.
_MAY_BE_OLD = ("joined", "left", "from")
_MOST_YEAR = 2100


def check_years(parts: tuple[Part[Any], ...]) -> Iterator[Mistake]:
    """Dates more than five years after the others."""
    found = [(day, loc, part) for part in parts for loc, day in _dates(part.data, ())]
    latest = _latest([day for day, loc, _ in found if loc[-1] not in _MAY_BE_OLD])
    if latest is None:
        return
    for day, loc, part in found:
        # Years past 2100 have been refused already.
        if day > latest + _FAR and day.year < _MOST_YEAR:
            sentence = f"{day} is more than five years after the other dates; correct the year"
            yield part.mistake(loc, sentence)


def _latest(days: list[date]) -> date | None:
    """The last day that does not stand apart from most others."""
    days.sort()
    for number, (one, other) in enumerate(pairwise(days), 1):
        if other - one > _FAR and number >= len(days) - number:
            return one
    return days[-1] if days else None


def _dates(data: Data, loc: Loc) -> Iterator[tuple[Loc, date]]:
    match data:
        case date():
            yield loc, data
        case dict():
            for key, value in data.items():
                yield from _dates(value, (*loc, key))
        case list():
            for index, value in enumerate(data):
                yield from _dates(value, (*loc, index))
