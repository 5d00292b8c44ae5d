"""``rota replan``"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scheduler.cli import changing, options, screen
from scheduler.cli.words import quoted, roster_of

if TYPE_CHECKING:
    from scheduler.actions.replan import Replanned, Request


def replan(
    roster: options.Roster,
    quarter: options.Rotation = None,
    today: options.Today = None,
    at_most: Annotated[
        int | None,
        typer.Option("--at-most", metavar="N", min=0, help="Published turns that may move."),
    ] = None,
    spend: Annotated[
        int,
        typer.Option(
            "--spend", metavar="N", min=0, max=20, help="More that may move, for fairness."
        ),
    ] = 0,
    by: changing.By = None,
    write: changing.Write = False,
    force: Annotated[
        bool, typer.Option("--force", help="Move more turns than policy.yaml allows at once.")
    ] = False,
    time: options.Time = None,
    quiet: options.Quiet = False,
    json: options.Json = False,
) -> None:
    """Bring a published rotation up to date.

    After leave, a joiner, a leaver or a moved date: as few turns move as can be. --spend 2 lets
    two more move so that the load is even. Writes nothing without --write.
    """
    from scheduler.actions.replan import Request
    from scheduler.cli.clock import now

    moment = now()
    request = Request(
        today=today or moment.date(),
        now=moment.replace(microsecond=0),
        name=quarter,
        at_most=at_most,
        spend=spend,
        by=by or "",
        write=write,
        force=force,
        seconds=time,
    )
    done = _run(roster, request, quiet=quiet or json)
    if json:
        from scheduler.reports.document import document

        screen.as_json(document(done.rotation))
        return
    _report(done)
    _next(roster, done, request)


def _run(folder: Path, request: "Request", *, quiet: bool) -> "Replanned":
    from scheduler.actions.plan import Interrupt
    from scheduler.actions.replan import replan as action
    from scheduler.cli.progress import progress, stops

    interrupt = Interrupt()
    with stops(interrupt.set), progress(quiet=quiet) as watch:
        return action(folder, request, watch=watch, interrupt=interrupt)


def _report(done: "Replanned") -> None:
    from scheduler.reports.changes import ladder
    from scheduler.reports.difference import Sides, as_text
    from scheduler.reports.overview import tiers

    entries = done.rotation.changes[len(done.before.changes) :]
    roster = roster_of(done.team)
    sides = Sides(done.rotation.name, done.before, done.rotation, done.changes, entries, roster)
    screen.show(as_text(sides, by_duty=True))
    screen.say()
    screen.show(tiers(done.outcome.tiers))
    if len(done.steps) > 1:
        screen.say()
        screen.show(ladder(done.steps))
    if done.beyond is not None:
        screen.say()
        screen.say("Without the limit on moved turns:")
        screen.show(tiers(done.beyond.tiers))


def _next(folder: Path, done: "Replanned", request: "Request") -> None:
    screen.say()
    if done.idle and not request.spend:
        names = ", ".join(roster_of(done.team).name(member) for member in done.idle)
        screen.say(
            f"Without a turn: {names}. What is published stays; to let two more turns move for the "
            "sake of fairness, and see what each of them buys:"
        )
        quarter = f"--quarter {done.before.name}"
        screen.copyable(f"rota replan {quoted(folder)} {quarter} --spend 2")
    if done.written:
        screen.say(f"Wrote {done.path}. Commit it, and write the calendars:")
        screen.copyable(f"rota feeds {quoted(folder)} --out feeds")
    elif done.rotation == done.before:
        screen.say(f"Nothing has to change: {done.path} stands as it is.")
    elif not request.write:
        screen.say("This was a dry run: nothing was written. Add --write to make it.")
