"""A quarter of forty members, published without solving: everybody in turn."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import cycle
from pathlib import Path

from scheduler.domain.change import Entry, Kind, Move, next_id
from scheduler.domain.changing import Words, apply
from scheduler.domain.rotation import Placed, Rotation
from scheduler.domain.span import Span
from scheduler.files import read_rotations, write_rotation

PUBLISHED = datetime(2026, 12, 21, 9, tzinfo=UTC)
START = PUBLISHED - timedelta(days=1)
MEMBERS = tuple(f"m{number:02}" for number in range(40))
ZONES = ("UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "America/Los_Angeles")
DUTIES = ("triage", "review", "ci")
_MONDAY, _WEEKS = date(2027, 1, 4), 12


def user(member: str) -> str:
    """The id of a member at Slack."""
    return f"U0{member.upper()}000"


def write(folder: Path, people: Sequence[str] = MEMBERS) -> Rotation:
    """Write the roster and its published rotation."""
    folder.mkdir(parents=True)
    members = "\n".join(
        f"  - {{id: {m}, name: Member {m}, budget: 8h, slack: {user(m)}, timezone: {zone}}}"
        for m, zone in zip(people, cycle(ZONES), strict=False)
    )
    folder.joinpath("roster.yaml").write_text(
        "team: Forty\ninstallation: 0b8f3e7c-5b0a-4b43-9f0e-0d9c6a4d1f40\n"
        f"slack: {{channel: '#team'}}\nmembers:\n{members}\n"
    )
    duties = "\n".join(
        f"  - {{id: {d}, name: {d.title()}, kind: care, why: It matters, cadence: weekly, "
        f"effort: 3h, channel: '#{d}', seats: [lead]}}"
        for d in DUTIES
    )
    folder.joinpath("duties.yaml").write_text(f"duties:\n{duties}\n")
    rotation = _rotation(people)
    write_rotation(folder, rotation)
    return rotation


def _rotation(people: Sequence[str]) -> Rotation:
    """Everybody has a turn at least; where there are many people, a shift has many seats."""
    weeks = [_MONDAY + timedelta(weeks=week) for week in range(_WEEKS)]
    shifts = [(monday, duty) for monday in weeks for duty in DUTIES]
    seats = ["lead", *(f"seat-{number}" for number in range(1, len(people) // len(shifts)))]
    turn = cycle(people)
    placed = tuple(
        _seat(monday, duty, seat, next(turn)) for seat in seats for monday, duty in shifts
    )
    return Rotation(
        team="Forty",
        name="2027-Q1",
        horizon=Span(date(2027, 1, 1), date(2027, 4, 1)),
        placed=placed,
        tiers=(),
        shares=(),
        inputs="sha256:0",
        version="0",
        seed=0,
        published=PUBLISHED,
    )


def _seat(monday: date, duty: str, seat: str, member: str) -> Placed:
    return Placed(
        shift=f"{duty}@{monday}",
        seat=seat,
        duty=duty,
        upstream="",
        role="lead",
        span=Span(monday, monday + timedelta(days=7)),
        start=None,
        end=None,
        effort=180,
        must=False,
        member=member,
        why="It is their turn.",
    )


def exchange(folder: Path, at: datetime) -> None:
    """The holders of the next turn of one duty and of the last turn of another change places."""
    (rotation,) = read_rotations(folder)
    coming = [p for p in rotation.placed if p.span.first > at.date()]
    if len(coming) < 2 or coming[0].member == coming[-1].member:
        return
    one, other = coming[0], coming[-1]
    moves = (
        Move(one.shift, one.seat, one.member, other.member),
        Move(other.shift, other.seat, other.member, one.member),
    )
    entry = Entry(next_id(rotation.changes), Kind.swap, at, one.member, moves)
    why = Words({move.key: "They swapped." for move in moves}, {})
    write_rotation(folder, apply(rotation, entry, why))
