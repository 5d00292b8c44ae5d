"""``rota site``"""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from scheduler.cli import options, screen


def site(
    roster: options.Roster,
    out: Annotated[Path, typer.Option("--out", "-o", metavar="DIR", help="Folder to write into.")],
    url: Annotated[
        str, typer.Option("--url", metavar="URL", help="Where the folder will be served.")
    ] = "",
    on: Annotated[
        date | None,
        typer.Option(
            "--on",
            metavar="DATE",
            parser=options.a_date,
            help="Mark this day in the pages; without it, the reader's browser marks today.",
        ),
    ] = None,
) -> None:
    """Write web pages of what is published, for any static host.

    A timeline, a page for everybody and for every community, and all calendars.
    """
    from scheduler.actions.site import site as action
    from scheduler.cli.clock import now
    from scheduler.review.wording import counted

    done = action(roster, out, now(), url, on)
    whole = len(done.written) + done.unchanged
    screen.say(
        f"{counted(whole, 'file')} in {done.out}: {len(done.written)} written, "
        f"{done.unchanged} as they were, {len(done.removed)} removed."
    )
    screen.say(f"Open {done.out / 'index.html'}.")
