"""``rota diff``"""

from typing import Annotated

import typer

from scheduler.cli import options, screen
from scheduler.cli.words import roster_of
from scheduler.errors import BadRequest


def diff(
    roster: options.Roster,
    old: Annotated[
        str | None, typer.Argument(metavar="REV1", help="A git revision; HEAD where absent.")
    ] = None,
    new: Annotated[
        str | None, typer.Argument(metavar="REV2", help="Another; the files where absent.")
    ] = None,
    quarter: options.Rotation = None,
    by_duty: Annotated[
        bool, typer.Option("--by-duty", help="A line for each turn instead of each person.")
    ] = False,
    markdown: Annotated[
        bool, typer.Option("--markdown", help="Print a comment for a pull request.")
    ] = False,
    json: options.Json = False,
) -> None:
    """Tell what differs between two revisions of the rotations.

    It says what moved for whom, and how fair both are.
    """
    if json and markdown:
        raise BadRequest("Choose one of --json and --markdown.")
    from scheduler.actions.diff import diff as action
    from scheduler.reports.difference import SCHEMA, Sides, as_data, as_markdown, as_text

    found = action(roster, old, new, quarter)
    team = roster_of(found.team)
    every = [
        Sides(d.name, d.before, d.after, d.comparison, d.changes, team) for d in found.differences
    ]
    if json:
        screen.as_json({"schema": SCHEMA, "rotations": [as_data(sides) for sides in every]})
    elif not every:
        screen.say(f"No change between {found.old} and {found.new}.")
    elif markdown:
        screen.raw("\n".join(as_markdown(sides, by_duty=by_duty) for sides in every))
    else:
        for number, sides in enumerate(every):
            if number:
                screen.say()
            screen.show(as_text(sides, by_duty=by_duty))
