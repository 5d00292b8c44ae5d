"""``/rota away``: the days are written into the roster, and cover is looked for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from scheduler.domain.span import DAY, Span
from scheduler.errors import BadRequest, RotaError
from scheduler.messages import lines
from scheduler.messages.blocks import message, paragraphs, section
from scheduler.slack.asking import Asking
from scheduler.slack.asks import cover


async def away(asking: Asking, member: str, words: Sequence[str]) -> None:
    """Write down that a member is away from one day to another, both included, and ask for cover of
    every turn of theirs that falls into it.

    Raises:
        BadFiles, BadRequest, Refused: the days cannot be written; nothing is asked then.
    """
    from scheduler.actions.take_leave import take_leave

    span = _span(words)
    door = asking.door
    kept = await door.write(
        take_leave, door.folder, member, asking.member, span, asking.now, push=door.push
    )
    ahead = asking.look.ahead(member, asking.now)
    turns = [placed for placed in ahead if placed.span.overlaps(span)]
    directory = asking.look.book.directory
    said = [lines.turn(directory, placed) for placed in turns]
    first = f"Noted: {directory.mention(member)} is away from {words[0]} to {words[-1]}."
    rest = "I look for cover of:" if turns else "No turn falls into these days."
    await asking.tell(message(first, section(f"{first} {rest}"), *paragraphs(lines.listed(said))))
    troubles = [kept.trouble] if kept.trouble else []
    for placed in turns:
        try:
            await cover(asking, *placed.key)
        except RotaError as error:
            troubles.append(str(error))
    if troubles:
        raise BadRequest("\n".join(troubles))
    await door.follow()


def _span(words: Sequence[str]) -> Span:
    try:
        days = [date.fromisoformat(word) for word in words]
    except ValueError:
        days = []
    if len(days) not in {1, 2}:
        raise BadRequest("Write the first and the last day: /rota away 2027-02-01 2027-02-05")
    if days[-1] < days[0]:
        raise BadRequest(f"{days[-1]} lies before {days[0]}.")
    return Span(days[0], days[-1] + DAY)
