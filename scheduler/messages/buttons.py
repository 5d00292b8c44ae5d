"""The buttons of a turn and of a change: each carries what it is about."""

from __future__ import annotations

from datetime import datetime

from scheduler.domain.rotation import Placed
from scheduler.messages import names
from scheduler.messages.blocks import actions, button, confirm, link_button
from scheduler.messages.directory import Directory
from scheduler.messages.message import Block
from scheduler.messages.turns import Turn


def checklist(directory: Directory, placed: Placed) -> Block | None:
    """Opens the duty's checklist; ``None`` where it has none."""
    return link_button("Open the checklist", names.CHECKLIST, directory.checklist(placed.duty))


def done(placed: Placed) -> Block:
    """Says that the turn is done."""
    return button("Done", names.DONE, names.seat_value(*placed.key), style="primary")


def swap(placed: Placed) -> Block:
    """Opens the modal of swaps."""
    return button("Find a swap", names.SWAP, names.seat_value(*placed.key))


def cannot(placed: Placed) -> Block:
    """Asks all who could take the turn over, once its holder has confirmed."""
    return confirm(
        button("I cannot make it", names.CANNOT, names.seat_value(*placed.key)),
        "Look for somebody else?",
        "Everybody who could take this turn over is asked. Until one says yes nothing changes.",
        "Ask them",
        "Not yet",
    )


def take_back(change: str) -> Block:
    """Takes a change back; ``change`` is ``rotation/number`` of the entry."""
    return button("Take it back", names.UNDO, change)


def of_turn(directory: Directory, turn: Turn, now: datetime) -> Block:
    """What can be done about a turn: one to come is given away, one that has begun gets done. It
    begins when it does for the team, as for the actions behind the buttons."""
    placed = turn.placed
    opened = checklist(directory, placed)
    if turn.start(directory.timezone) <= now:
        return actions(opened, done(placed))
    return actions(opened, swap(placed), cannot(placed))
