"""``rota messages preview``"""

from pathlib import Path
from typing import Annotated

import typer

from scheduler.cli import screen

messages = typer.Typer(
    name="messages",
    no_args_is_help=True,
    rich_markup_mode=None,
    help="What people get to see at Slack.",
)


@messages.callback()
def _group() -> None:
    pass


@messages.command("preview")
def preview(
    out: Annotated[Path, typer.Option("--out", "-o", metavar="FILE.html", help="Page to write.")],
    roster: Annotated[
        Path | None,
        typer.Argument(metavar="ROSTER", help="The team's folder; a made-up team without it."),
    ] = None,
) -> None:
    """Write a page that shows every kind of message."""
    from scheduler.actions.messages import preview as action
    from scheduler.cli.clock import now
    from scheduler.review.wording import counted

    shown = action(roster, out, now())
    screen.say(f"{counted(len(shown), 'message')} in {out}: open it in a browser.")
