"""``rota plan``"""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scheduler.cli import options, screen
from scheduler.cli.words import quoted, roster_of

if TYPE_CHECKING:
    from scheduler.actions.plan import Planned, Request


def plan(
    roster: options.Roster,
    quarter: options.Quarter = None,
    first: Annotated[
        date | None,
        typer.Option("--from", metavar="DATE", parser=options.a_date, help="First day to plan."),
    ] = None,
    last: Annotated[
        date | None,
        typer.Option("--to", metavar="DATE", parser=options.a_date, help="Last day to plan."),
    ] = None,
    write: Annotated[
        bool, typer.Option("--write", "-w", help="Keep the plan as a draft in ROSTER/rotations.")
    ] = False,
    fresh: Annotated[
        bool, typer.Option("--fresh", help="Ignore the draft that is there, but for its pins.")
    ] = False,
    time: Annotated[
        float | None,
        typer.Option(
            "--time", metavar="TIME", parser=options.a_time, help="Stop after a time such as 30s."
        ),
    ] = None,
    seed: Annotated[
        int, typer.Option("--seed", min=0, max=2**31 - 1, help="Another seed, another search.")
    ] = 0,
    quiet: Annotated[bool, typer.Option("--quiet", help="Show no progress.")] = False,
    json: options.Json = False,
) -> None:
    """Plan a quarter, or any days. Writes nothing without --write.

    Ctrl-C ends the search and keeps the best plan found so far.
    """
    from scheduler.actions.horizon import horizon

    name, days = horizon(quarter, first, last)
    from scheduler.actions.plan import Request
    from scheduler.reports.document import document

    request = Request(name, days, write, fresh, time, seed)
    planned = _run(roster, request, quiet=quiet or json)
    if json:
        screen.as_json(document(planned.rotation))
        return
    _report(planned)
    _next(roster, planned, request)


def _run(folder: Path, request: "Request", *, quiet: bool) -> "Planned":
    from scheduler.actions.plan import Interrupt
    from scheduler.actions.plan import plan as action
    from scheduler.cli.progress import progress, stops

    interrupt = Interrupt()
    with stops(interrupt.set), progress(quiet=quiet) as watch:
        return action(folder, request, watch=watch, interrupt=interrupt)


def _report(planned: "Planned") -> None:
    from scheduler.reports.overview import overview

    width = screen.console().width
    screen.show(overview(planned.rotation, roster_of(planned.team), width))
    screen.say()
    for note in planned.notes:
        screen.say(f"Note: {note}", style="yellow")


def _next(folder: Path, planned: "Planned", request: "Request") -> None:
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
    from scheduler.reports.wording import counted
    from scheduler.review.compare import compare

    comparison = compare(planned.before, planned.rotation)
    moved, filled = counted(len(comparison.moved), "turn"), counted(len(comparison.filled), "seat")
    return f"Against the draft before, {moved} moved and {filled} newly filled."


def _days(request: "Request") -> str:
    if "_" in request.name:
        return f"--from {request.horizon.first} --to {request.horizon.last}"
    return f"--quarter {request.name}"
