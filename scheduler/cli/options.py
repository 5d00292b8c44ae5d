"""The arguments that commands share, with their help and how they are read."""

import re
from datetime import date
from pathlib import Path
from typing import Annotated

import typer


def a_date(text: str) -> date:
    """Read ``2027-01-04``."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f'"{text}" is not a date such as 2027-01-04.') from None


def a_time(text: str) -> float:
    """Read ``30s``, ``2m``, ``1m30s`` or a number of seconds."""
    found = re.fullmatch(r"(?:(\d+)h)?(?:(\d+)m(?:in)?)?(?:(\d+(?:\.\d+)?)s?)?", text.strip())
    if not found or not any(found.groups()):
        raise typer.BadParameter(f'"{text}" is not a time such as 30s or 2m.')
    hours, minutes, seconds = (float(part or 0) for part in found.groups())
    total = 3600 * hours + 60 * minutes + seconds
    if total <= 0:
        raise typer.BadParameter("Planning needs at least a moment, such as 1s.")
    return total


Roster = Annotated[
    Path,
    typer.Argument(
        metavar="ROSTER", help="Folder with roster.yaml, duties.yaml and perhaps policy.yaml."
    ),
]
Quarter = Annotated[
    str | None,
    typer.Option("--quarter", "-q", metavar="Q", help="A quarter such as 2027-Q1."),
]
Rotation = Annotated[
    str | None,
    typer.Option("--quarter", "-q", metavar="Q", help="Which rotation: a quarter such as 2027-Q1."),
]
Json = Annotated[
    bool, typer.Option("--json", help="Print JSON for programs; docs/json.md tells its keys.")
]
Today = Annotated[
    date | None,
    typer.Option("--on", metavar="DATE", parser=a_date, help="Instead of today."),
]
Time = Annotated[
    float | None,
    typer.Option("--time", metavar="TIME", parser=a_time, help="Stop after a time such as 30s."),
]
Quiet = Annotated[bool, typer.Option("--quiet", help="Show no progress.")]
Jobs = Annotated[
    int | None,
    typer.Option(
        "--jobs", "-j", metavar="N", min=1, help="Processes; one for each core unless said."
    ),
]
Cluster = Annotated[
    str | None,
    typer.Option("--cluster", metavar="ADDRESS", help="Solve on a Dask cluster, tcp://HOST:PORT."),
]

Journal = Annotated[
    str,
    typer.Option(
        "--journal", metavar="URL", help="Else ROTA_JOURNAL, else a file beside the roster."
    ),
]

Push = Annotated[bool, typer.Option("--push", help="Push each change that was committed to git.")]
