"""``rota whatif``"""

from datetime import UTC, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scheduler.cli import options, screen
from scheduler.cli.words import quoted, roster_of

if TYPE_CHECKING:
    from scheduler.actions.whatif import Request, WhatIf

Several = list[str] | None


def whatif(
    roster: options.Roster,
    quarter: options.Rotation = None,
    without: Annotated[
        Several, typer.Option("--without", metavar="M", help="A member leaves.")
    ] = None,
    joining: Annotated[
        Several,
        typer.Option(
            "--with", metavar="ENTRY", help="One joins: 'id=zoe, budget=6h', or a YAML file."
        ),
    ] = None,
    budget: Annotated[
        Several, typer.Option("--budget", metavar="M=HOURS", help="A budget, such as ana=6h.")
    ] = None,
    away: Annotated[
        Several,
        typer.Option("--away", metavar="M=DAYS", help="Such as ana=2027-02-01..2027-02-12."),
    ] = None,
    each: Annotated[
        bool, typer.Option("--each-without", help="Each member in turn leaves: whom would it hurt?")
    ] = False,
    on: options.Today = None,
    jobs: options.Jobs = None,
    cluster: options.Cluster = None,
    seconds: Annotated[
        float | None,
        typer.Option(
            "--time",
            metavar="TIME",
            parser=options.a_time,
            help="Stop each plan after such as 30s.",
        ),
    ] = None,
    quiet: options.Quiet = False,
    json: options.Json = False,
) -> None:
    """Show the plan of another team beside today's.

    Somebody leaves, joins, is away or has another budget: what that does to coverage, fairness and
    published turns. The options combine. Nothing is ever written.
    """
    from scheduler.actions.suppose import Asked, entry_of
    from scheduler.actions.whatif import Request
    from scheduler.cli.clock import now

    entries = [entry_of(text) for text in joining or ()]
    asked = Asked(*(tuple(texts or ()) for texts in (without, entries, budget, away)))
    moment = datetime.combine(on, time(), UTC) if on else now().replace(microsecond=0)
    request = Request(now=moment, name=quarter, asked=asked, seconds=seconds)
    if each:
        _each(roster, request, jobs, cluster, json=json)
    else:
        _one(roster, request, quiet=quiet or json, json=json)


def _one(folder: Path, request: "Request", *, quiet: bool, json: bool) -> None:
    from scheduler.actions.whatif import Interrupt, what_if
    from scheduler.cli.progress import progress, stops
    from scheduler.reports import whatif as report

    interrupt = Interrupt()
    with stops(interrupt.set), progress(quiet=quiet) as watch:
        found = what_if(folder, request, watch=watch, interrupt=interrupt)
    gone = found.supposition.without
    if json:
        screen.as_json(report.document(found.plans, gone))
        return
    screen.show(report.what_if(found.plans, roster_of(found.team), gone))
    for note in found.supposition.notes:
        screen.say(f"Look again: {note}.")
    _next(folder, found)


def _next(folder: Path, found: "WhatIf") -> None:
    screen.say()
    if any(plan.interrupted for plan in found.plans.values()):
        screen.say("Stopped early: the plans are the best that were found until then.")
    again = "replan" if found.today.is_published else "plan"
    screen.say("Nothing was written. To make it so, write it into roster.yaml, and then:")
    screen.copyable(f"rota {again} {quoted(folder)} --quarter {found.today.name} --write")


def _each(
    folder: Path, request: "Request", jobs: int | None, cluster: str | None, *, json: bool
) -> None:
    from scheduler.actions.side_by_side import side_by_side
    from scheduler.actions.whatif import Interrupt, each_without
    from scheduler.cli.progress import stops
    from scheduler.reports import whatif as report

    interrupt = Interrupt()
    with side_by_side(jobs, cluster) as executor, stops(interrupt.set):
        found = each_without(folder, request, executor=executor, interrupt=interrupt)
    if interrupt.is_set():
        screen.complain("Stopped early: not everybody's leaving was planned to the end.")
    leavers = [report.Leaver(w.supposition.without[-1], w.today, w.kept) for w in found]
    if json:
        screen.as_json(report.each_document(leavers))
    elif not found:
        screen.say("Nobody has a turn to come.")
    else:
        screen.show(report.without_each(leavers, roster_of(found[0].team)))
