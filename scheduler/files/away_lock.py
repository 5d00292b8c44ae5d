"""away.lock.yaml: the days away that were read from calendars, and nothing else of them."""

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

from pydantic import Field

from scheduler.domain.time_away import Reading
from scheduler.files.located import Data
from scheduler.files.plain_text import visible
from scheduler.files.store import write_whole
from scheduler.files.words import DaysOrDay, Entries, Id, Instant, Line, Shape, standing, whole

LOCK_FILE = "away.lock.yaml"
STAND_INS: dict[str, Data] = {"schema": 1, "member": "nobody", "source": "?", "asked": "?"}
_HEAD = """\
# Written by `rota calendars`: days away, as the calendars that roster.yaml names told them.
# Planning reads these days, and never the calendars themselves.
"""


class ReadingShape(Shape):
    """What one calendar told about one member."""

    member: Id
    source: Line = Field(description="the calendar; of a web address only the host")
    asked: Line = Field(description="changes with what the roster says about the calendar")
    read: Instant
    tried: Instant | None = Field(None, description="when it could not be read again")
    away: Entries[DaysOrDay] = Field([])


class AwayLockShape(Shape):
    """Days away as they were read from calendars."""

    version: Annotated[int, whole(1, 1)] = Field(1, alias="schema")
    calendars: Entries[ReadingShape] = Field([])


def readings_of(shape: AwayLockShape | None) -> tuple[Reading, ...]:
    """The readings, in the order of the file."""
    return tuple(_reading(entry) for _, entry in standing(shape.calendars)) if shape else ()


def _reading(shape: ReadingShape) -> Reading:
    away = tuple(days.span for _, days in standing(shape.away))
    return Reading(shape.member, shape.source, shape.asked, shape.read, away, shape.tried)


def write_away_lock(folder: Path, readings: Iterable[Reading]) -> bool:
    """Write the readings, in an order that does not change; returns whether the file changed.

    Raises:
        Refused: the disk does not take it.
    """
    return write_whole(folder / LOCK_FILE, written_lock(readings).encode())


def written_lock(readings: Iterable[Reading]) -> str:
    """The text of the file."""
    ordered = sorted(readings, key=lambda reading: (reading.member, reading.source, reading.asked))
    lines = [line for reading in ordered for line in _lines(reading)]
    head = "schema: 1\ncalendars:\n" if lines else "schema: 1\ncalendars: []\n"
    return _HEAD + head + "".join(f"{line}\n" for line in lines)


def _lines(reading: Reading) -> Iterator[str]:
    # JSON's quotes are YAML's double quotes.
    yield f"  - member: {json.dumps(reading.member)}"
    yield f"    source: {json.dumps(visible(reading.source), ensure_ascii=False)}"
    yield f"    asked: {json.dumps(reading.asked)}"
    yield f'    read: "{_moment(reading.read)}"'
    if reading.tried is not None:
        yield f'    tried: "{_moment(reading.tried)}"'
    yield "    away:" if reading.away else "    away: []"
    yield from (f"      - {{first: {span.first}, last: {span.last}}}" for span in reading.away)


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).replace(microsecond=0).isoformat().replace("+00:00", "Z")
