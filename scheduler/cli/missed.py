"""``rota missed``"""

from scheduler.cli import changing, options


def missed(
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
    """Say that a turn was missed: it counts for nobody.

    It is no load of its holder, and taught them nothing. Writes nothing without --write.
    """
    from scheduler.actions.alter import Wish
    from scheduler.actions.missed import missed as action
    from scheduler.cli.clock import now

    wish = Wish(by, on_behalf, note, write=write)
    altered = action(roster, shift, now(), wish, seat=seat, name=quarter)
    changing.tell(altered, roster, json=json)
