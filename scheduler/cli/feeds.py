"""``rota feeds``"""

import re
from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer

from scheduler.cli import options, screen

_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_LONGEST = timedelta(weeks=8)


def the_alarms(text: str) -> tuple[timedelta, ...]:
    """Read ``1d,2h``: how long before a turn its holder is reminded."""
    return tuple(_an_alarm(part.strip()) for part in text.split(",")) if text else ()


def _an_alarm(text: str) -> timedelta:
    found = re.fullmatch(r"(\d{1,5})([mhdw])", text, re.ASCII)
    before = timedelta(**{_UNITS[found[2]]: int(found[1])}) if found else timedelta()
    if not timedelta() < before <= _LONGEST:
        raise typer.BadParameter(
            f'"{text}" is no time before a turn such as 30m, 2h, 1d or 1w, of 8 weeks at most.'
        )
    return before


def feeds(
    roster: options.Roster,
    out: Annotated[Path, typer.Option("--out", "-o", metavar="DIR", help="Folder to write into.")],
    url: Annotated[
        str, typer.Option("--url", metavar="URL", help="Where the folder will be served.")
    ] = "",
    alarms: Annotated[
        str,
        typer.Option(
            "--alarms",
            metavar="1d,2h",
            help="Remind members in their calendars, so long before each of their turns.",
        ),
    ] = "",
    tombstones: Annotated[
        bool,
        typer.Option("--tombstones", help="Show turns that were lost since, as cancelled."),
    ] = False,
) -> None:
    """Write the calendars (.ics) of what is published.

    One for each member, duty and upstream, one for the team, and index.html with the links that
    subscribe to them.
    """
    from scheduler.actions.feeds import feeds as action
    from scheduler.review.wording import counted

    done = action(roster, out, url, alarms=the_alarms(alarms), tombstones=tombstones)
    whole = len(done.written) + done.unchanged
    screen.say(
        f"{counted(whole, 'calendar')} in {done.out}: {len(done.written)} written, "
        f"{done.unchanged} as they were, {len(done.removed)} removed."
    )
    if done.index is None:
        screen.complain(f"{done.out / 'index.html'} is not ours and was left as it is.")
    else:
        screen.say(f"Open {done.index} to subscribe.")
