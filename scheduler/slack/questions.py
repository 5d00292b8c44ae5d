"""A question goes out: to everybody who is asked, and to the asker whom it went to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scheduler.messages import requests
from scheduler.messages.directory import Directory
from scheduler.messages.message import Message
from scheduler.slack.door import At, Door, NotSent

if TYPE_CHECKING:
    from scheduler.actions.ask import Asked
    from scheduler.journal import Request


@dataclass(frozen=True, slots=True)
class Reached:
    """Members who have a question by now, those whom Slack does not know, and those who may have
    it without Slack's having said so."""

    told: tuple[str, ...]
    nobody: tuple[str, ...]
    unsure: tuple[str, ...]

    @property
    def is_hopeless(self) -> bool:
        """Whether nobody has it, and asking again would not help."""
        return not self.told and not self.unsure


async def put_to(door: Door, directory: Directory, asked: Asked) -> Reached | None:
    """Post a question to each who is asked and does not have it yet, as whoever did so before may
    have died at it, and tell the asker whom it went to; ``None`` where another is just asking."""
    from scheduler.actions.remember import begin_asking, end_asking

    request = await door.do(begin_asking, door.journal, asked.request.id, door.clock())
    if request is None:
        return None
    found = await _put_to_each(door, directory, asked, where_asked(request))
    reached = Reached(
        told=tuple(person for person, sent in found.items() if not isinstance(sent, NotSent)),
        nobody=tuple(person for person, sent in found.items() if sent is NotSent.nobody),
        unsure=tuple(person for person, sent in found.items() if sent is NotSent.unsure),
    )
    if reached.told:
        said = requests.asked(
            directory, request.id, asked.seats[0], reached.told, request.on_behalf
        )
        await _tell_whom(door, directory, request, said)
    await door.do(end_asking, door.journal, request.id)
    return reached


async def _put_to_each(
    door: Door, directory: Directory, asked: Asked, told: Mapping[str, At]
) -> Mapping[str, At | NotSent]:
    """Where the question stands, at each who is asked, or why it does not."""
    from scheduler.actions.remember import where_told

    found: dict[str, At | NotSent] = {}
    for person in asked.people:
        if person in told:
            found[person] = told[person]
            continue
        slack, question = directory.person(person).slack, _question(directory, asked, person)
        found[person] = sent = await door.send(slack, question)
        if not isinstance(sent, NotSent):
            told = {**told, person: sent}
            # At once: a process that dies here must not forget whom it has asked.
            await door.do(where_told, door.journal, asked.request.id, {"told": told})
    return found


async def _tell_whom(door: Door, directory: Directory, request: Request, said: Message) -> None:
    """Tell the asker whom their question went to, in one message."""
    from scheduler.actions.remember import where_told

    mine = request.details.get("mine")
    if mine:
        await door.edit(mine[0], mine[1], said)
        return
    sent = await door.post(directory.person(request.asked_by).slack, said)
    if sent is not None:
        await door.do(where_told, door.journal, request.id, {"mine": list(sent)})


def _question(directory: Directory, asked: Asked, person: str) -> Message:
    request, seats = asked.request, dict(zip(asked.moves, asked.seats, strict=True))
    by = request.on_behalf or request.asked_by
    note = str(request.details.get("note", ""))
    if request.kind == "cover":
        return requests.cover_asked(directory, request.id, asked.seats[0], by, note)
    get = next(placed for move, placed in seats.items() if move.now == person)
    give = next(placed for move, placed in seats.items() if move.was == person)
    if len(asked.people) == 1:
        return requests.swap_proposed(directory, request.id, get, give, by, note)
    others = [other for other in asked.people if other != person]
    return requests.chain_proposed(directory, request.id, get, give, others, by)


def where_asked(request: Request) -> Mapping[str, At]:
    """The message at each person who was asked."""
    told = request.details.get("told", {})
    return {person: (str(at[0]), str(at[1])) for person, at in told.items()}
