"""How people write dates, spans, amounts of work and the other small values of a roster.

Each type here reads one value. What it refuses it refuses with a sentence that shows the right
form; in the published JSON Schemas it stands with a pattern and examples.
"""

import re
from datetime import UTC, date, datetime, time
from typing import Annotated, Any, Self, TypeAlias, TypeVar
from zoneinfo import ZoneInfo

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    WithJsonSchema,
    WrapValidator,
    model_validator,
)
from pydantic_core import core_schema

from scheduler.domain.people import Hours, Level, Wish
from scheduler.domain.span import DAY, Span
from scheduler.files.kinds import MAPPING
from scheduler.files.scalars import Scalar, unquoted
from scheduler.files.shape import AtKey
from scheduler.files.suggest import did_you_mean, quoted

T = TypeVar("T")

_FIRST_YEAR, _LAST_YEAR = 2000, 2100
_LONGEST_ID = 80
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class Shape(BaseModel):
    """A mapping of a roster file: its keys are known, and no other key is allowed."""

    model_config = ConfigDict(extra="forbid", frozen=True)


# --------------------------------------------------------------------------- places left empty


class Cut:
    """Stands in a list where an entry was taken out because it was wrong."""


CUT = Cut()


def _leave_cut(value: Any, read: core_schema.ValidatorFunctionWrapHandler) -> Any:
    return value if value is CUT else read(value)


# A cut entry keeps its place, so that the places of the others stay true.
Entries: TypeAlias = list[Annotated[T, WrapValidator(_leave_cut)]]


def standing(entries: list[T]) -> list[tuple[int, T]]:
    """The entries that were not cut, each with its index in the file."""
    return [(index, entry) for index, entry in enumerate(entries) if entry is not CUT]


# ---------------------------------------------------------------------------------------- text


def _word(value: object) -> str:
    """A value as a person would write it; lists and mappings have no word."""
    if isinstance(value, list | dict) or value is None:
        raise ValueError(f"this should be a single value, not {_kind(value)}")
    return str(value).lower() if isinstance(value, bool) else str(value)


def _kind(value: object) -> str:
    match value:
        case list():
            return "a list"
        case dict():
            return MAPPING
        case _:
            return "empty"


def _id(value: object) -> object:
    # A number is no mistake in an id, and a list gets pydantic's own sentence.
    text = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
    if not isinstance(text, str):
        return value
    if not re.fullmatch(_ID, text) or len(text) > _LONGEST_ID:
        raise ValueError(
            f"{quoted(text)} is not an id; write letters, digits, dots, - and _, beginning with"
            f" a letter or digit, at most {_LONGEST_ID} of them"
        )
    return text


def _line(value: str) -> str:
    line = " ".join(value.split())
    if not line:
        raise ValueError("this text is empty; write something into it or delete the key")
    return line


_ID = "[A-Za-z0-9][A-Za-z0-9._-]*"
Id = Annotated[str, BeforeValidator(_id), Field(pattern=f"^{_ID}$", max_length=_LONGEST_ID)]
Region = Annotated[Id, AfterValidator(str.lower)]
"""In small letters: people and seats name the same one, however either writes it."""
Line = Annotated[str, AfterValidator(_line)]
"""Text on one line; line breaks and runs of blanks become one blank."""
Switch = Annotated[bool, Field(strict=True)]


def whole(least: int, most: int) -> Any:
    """A whole number within bounds; true and 1.0 are none."""
    return Field(strict=True, ge=least, le=most)


# --------------------------------------------------------------------------------------- dates


def _day(value: object) -> date:
    word = _word(value)
    try:
        day = unquoted(word)
    except ValueError:
        day = None
    if not isinstance(day, date):
        raise ValueError(f"{quoted(word)} is not a date such as 2027-01-04")
    if not _FIRST_YEAR <= day.year < _LAST_YEAR:
        raise ValueError(f"the year of {day} is clearly wrong; correct it")
    return day


Day = Annotated[date, BeforeValidator(_day)]


def _instant(value: object) -> datetime:
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise ValueError(
            f"{quoted(str(value))} is not a moment with its offset, such as 2027-01-04T16:00:00Z"
        )
    return moment.astimezone(UTC)


Instant = Annotated[
    datetime,
    BeforeValidator(_instant),
    WithJsonSchema({"type": "string", "format": "date-time"}),
]


class Days(Shape):
    """A span of days; ``first`` and ``last`` both belong to it."""

    first: Day
    last: Day

    @model_validator(mode="after")
    def _forwards(self) -> Self:
        if self.last < self.first:
            raise AtKey(f"last ({self.last}) is before first ({self.first}); swap them", "last")
        return self

    @property
    def span(self) -> Span:
        return Span(self.first, self.last + DAY)


def one_day(value: Any) -> Any:
    """Read a bare date as the span of that one day."""
    if isinstance(value, dict | list) or value is None or isinstance(value, BaseModel):
        return value
    return {"first": value, "last": value}


DaysOrDay = Annotated[Days, BeforeValidator(one_day, json_schema_input_type=Day | Days)]


# ---------------------------------------------------------------------------- amounts and times


def _schema(
    pattern: str, *examples: Scalar, number: dict[str, Any] | None = None
) -> WithJsonSchema:
    """Text of a pattern, or a ``number`` that is described like this."""
    text = {"type": "string", "pattern": f"^{pattern}$"}
    shape: dict[str, Any] = {"anyOf": [number, text]} if number else text
    return WithJsonSchema({**shape, "examples": list(examples)})


