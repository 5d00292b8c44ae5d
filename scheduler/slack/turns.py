"""Buttons about a turn or a change: done, and take it back."""

from __future__ import annotations

from scheduler.errors import BadRequest
from scheduler.messages import requests
from scheduler.messages.blocks import message, section
from scheduler.messages.names import seat_of
from scheduler.slack.asking import Asking


async def done(asking: Asking) -> None:
    """Somebody says that their turn is done.

    Raises:
        BadRequest: it was said already.
        Refused: it has not begun, or is not theirs.
    """
    from scheduler.actions.report_done import report_done

    shift, seat = seat_of(asking.value)
    door = asking.door
    altered, _ = await door.write(
        report_done, door.folder, shift, seat, asking.member, asking.now, push=door.push
    )
    by_key = {placed.key: placed for placed in altered.rotation.placed}
    said = requests.done(asking.look.book.directory, by_key[shift, seat])
    await asking.replace(said)
    await door.follow()


async def undo(asking: Asking) -> None:
    """Somebody takes a change back.

    Raises:
        BadRequest: there is no such change.
        Refused: it is none of theirs, or others built on it.
    """
    from scheduler.actions.take_back import take_back

    name, _, number = asking.value.rpartition("/")
    if not number.isdecimal():
        raise BadRequest("This button is too old: use `rota undo`.")
    door = asking.door
    await door.write(
        take_back, door.folder, name, int(number), asking.member, asking.now, push=door.push
    )
    said = f"Taken back: change {number} of {name}. Everything is as it was before."
    await asking.replace(message(said, section(said)))
    await door.follow()


async def nothing(asking: Asking) -> None:
    """A link was opened: Slack tells of it, and there is nothing to do."""
