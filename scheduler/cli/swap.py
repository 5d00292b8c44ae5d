"""``rota swap``"""

from typing import Annotated

import typer

from scheduler.cli import changing, options


def swap(
    roster: options.Roster,
    shift: changing.Shift,
    seat: changing.Seat = None,
    partners: Annotated[
        list[str] | None,
        typer.Option(
            "--with",
            metavar="SHIFT|M",
            help="The turn in exchange, or a member; twice with shifts for a ring of three.",
        ),
    ] = None,
    by: changing.By = None,
    on_behalf: changing.For = None,
    note: changing.Note = "",
    insist: changing.Insist = False,
    write: changing.Write = False,
    quarter: options.Rotation = None,
    json: options.Json = False,
) -> None:
    """Exchange a published turn for another.

    Without --with, or with a member: the turns that can be exchanged, the best first, and rings
    of three where no two can. Writes nothing without --write.
    """
    from scheduler.actions.alter import Altered, Wish
    from scheduler.actions.swap import swap as action
    from scheduler.cli.clock import now

    wish = Wish(by, on_behalf, note, insist, write)
    partners = partners or []
    done = action(roster, shift, now(), wish, seat=seat, partners=partners, name=quarter)
    if isinstance(done, Altered):
        changing.tell(done, roster, json=json)
    else:
        changing.offer(done, "swap", roster, json=json)
