"""``rota audit``"""

from pathlib import Path
from typing import Annotated

import typer

from scheduler.cli import options, screen


def audit(
    roster: options.Roster,
    rotation: Annotated[
        Path,
        typer.Argument(
            metavar="ROTATION", help="A rotation file, the JSON of plan or show, or a CSV."
        ),
    ],
    json: options.Json = False,
) -> None:
    """Check any rotation, whoever made it.

    Exit code 1 says that it breaks a requirement.
    """
    from scheduler.actions.audit import audit as action
    from scheduler.audit import as_data, render

    report = action(roster, rotation)
    if json:
        screen.as_json(as_data(report))
    else:
        screen.raw(render(report))
    raise typer.Exit(report.exit_code)
