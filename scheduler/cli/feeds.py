"""``rota feeds``"""

from pathlib import Path
from typing import Annotated

import typer

from scheduler.cli import options, screen


def feeds(
    roster: options.Roster,
    out: Annotated[Path, typer.Option("--out", "-o", metavar="DIR", help="Folder to write into.")],
    url: Annotated[
        str, typer.Option("--url", metavar="URL", help="Where the folder will be served.")
    ] = "",
) -> None:
    """Write the calendars (.ics) of what is published.

    One for each member, duty and upstream, and one for the team.
    """
    from scheduler.actions.feeds import feeds as action
    from scheduler.reports.wording import counted

    done = action(roster, out, url)
    whole = len(done.written) + done.unchanged
    screen.say(
        f"{counted(whole, 'calendar')} in {done.out}: {len(done.written)} written, "
        f"{done.unchanged} as they were, {len(done.removed)} removed."
    )
    screen.say(f"Subscribe to {done.out / 'team.ics'}, or to your own in {done.out / 'members'}.")
