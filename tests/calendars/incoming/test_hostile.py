"""Calendars made to hurt: each is told with its reason or read right, and hurts no other."""

import random
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from scheduler.calendars.incoming import Outside, Told, bounded, read_sources
from scheduler.domain.time_away import CalendarSource, Counts
from tests.calendars.incoming.ics import WINDOW, day, ics

ALL = Counts()
NOW = datetime(2027, 1, 4, tzinfo=UTC)
SOUND = "UID:sound|DTSTART;VALUE=DATE:20270301|SUMMARY:Leave"
SOUND_DAY = date(2027, 3, 1)
OTHERS = [
    day(1, "RRULE:FREQ=WEEKLY;COUNT=9", "EXDATE;VALUE=DATE:20270208", "SUMMARY:Täglich"),
    "UID:2-1|RECURRENCE-ID;VALUE=DATE:20270215|DTSTART;VALUE=DATE:20270216",
    "UID:t|DTSTART;TZID=Europe/Berlin:20270202T090000|DURATION:PT9H|RRULE:FREQ=MONTHLY;BYDAY=2TU",
    "UID:r|DTSTART:20270203T000000Z|RDATE:20270204T000000Z,20270205T000000Z|CATEGORIES:A,B",
]
WORDS = [b"BEGIN:", b"END:", b"VEVENT", b";", b":", b"\r\n", b"\n ", b"RRULE:FREQ=SECONDLY",
         b"INTERVAL=0", b"COUNT=-1", b"99999999", b"\xff", b"\0", b'"', b"TZID=Nowhere/Here",
         b"UNTIL=20270230", b"VALUE=PERIOD", b"BYDAY=9MO", b"P1W", b"T250000Z"]  # fmt: skip


def read(folder: Path, contents: list[bytes], counts: Counts = ALL) -> tuple[Told, ...]:
    for number, content in enumerate(contents):
        folder.joinpath(f"{number}.ics").write_bytes(content)
    sources = [
        CalendarSource("ana", f"{number}.ics", "Europe/Berlin", None, counts)
        for number in range(len(contents))
    ]
    return read_sources(sources, folder, WINDOW, NOW, Outside(folder / "copies"))


def days(told: Told) -> set[date]:
    return {day for span in told.away or () for day in span}


# ---------------------------------------------------------------------------------------- mutated


def mutated(chance: random.Random) -> bytes:
    """A calendar that is spoilt somewhere behind its first event."""
    content = ics(SOUND, *OTHERS)
    start = content.index(b"END:VEVENT") + len(b"END:VEVENT\r\n")
    head, rest = content[:start], bytearray(content[start:])
    for _ in range(chance.randint(1, 6)):
        chance.choice(SPOILS)(rest, chance)
    return head + bytes(rest)


def _swap(text: bytearray, chance: random.Random) -> None:
    if text:
        text[chance.randrange(len(text))] = chance.randrange(256)


def _insert(text: bytearray, chance: random.Random) -> None:
    place = chance.randint(0, len(text))
    text[place:place] = chance.choice(WORDS)


def _cut(text: bytearray, chance: random.Random) -> None:
    place = chance.randint(0, len(text))
    del text[place : place + chance.randint(1, 60)]


def _repeat(text: bytearray, chance: random.Random) -> None:
    place = chance.randint(0, len(text))
    text[place:place] = text[place : place + 80] * chance.randint(1, 20)


def _end(text: bytearray, chance: random.Random) -> None:
    del text[chance.randint(0, len(text)) :]


SPOILS: list[Callable[[bytearray, random.Random], None]] = [_swap, _insert, _cut, _repeat, _end]


def test_two_hundred_spoilt_calendars_are_told_or_read_right(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bounded, "SECONDS", 4)
    chance = random.Random(2027)
    told = read(tmp_path, [mutated(chance) for _ in range(200)])
    assert len(told) == 200
    for one in told:
        # The first event is whole: whoever can read the calendar at all sees it.
        assert one.trouble or SOUND_DAY in days(one), one.source.name
        assert (one.away is None) == bool(one.trouble)
    assert sum(not one.trouble for one in told) > 20
    assert sum(bool(one.trouble or one.notes) for one in told) > 20


# ---------------------------------------------------------------------------- made to run for ever

LONG_TITLE = ics(day(1, f"SUMMARY:{'a' * 40}!"))
LONG_AGO = ics(*(f"UID:{n}|DTSTART;VALUE=DATE:00010101|RRULE:FREQ=DAILY" for n in range(50)))


@pytest.mark.parametrize(
    ("content", "counts"),
    [
        (LONG_TITLE, Counts(title="(a+)+$")),
        (LONG_AGO, ALL),
    ],
    ids=["pattern", "rules from year one"],
)
def test_what_would_run_for_ever_is_ended_and_the_others_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes, counts: Counts
) -> None:
    monkeypatch.setattr(bounded, "SECONDS", 3)
    hostile, sound = read(tmp_path, [content, ics(SOUND)], counts)
    assert hostile.away is None
    assert hostile.trouble.startswith("takes too long to work out")
    assert not sound.trouble


def test_too_much_memory_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = ics(SOUND, *(f"UID:{n}|DTSTART:20270104T090000Z" for n in range(150_000)))
    assert len(content) < 10_000_000
    monkeypatch.setattr(bounded, "MEMORY", 150_000_000)
    (told,) = read(tmp_path, [content])
    assert told.trouble == "needs more memory than a calendar should"


def test_a_line_of_ten_megabytes_is_read(tmp_path: Path) -> None:
    (told,) = read(tmp_path, [ics(f"{SOUND}|DESCRIPTION:{'x' * 9_900_000}")])
    assert days(told) == {SOUND_DAY}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"BEGIN:VCALENDAR\r\n" + b"x" * 10_000_000, "is larger than 10 MB"),
        (b"BEGIN:VCALENDAR\r\n" + b"BEGIN:VEVENT\r\n" * 300_000, "nested too deeply"),
        (bytes(1000), "NUL bytes"),
    ],
)
def test_the_rest_is_told_at_once(tmp_path: Path, content: bytes, said: str) -> None:
    (told,) = read(tmp_path, [content])
    assert told.away is None
    assert said in told.trouble


def test_a_file_that_is_none(tmp_path: Path) -> None:
    tmp_path.joinpath("folder").mkdir()
    sources = [CalendarSource("ana", name) for name in ("folder", "gone.ics", "a\0b")]
    told = read_sources(sources, tmp_path, WINDOW, NOW, Outside(tmp_path / "copies"))
    assert [one.trouble.partition(":")[0] for one in told] == [
        "is no file",
        "is not there",
        "may not be read",
    ]
