"""``rota fairness``"""

from pathlib import Path
from typing import Annotated

import typer

from scheduler.cli import options, screen
from scheduler.cli.words import roster_of


def fairness(
    roster: options.Roster,
    quarters: Annotated[
        int,
        typer.Option("--quarters", metavar="N", min=1, help="How many rotations to look back on."),
    ] = 4,
    json: options.Json = False,
    svg: Annotated[
        Path | None, typer.Option("--svg", metavar="FILE", help="Write a picture for a page.")
    ] = None,
    png: Annotated[
        Path | None, typer.Option("--png", metavar="FILE", help="Write a picture in pixels.")
    ] = None,
) -> None:
    """Show how the work was shared, ledger by ledger.

    Only published rotations count.
    """
    from scheduler.actions.fairness import fairness as action
    from scheduler.actions.fairness import write_picture
    from scheduler.reports import fairness as report
    from scheduler.reports.shared import document, sharing

    shared = action(roster, quarters)
    team = shared.team
    told = sharing(shared.rotations, roster_of(team), shared.carried, shared.ledgers_carried)
    if json:
        screen.as_json(document(told, team.name))
    else:
        screen.show(report.fairness(told, team.name, screen.console().width))
    for path, in_pixels in ((svg, False), (png, True)):
        if path is not None:
            from scheduler.reports.fairness_chart import picture

            write_picture(path, picture(told, team.name, in_pixels=in_pixels))
            screen.complain(f"{path} is written.")
