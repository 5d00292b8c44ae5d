"""``rota init``"""

from pathlib import Path
from typing import Annotated

import typer

from scheduler.cli import screen
from scheduler.cli.words import quoted


def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder to write into.")],
) -> None:
    """Write a commented starter roster that plans as it is."""
    from scheduler.actions import init as action
    from scheduler.actions.horizon import quarter_after
    from scheduler.cli.clock import now

    action.init(folder)
    quarter = quarter_after(now().date())
    screen.say(f"Wrote a starter roster into {folder}. Put your people and duties there. Next:")
    screen.copyable(f"rota check {quoted(folder)} --quarter {quarter}")
    screen.copyable(f"rota plan {quoted(folder)} --quarter {quarter}")
