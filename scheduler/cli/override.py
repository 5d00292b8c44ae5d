"""``rota override``"""

from typing import Annotated

import typer

from scheduler.cli import changing, options


def override(
    roster: options.Roster,
    shift: changing.Shift,
    to: Annotated[str, typer.Option("--to", metavar="M", help="Who gets the seat.")],
    by: Annotated[str, typer.Option("--by", metavar="LEAD", help="The lead who decides.")],
    seat: changing.Seat = None,
    on_behalf: changing.For = None,
    note: changing.Note = "",
    insist: changing.Insist = False,
    write: changing.Write = False,
    quarter: options.Rotation = None,
    json: options.Json = False,
) -> None:
    """Let a lead decide who has a published turn.

    Leads are the members with `lead: true` in roster.yaml. Writes nothing without --write.
    """
    from scheduler.actions.alter import Wish
    from scheduler.actions.override import override as action
    from scheduler.cli.clock import now

    wish = Wish(by, on_behalf, note, insist, write)
    done = action(roster, shift, now(), wish, to=to, seat=seat, name=quarter)
    changing.tell(done, roster, json=json)
