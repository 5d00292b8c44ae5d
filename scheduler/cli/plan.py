"""``rota plan``"""

from dataclasses import replace
from datetime import date
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Annotated

import typer

from scheduler.cli import options, screen
from scheduler.cli.how import say_how, steps
from scheduler.cli.plan_each import several
from scheduler.cli.planned import follow_up, report
from scheduler.errors import BadRequest

if TYPE_CHECKING:
    from scheduler.actions.plan import Planned, Request


def plan(
    rosters: Annotated[
        list[Path],
        typer.Argument(
            metavar="ROSTER",
            help="Folder with roster.yaml, duties.yaml and perhaps policy.yaml; or several.",
        ),
    ],
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
    time: options.Time = None,
    seed: Annotated[
        int, typer.Option("--seed", min=0, max=2**31 - 1, help="Another seed, another search.")
    ] = 0,
    work: Annotated[
        float | None,
        typer.Option(
            "--work",
            metavar="SECONDS",
            min=0.1,
            help="Look this long, in seconds of an idle core (5): more of it, a better plan, and "
            "the same one on every machine. Where there is a draft, with --fresh.",
        ),
    ] = None,
    fast: Annotated[
        bool, typer.Option("--fast", help="Use all cores; another run may find another plan.")
    ] = False,
    jobs: options.Jobs = None,
    cluster: options.Cluster = None,
    how: Annotated[
        bool, typer.Option("--how", help="Say what each means of planning brought to each goal.")
    ] = False,
    quiet: options.Quiet = False,
    json: options.Json = False,
) -> None:
    """Plan a quarter, or any days. Writes nothing without --write.

    Ctrl-C ends the search and keeps the best plan found so far. Several rosters are planned side by
    side, and those that cannot be planned do not stop the others.
    """
    from scheduler.actions.horizon import horizon

    name, days = horizon(quarter, first, last)
    begun = monotonic()
    from scheduler.actions.plan import Request
    from scheduler.reports.document import document

    if time is not None:  # loading the solver takes a second of it
        time = max(time - (monotonic() - begun), time / 10)
    request = Request(name, days, write, fresh, time, seed, fast=fast)
    if work is not None:
        request = replace(request, work=work)
    if len(rosters) > 1 or cluster is not None:
        if how:
            raise BadRequest("--how tells of one roster planned here: name one, without --cluster.")
        several(rosters, request, jobs, cluster, json=json)
        return
    planned = _run(rosters[0], request, jobs, quiet=quiet or json)
    if json:
        told = {"how": steps(planned)} if how else {}
        screen.as_json({**document(planned.rotation), **told})
        return
    report(planned)
    if how:
        say_how(planned)
    follow_up(rosters[0], planned, request)


def _run(folder: Path, request: "Request", jobs: int | None, *, quiet: bool) -> "Planned":
    from scheduler.actions.plan import Interrupt
    from scheduler.actions.plan import plan as action
    from scheduler.actions.side_by_side import side_by_side
    from scheduler.cli.progress import progress, stops

    interrupt = Interrupt()
    with (
        side_by_side(jobs) as executor,
        stops(interrupt.set),
        progress(quiet=quiet) as watch,
    ):
        return action(folder, request, watch=watch, interrupt=interrupt, executor=executor)
