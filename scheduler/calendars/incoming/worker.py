"""The process in which a calendar is read: it may use so much time and memory, and no more.

``python -m scheduler.calendars.incoming.worker`` reads a line of JSON and then the calendar from
standard input, and writes a line of JSON. Whatever goes wrong in here goes wrong in here alone.
"""

from __future__ import annotations

import json
import resource
import sys
from datetime import date, time
from typing import Any


def main() -> None:
    """Read one calendar."""
    job = json.loads(sys.stdin.buffer.readline())
    _limit(job.pop("seconds"), job.pop("memory"))
    answer = _read(job, sys.stdin.buffer.read())
    sys.stdout.write(json.dumps(answer))


def _limit(seconds: int, memory: int) -> None:
    """Bound this process, with so many seconds of a processor and bytes of memory. macOS knows
    some of these limits and does not keep them; there the clock of the parent has the last word."""
    for what, most in (
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
    ):
        try:
            resource.setrlimit(what, (most, most))
        except (ValueError, OSError):
            continue


def _read(job: dict[str, Any], content: bytes) -> dict[str, Any]:
    # Only now, so that their memory and time are within the bounds.
    from scheduler.calendars.incoming.days import days_away
    from scheduler.calendars.incoming.trouble import Trouble
    from scheduler.domain.people import Hours
    from scheduler.domain.span import Span
    from scheduler.domain.time_away import CalendarSource, Counts

    window = Span(*map(date.fromisoformat, job.pop("window")))
    hours = job.pop("hours")
    source = CalendarSource(
        hours=Hours(*map(time.fromisoformat, hours)) if hours else None,
        counts=Counts(**{**job.pop("counts")}),
        **job,
    )
    try:
        days, notes = days_away(content, source, window)
    except Trouble as trouble:
        return {"trouble": str(trouble)}
    except MemoryError:
        return {"trouble": TOO_MUCH_MEMORY}
    except RecursionError:
        return {"trouble": "is nested too deeply to be a calendar"}
    return {"days": sorted(day.isoformat() for day in days), "notes": notes}


TOO_MUCH_MEMORY = "needs more memory than a calendar should"


if __name__ == "__main__":
    main()
