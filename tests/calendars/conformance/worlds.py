"""What clients are shown: the feeds of real rosters, and those that are hard to read."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import cycle
from pathlib import Path
from zoneinfo import ZoneInfo

from scheduler import calendars
from scheduler.actions.assemble import assemble
from scheduler.actions.feeds import directory as directory_of
from scheduler.actions.horizon import named
from scheduler.calendars import Directory
from scheduler.domain.change import Entry, Kind, Move
from scheduler.domain.problem import Problem
from scheduler.domain.rotation import Placed, Rotation
from scheduler.files import read_rotations, read_team, write_rotation
from tests.calendars.making import DECEMBER, call, directory, rotation, turn

ROOT = Path(__file__).parents[3]
ROSTERS = tuple(
    sorted(
        path.parent.relative_to(ROOT).as_posix()
        for path in [*ROOT.glob("examples/*/roster.yaml"), ROOT / "rosters/2i2c/roster.yaml"]
    )
)
YEAR = "2026-07-01_2027-06-30"
BASE = "https://example.org/calendars"


@dataclass(frozen=True, slots=True)
class World:
    """Published rotations and the names that go with them."""

    rotations: tuple[Rotation, ...]
    directory: Directory
    alarms: tuple[timedelta, ...] = ()
    tombstones: bool = False

    def feeds(self) -> dict[str, bytes]:
        """The feeds, as they go out."""
        return calendars.feeds(
            self.rotations,
            self.directory,
            BASE,
            alarms=self.alarms,
            tombstones=self.tombstones,
        )


# ------------------------------------------------------------------------------------- rosters


def of_roster(name: str, work: Path) -> World:
    """A roster with what it has published; where that is nothing, with a year in which its members
    take turns."""
    folder = work / "roster"
    shutil.copytree(ROOT / name, folder)
    team = read_team(folder)
    if not any(found.is_published for found in read_rotations(folder)):
        problem = assemble(team, (), named(YEAR))
        write_rotation(folder, replace(_in_turn(problem), team=team.name))
    return World(read_rotations(folder), directory_of(team))


def _in_turn(problem: Problem) -> Rotation:
    """Everybody in turn, whether they may or not, and nobody in every tenth seat."""
    holders = cycle([*(member.id for member in problem.members), ""])
    placed = tuple(
        Placed(
            shift=seat.shift.id,
            seat=seat.name,
            duty=seat.duty.id,
            upstream=seat.duty.upstream,
            role=seat.plan.role.value,
            span=seat.span,
            start=seat.shift.start,
            end=seat.shift.end,
            effort=seat.effort,
            must=seat.must,
            member=holder,
            why="It is their turn." if holder else "",
        )
        for seat, holder in zip(problem.seats, holders, strict=False)
    )
    return replace(rotation(*placed, name="2027-Q1"), name=YEAR, horizon=problem.horizon)


# --------------------------------------------------------------------------------- hard to read


CHANGES = {
    "Europe/Berlin": (date(2027, 3, 28), date(2027, 10, 31)),
    "America/New_York": (date(2027, 3, 14), date(2027, 11, 7)),
}
NAMES = (
    "Silva, Ana; the 1st",
    r"back\slash, end\ x",
    "👩🏽‍💻 Zoë 😀",
    "שרה כהן",
    "محمد (x)",
    "n" * 200,
    "名" * 200,
    "two\r\nlines\nEND:VEVENT",
    "bell\x07 and\x00 nothing\x1b[31m",
    'quote " colon : caret ^n',
    "=?utf-8?q?no?= %0A &amp; <b>",
)


def clock_changes() -> World:
    """Calls at the same local hour, and weeks, around both changes of the clock."""
    return World((rotation(*_around_changes(), name="2027-Q1"),), directory())


def _around_changes() -> Iterator[Placed]:
    for zone, changes in CHANGES.items():
        for change in changes:
            for days in range(-1, 2):
                day = change + timedelta(days=days)
                # Half past midnight lies on another day in UTC, and half past one twice on one.
                for hour in (0, 1, 9, 23):
                    local = datetime(day.year, day.month, day.day, hour, 30, tzinfo=ZoneInfo(zone))
                    start = local.astimezone(UTC)
                    held = call(start, start + timedelta(hours=1), "ana")
                    yield replace(held, shift=f"call@{day}/{zone}/{hour}")
            first = change - timedelta(days=6)
            week = turn(first.isoformat(), "ben", change.isoformat())
            yield replace(week, shift=f"triage@{first}/{zone}")


def hard_names() -> World:
    """Names with everything that iCalendar escapes, folds or forbids; Cleo has no turn."""
    members = {f"m{number}": name for number, name in enumerate(NAMES)}
    weeks = (date(2027, 1, 4) + timedelta(weeks=number) for number in range(len(NAMES)))
    placed = [turn(week.isoformat(), member) for week, member in zip(weeks, members, strict=True)]
    names = directory(
        team=NAMES[0], members={**members, "cleo": "Cleo Ito"}, upstreams={"jupyterhub": NAMES[3]}
    )
    return World((rotation(*placed),), names)


def backslashes() -> World:
    """A name that node-ical and khal misread: they take the n after a backslash for a new line."""
    names = directory(members={"ana": r"back\slash \n \N \, \; end\\"})
    return World((rotation(turn("2027-01-04", "ana"), turn("2027-01-11", "ana")),), names)


def changed_hands() -> World:
    """With alarms and tombstones: a turn that Ben took over, and one that nobody did."""
    told = datetime(2027, 1, 2, 8, 30, tzinfo=UTC)
    first = turn("2027-01-04", "ben", "2027-01-10", revision=1, revised=told)
    second = turn("2027-01-11", "", "2027-01-17", revision=1, revised=told)
    moves = (Move(*first.key, "ana", "ben"), Move(*second.key, "ana", ""))
    changes = (Entry(1, Kind.replan, told, "cleo", moves),)
    start = DECEMBER + timedelta(days=40)
    held = call(start, start + timedelta(hours=1), "ana")
    return World(
        (replace(rotation(first, second, held), changes=changes),),
        directory(),
        alarms=(timedelta(days=1), timedelta(hours=2)),
        tombstones=True,
    )


HARD = {world.__name__: world for world in (clock_changes, hard_names, changed_hands)}
