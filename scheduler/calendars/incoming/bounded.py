"""Reads a calendar in a process of its own, which is ended when it takes too long."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

import scheduler
from scheduler.calendars.incoming.trouble import Trouble
from scheduler.calendars.incoming.worker import TOO_MUCH_MEMORY
from scheduler.domain.span import Span
from scheduler.domain.time_away import CalendarSource, spans_of

SECONDS = 10
"""Of a processor; by the clock twice as many, for where the machine is busy or does not keep to
the limit."""
MEMORY = 1 << 30
"""Bytes."""
_TOO_LONG = "takes too long to work out: a rule or the pattern for titles asks for too much"
_COMMAND = (sys.executable, "-P", "-m", "scheduler.calendars.incoming.worker")


@dataclass(frozen=True, slots=True)
class Days:
    """Days away, and sentences about events that were passed over."""

    away: tuple[Span, ...]
    notes: tuple[str, ...] = ()


def read_bounded(content: bytes, source: CalendarSource, window: Span) -> Days:
    """The days of a window on which a calendar says that its member is away.

    Raises:
        Trouble: this is no calendar, or reading it takes more than a worker may use.
    """
    try:
        done = subprocess.run(
            _COMMAND,
            input=_job(source, window) + b"\n" + content,
            capture_output=True,
            timeout=2 * SECONDS,
            # What the environment holds is no business of a calendar.
            env={"PYTHONPATH": str(Path(scheduler.__file__).parents[1]), "PYTHONUTF8": "1"},
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise Trouble(_TOO_LONG) from error
    if done.returncode in (-signal.SIGXCPU, -signal.SIGKILL):
        raise Trouble(_TOO_LONG)
    if done.returncode != 0:
        # Python's last words may quote the calendar: only whether memory ran out is taken of them.
        raise Trouble(TOO_MUCH_MEMORY if b"MemoryError" in done.stderr else "cannot be understood")
    answer = json.loads(done.stdout)
    if "trouble" in answer:
        raise Trouble(answer["trouble"])
    days = map(date.fromisoformat, answer["days"])
    return Days(spans_of(days), tuple(answer["notes"]))


def _job(source: CalendarSource, window: Span) -> bytes:
    """What the worker has to know: all but the address, which may be secret."""
    hours = source.hours
    return json.dumps(
        {
            "member": source.member,
            "address": "",
            "timezone": source.timezone,
            "hours": [hours.start.isoformat(), hours.end.isoformat()] if hours else None,
            "counts": asdict(source.counts),
            "seconds": SECONDS,
            "memory": MEMORY,
            "window": [window.first.isoformat(), window.end.isoformat()],
        }
    ).encode()
