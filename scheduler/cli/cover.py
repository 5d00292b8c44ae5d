"""``rota cover``"""

from typing import Annotated

import typer

from scheduler.cli import changing, options


def cover(
    roster: options.Roster,
    shift: changing.Shift,
    seat: changing.Seat = None,
    to: Annotated[
        str | None, typer.Option("--to", metavar="M", help="Who takes over; absent = list them.")
    ] = None,
    by: changing.By = None,
    on_behalf: changing.For = None,
    note: changing.Note = "",
    insist: changing.Insist = False,
    write: changing.Write = False,
    quarter: options.Rotation = None,
    json: options.Json = False,
) -> None:
    """Let somebody take over a published turn, or an empty one.

    Without --to: who may take it, the best first. Writes nothing without --write.
    """
    from scheduler.actions.alter import Altered, Wish
    from scheduler.actions.cover import cover as action
    from scheduler.cli.clock import now

    wish = Wish(by, on_behalf, note, insist, write)
    done = action(roster, shift, now(), wish, seat=seat, to=to, name=quarter)
    if isinstance(done, Altered):
        changing.tell(done, roster, json=json)
    else:
        changing.offer(done, "cover", roster, json=json)
