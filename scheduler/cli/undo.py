"""``rota undo``"""

from typing import Annotated

import typer

from scheduler.cli import changing, options


def undo(
    roster: options.Roster,
    number: Annotated[
        int | None,
        typer.Argument(metavar="ID", help="The number of the change; the last where absent."),
    ] = None,
    by: changing.By = None,
    on_behalf: changing.For = None,
    note: changing.Note = "",
    insist: changing.Insist = False,
    write: changing.Write = False,
    quarter: options.Rotation = None,
    json: options.Json = False,
) -> None:
    """Take a change of a published rotation back.

    Refused where later changes moved the same turns. Writes nothing without --write.
    """
    from scheduler.actions.alter import Wish
    from scheduler.actions.undo import undo as action
    from scheduler.cli.clock import now

    wish = Wish(by, on_behalf, note, insist, write)
    done = action(roster, now(), wish, number=number, name=quarter)
    changing.tell(done, roster, json=json)
