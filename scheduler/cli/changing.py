"""The options that the commands of changes share, and how they tell what they did."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scheduler.cli import screen
from scheduler.cli.words import quoted, roster_of

if TYPE_CHECKING:
    from scheduler.actions.alter import Altered, Offered

Shift = Annotated[
    str, typer.Argument(metavar="SHIFT", help="Such as hub-triage@2027-01-04, or SHIFT/SEAT.")
]
Seat = Annotated[
    str | None,
    typer.Option("--seat", "-s", metavar="S", help="Which seat, where there are several."),
]
By = Annotated[str | None, typer.Option("--by", metavar="M", help="Who makes the change.")]
For = Annotated[str | None, typer.Option("--for", metavar="M", help="On whose behalf.")]
Note = Annotated[
    str,
    typer.Option("--note", metavar="TEXT", help="A word for everybody; no reason of an absence."),
]
Insist = Annotated[
    bool, typer.Option("--insist", help="A lead breaks a rule knowingly; the file records it.")
]
Write = Annotated[
    bool, typer.Option("--write", "-w", help="Write the change; without it nothing is written.")
]


def tell(altered: "Altered", folder: Path, *, json: bool) -> None:
    """Tell a change, whether it was written, and what to do next."""
    from scheduler.reports.changes import change, change_document

    roster = roster_of(altered.team)
    parts = altered.entry, altered.proposal, roster
    if json:
        told = change_document(altered.before, *parts, written=altered.written)
        screen.as_json(told | {"notes": list(altered.notes)})
        return
    screen.show(change(altered.before, *parts))
    for note in altered.notes:
        screen.say(note)
    screen.say()
    if altered.written:
        screen.say(
            f"Wrote change {altered.entry.id} into {altered.path}. Commit it, and write the "
            "calendars. To take it back:"
        )
        quarter = f"--quarter {altered.rotation.name}"
        screen.copyable(f"rota undo {quoted(folder)} {altered.entry.id} {quarter} --write")
    else:
        screen.say("This was a dry run: nothing was written. Add --write to make it.")


def offer(offered: "Offered", command: str, folder: Path, *, json: bool) -> None:
    """Tell who could change, the best first, and the command that takes the best."""
    from scheduler.reports.changes import covers, offer_document, swaps

    roster = roster_of(offered.team)
    if json:
        rest = offered.seat, offered.candidates, offered.chains
        screen.as_json(offer_document(offered.rotation, *rest))
        return
    if command == "cover":
        screen.show(covers(offered.candidates, roster))
    else:
        screen.show(swaps(offered.candidates, offered.chains, offered.rotation, roster))
    best = next((c for c in (*offered.candidates, *offered.chains) if not c.obstacle), None)
    if best is not None:
        address = f"{offered.seat.shift}/{offered.seat.seat}"
        screen.say()
        screen.say("To take the first:")
        chosen = (
            f"--to {best.members[0].id}"
            if command == "cover"
            else " ".join(f"--with {move.shift}/{move.seat}" for move in best.moves[1:])
        )
        screen.copyable(f"rota {command} {quoted(folder)} {address} {chosen} --write")
