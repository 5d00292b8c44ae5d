"""``rota done``"""

from scheduler.cli import changing, options


def done(
    roster: options.Roster,
    shift: changing.Shift,
    seat: changing.Seat = None,
    by: changing.By = None,
    on_behalf: changing.For = None,
    note: changing.Note = "",
    write: changing.Write = False,
    quarter: options.Rotation = None,
    json: options.Json = False,
) -> None:
    """Say that a turn was done.

    Turns count as done unless somebody says otherwise, so this takes a wrong "missed" back, or
    keeps a record. Writes nothing without --write.
    """
    from scheduler.actions.alter import Wish
    from scheduler.actions.done import done as action
    from scheduler.cli.clock import now

    wish = Wish(by, on_behalf, note, write=write)
    altered = action(roster, shift, now(), wish, seat=seat, name=quarter)
    changing.tell(altered, roster, json=json)
