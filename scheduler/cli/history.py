"""``rota history import``"""

from pathlib import Path
from typing import Annotated

import typer

from scheduler.cli import options, screen
from scheduler.cli.words import quoted, roster_of

history = typer.Typer(
    name="history",
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Take over what was before rota.",
)


@history.callback()
def _group() -> None:
    pass


@history.command("import")
def import_(
    roster: options.Roster,
    file: Annotated[
        Path, typer.Argument(metavar="FILE.csv", help="Lines of date, duty, seat, member.")
    ],
    write: Annotated[bool, typer.Option("--write", help="Write the rotations.")] = False,
) -> None:
    """Make published rotations of turns of the past.

    date is the first day of the seat; a line without a member is a seat that stayed empty.
    """
    from scheduler.actions.import_history import import_history
    from scheduler.cli.clock import now
    from scheduler.reports.fairness import taken_over

    imported = import_history(roster, file, now(), write=write)
    screen.show(taken_over(imported.rotations, roster_of(imported.team)))
    screen.say()
    if imported.written:
        screen.say("Written. See what it comes to:")
        screen.copyable(f"rota fairness {quoted(roster)}")
    else:
        screen.say("This was a dry run: nothing was written. Take it over:")
        screen.copyable(f"rota history import {quoted(roster)} {quoted(file)} --write")
