"""``rota plan`` of several rosters: one after the other in print, side by side in the making."""

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from scheduler.cli import screen
from scheduler.cli.planned import follow_up, report
from scheduler.errors import BadRequest, RotaError

if TYPE_CHECKING:
    from scheduler.actions.plan import Request
    from scheduler.actions.plan_each import Ended


def several(
    folders: Sequence[Path],
    request: "Request",
    jobs: int | None,
    cluster: str | None,
    *,
    json: bool,
) -> None:
    """Plan them all, print them in their order, and leave with the worst exit code of all."""
    from scheduler.actions.plan import Interrupt
    from scheduler.actions.plan_each import plan_each
    from scheduler.actions.side_by_side import side_by_side
    from scheduler.cli.progress import stops

    # What a shell makes of rosters/* holds files, too.
    teams = [folder for folder in folders if not folder.is_file()]
    if not teams:
        raise BadRequest("None of these is a folder: name the folders of the teams to plan.")
    interrupt = Interrupt()
    with side_by_side(jobs, cluster) as executor, stops(interrupt.set):
        ends = plan_each(teams, request, executor=executor, interrupt=interrupt)
        worst = _documents(ends) if json else _tables(ends, request)
    if worst:
        raise typer.Exit(worst)


def _tables(ends: Iterable["Ended"], request: "Request") -> int:
    worst = 0
    for number, end in enumerate(ends):
        if number:
            screen.say()
        screen.heading(f"== {end.folder}")
        if isinstance(end.result, RotaError):
            # Both streams often end in one file, where the sentence stands below its roster.
            sys.stdout.flush()
            screen.complain(str(end.result))
        else:
            report(end.result)
            follow_up(end.folder, end.result, request)
        worst = max(worst, end.exit_code)
    return worst


def _documents(ends: Iterable["Ended"]) -> int:
    ended = list(ends)
    screen.as_json([_document(end) for end in ended])
    return max(end.exit_code for end in ended)


def _document(end: "Ended") -> dict[str, Any]:
    from scheduler.reports.document import document

    said = {"roster": str(end.folder), "exit_code": end.exit_code}
    if isinstance(end.result, RotaError):
        return {**said, "error": str(end.result)}
    return {**said, "rotation": document(end.result.rotation)}
