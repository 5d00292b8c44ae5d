"""``rota calendars``"""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from scheduler.cli import options, screen
from scheduler.cli.words import quoted

if TYPE_CHECKING:
    from scheduler.actions.read_calendars import CalendarsRead
    from scheduler.domain.time_away import Reading


def calendars(
    roster: options.Roster,
    write: Annotated[
        bool, typer.Option("--write", "-w", help="Keep the days in ROSTER/away.lock.yaml.")
    ] = False,
    json: options.Json = False,
) -> None:
    """Read time away from the calendars of members.

    Only days are shown and kept. Planning reads what was kept, never the calendars.
    """
    from scheduler.actions.read_calendars import Outside, read_calendars
    from scheduler.cli.clock import now

    outside = Outside(_copies(), dict(os.environ))
    read = read_calendars(roster, now(), outside, write=write)
    if json:
        screen.as_json(_document(read))
        return
    screen.warn(f"{trouble}." for trouble in (*read.troubles, *read.notes))
    _report(read, roster, write=write)


def _copies() -> Path:
    """Where last good copies lie: with the user, and never beside what lies in git."""
    home = os.environ.get("XDG_CACHE_HOME") or Path.home().joinpath(
        "Library/Caches" if sys.platform == "darwin" else ".cache"
    )
    return Path(home) / "rota" / "calendars"


def _report(read: "CalendarsRead", roster: Path, *, write: bool) -> None:
    from scheduler.actions.time_away import listed

    if not read.team.calendars:
        screen.say("roster.yaml names no calendar; docs/time-away.md tells how.")
    names = {member.id: member.name for member in read.team.members}
    for reading in read.readings:
        name = names.get(reading.member, reading.member)
        screen.say(f"{name} is away {listed(reading)} ({reading.source}).")
    if write:
        screen.say("Wrote away.lock.yaml." if read.written else "Nothing has changed.")
    elif read.team.calendars or read.changed:
        screen.say("This was a dry run: nothing was written. Keep the days:")
        screen.copyable(f"rota calendars {quoted(roster)} --write")


def _document(read: "CalendarsRead") -> dict[str, Any]:
    return {
        "schema": 1,
        "team": read.team.name,
        "from": read.window.first.isoformat(),
        "to": read.window.last.isoformat(),
        "calendars": [as_data(reading) for reading in read.readings],
        "troubles": list(read.troubles),
        "notes": list(read.notes),
        "changed": read.changed,
        "written": read.written,
    }


def as_data(reading: "Reading") -> dict[str, Any]:
    """What one calendar told, as docs/json.md has it."""
    return {
        "member": reading.member,
        "source": reading.source,
        "read": reading.read.isoformat(timespec="seconds"),
        "tried": reading.tried.isoformat(timespec="seconds") if reading.tried else None,
        "away": [
            {"start": span.first.isoformat(), "end": span.end.isoformat()} for span in reading.away
        ],
    }