def work_minutes(value: object) -> int:
    """Minutes of work, from such as 6h, 1h30m or hours as a number. Raises ValueError."""
    word = _word(value).replace(" ", "")
    found = re.fullmatch(_WORK, word)
    if not found or isinstance(value, bool):
        raise ValueError(f"{quoted(word)} is not an amount of work such as 6h, 90m or 1h30m")
    bare, hours, minutes = (float(part) if part else 0.0 for part in found.groups())
    return round(60 * (bare + hours) + minutes)


def _length(value: object) -> int:
    word = _word(value).replace(" ", "")
    found = re.fullmatch(_LENGTH, word)
    if not found or isinstance(value, bool):
        raise ValueError(f"{quoted(word)} is not a length of time such as 3d or 2w")
    return int(found[1]) * (7 if found[2] == "w" else 1)


def _percent(value: object) -> int:
    word = _word(value).replace(" ", "")
    found = re.fullmatch(_PERCENT, word)
    if not found or isinstance(value, bool):
        raise ValueError(f"{quoted(word)} is not a percentage such as 40%")
    return int(found[1])


def _clock(value: object) -> time:
    word = _word(value)
    found = re.fullmatch(_TIME, word)
    if not found:
        raise ValueError(f'{quoted(word)} is not a time of day such as "16:00"')
    return time(int(found[1]), int(found[2]))


def _hours(value: object) -> Hours:
    word = _word(value).replace(" ", "").replace("–", "-")
    found = re.fullmatch(f"({_TIME})-({_TIME}|24:00)", word)
    if not found:
        raise ValueError(f"{quoted(word)} are not working hours such as 09:00-17:00")
    start, end = _clock(found[1]), _clock("00:00" if found[4] == "24:00" else found[4])
    if start == end and found[4] != "24:00":
        raise ValueError(
            f"{quoted(word)} leave no time to work; delete the line if any time is fine"
        )
    return Hours(start, end)


_TIME = "([01]?[0-9]|2[0-3]):([0-5][0-9])"
_WORK = r"(?:(\d{1,5}(?:\.\d+)?)|(?:(\d{1,5}(?:\.\d+)?)h)?(?:(\d{1,6})m)?)(?<=.)"
_LENGTH = r"(-?\d{1,4})([dw]?)"
_PERCENT = r"(\d{1,4})%?"

Work = Annotated[
    int,
    BeforeValidator(work_minutes),
    _schema(
        r"(\d{1,5}(\.\d+)?|(\d{1,5}(\.\d+)?h ?)(\d{1,6}m)?|\d{1,6}m)",
        "6h",
        "1h30m",
        number={"type": "number", "minimum": 0},
    ),
]
"""Minutes of work; a bare number counts hours."""
Length = Annotated[
    int,
    BeforeValidator(_length),
    _schema(r"\d{1,4} ?[dw]?", "3d", "2w", number={"type": "integer", "minimum": 0}),
]
"""Days, none or more."""
Term = Annotated[
    int,
    BeforeValidator(_length),
    _schema(r"0*[1-9]\d{0,3} ?[dw]?", "3d", "2w", number={"type": "integer", "minimum": 1}),
]
"""Days, one or more."""
Offset = Annotated[
    int,
    BeforeValidator(_length),
    _schema(r"-?\d{1,4} ?[dw]?", "1w", "-3d", number={"type": "integer"}),
]
"""Days, later or (negative) earlier."""
Percent = Annotated[
    int,
    BeforeValidator(_percent),
    _schema(r"\d{1,4} ?%?", "40%", "40", number={"type": "integer", "minimum": 0}),
]
ClockTime = Annotated[time, BeforeValidator(_clock), _schema(_TIME, "16:00")]
WorkingHours = Annotated[
    Hours, BeforeValidator(_hours), _schema(f"{_TIME} ?- ?({_TIME}|24:00)", "09:00-17:00")
]


def between(least: int, most: int, sentence: str) -> AfterValidator:
    """Refuse an amount or a length that is not between these, both allowed."""

    def check(value: int) -> int:
        if not least <= value <= most:
            raise ValueError(sentence)
        return value

    return AfterValidator(check)


# ----------------------------------------------------------------------- words from short lists


def weekday(value: object) -> int:
    """A weekday by its name or the first three letters of it, Monday = 0. Raises ValueError."""
    word = _word(value)
    lowered = word.lower()
    for number, name in enumerate(WEEKDAYS):
        if lowered in (name, name[:3]):
            return number
    known = [*WEEKDAYS, *(name[:3] for name in WEEKDAYS)]
    raise ValueError(f"{quoted(word)} is not a weekday{did_you_mean(word, known)}")


def _level(value: object) -> Level:
    word = _word(value)
    if word not in LEVELS:
        known = ", ".join(LEVELS)
        raise ValueError(f"{quoted(word)} is not one of {known}{did_you_mean(word, LEVELS)}")
    return Level[word]


def _wish(value: object) -> Wish:
    word = _word(value)
    spoken = word.replace("_", " ").replace("-", " ")
    if spoken not in WISHES:
        known = ", ".join(WISHES)
        raise ValueError(f"{quoted(word)} is not one of {known}{did_you_mean(word, WISHES)}")
    return Wish(spoken)


LEVELS = tuple(level.name for level in Level if level is not Level.none)
WISHES = tuple(wish.value for wish in Wish)

Weekday = Annotated[
    int,
    BeforeValidator(weekday),
    WithJsonSchema({"type": "string", "enum": [*WEEKDAYS, *(name[:3] for name in WEEKDAYS)]}),
]
"""Monday = 0."""
LevelName = Annotated[Level, BeforeValidator(_level), WithJsonSchema({"enum": list(LEVELS)})]
WishName = Annotated[Wish, BeforeValidator(_wish), WithJsonSchema({"enum": list(WISHES)})]
Zone = Annotated[
    ZoneInfo,
    WithJsonSchema({"type": "string", "examples": ["Europe/Berlin", "America/New_York", "UTC"]}),
]
