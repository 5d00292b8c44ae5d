"""What is said of a plan: its tables, what became of it, and the command that goes on from here."""

from pathlib import Path
from typing import TYPE_CHECKING

from scheduler.cli import screen
from scheduler.cli.words import quoted, roster_of

if TYPE_CHECKING:
    from scheduler.actions.plan import Planned, Request


def report(planned: "Planned") -> None:
    """The plan in tables, and what there is to say of it."""
    from scheduler.reports.overview import overview

    width = screen.console().width
    screen.show(overview(planned.rotation, roster_of(planned.team), width))
    screen.say()
    for note in planned.notes:
        screen.say(f"Note: {note}", style="yellow")


def follow_up(folder: Path, planned: "Planned", request: "Request") -> None:
    """What became of the plan, and the command that goes on from here."""
    name, path = planned.rotation.name, planned.path
    if planned.stood:
        screen.say(f"Nothing has changed since the draft was made: {path} stands as it is.")
    elif planned.before is not None:
        screen.say(_difference(planned))
    if planned.stood or request.write:
        if planned.written:
            screen.say(f"Wrote {path}.")
        screen.say("When it is right, make it final:")
        screen.copyable(f"rota publish {quoted(folder)} --quarter {name}")
    else:
        screen.say("This was a dry run: nothing was written. Keep the plan as a draft:")
        screen.copyable(f"rota plan {quoted(folder)} {_days(request)} --write")


def _difference(planned: "Planned") -> str:
    from scheduler.review.compare import compare
    from scheduler.review.wording import counted

    comparison = compare(planned.before, planned.rotation)
    moved, filled = counted(len(comparison.moved), "turn"), counted(len(comparison.filled), "seat")
    return f"Against the draft before, {moved} moved and {filled} newly filled."


def _days(request: "Request") -> str:
    if "_" in request.name:
        return f"--from {request.horizon.first} --to {request.horizon.last}"
    return f"--quarter {request.name}"
