"""Questions go out to people, and their answers come back: every message tells how it stands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from scheduler.domain.change import Move
from scheduler.domain.rotation import Placed
from scheduler.errors import Refused
from scheduler.messages import requests
from scheduler.messages.blocks import message, section
from scheduler.messages.directory import Directory
from scheduler.messages.message import Message
from scheduler.messages.names import seat_of
from scheduler.slack.asking import Asking
from scheduler.slack.door import Door
from scheduler.slack.questions import Reached, put_to, where_asked

if TYPE_CHECKING:
    from scheduler.actions.answer import Settled
    from scheduler.actions.ask import Asked
    from scheduler.journal import Request

_GONE = "This turn is no longer in the rotation."


# ----------------------------------------------------------------------------------- asking


async def cover(asking: Asking, shift: str, seat: str) -> None:
    """Ask everybody who could take a turn over; a lead may do it for its holder."""
    from scheduler.actions.ask import Asker, ask_cover

    placed = asking.look.seat(shift, seat)
    asker = Asker(asking.member, "" if placed.member == asking.member else placed.member)
    door = asking.door
    asked = await door.do(ask_cover, door.folder, door.journal, shift, asking.now, asker, seat=seat)
    await send_out(asking, asked)


async def cannot(asking: Asking) -> None:
    """Somebody pressed that they cannot make it."""
    await cover(asking, *seat_of(asking.value))


async def send_out(asking: Asking, asked: Asked) -> None:
    """Put a question to everybody who is asked, and tell the asker whom it went to.

    Raises:
        Refused: not everybody could be reached; where nobody ever can be, the question is over.
    """
    from scheduler.actions.answer import withdraw as withdraw_action

    door = asking.door
    reached = await put_to(door, asking.look.book.directory, asked)
    if reached is None:
        await asking.tell(
            _noted("This is being asked just now. If nobody tells you whom it went to, ask again.")
        )
        return
    if asked.is_new and reached.is_hopeless:
        await door.do(
            withdraw_action, door.folder, door.journal, asked.request.id, asking.member, asking.now
        )
        raise Refused(
            "None of those who could take it can be reached: their Slack ids are missing."
        )
    missed = list(_missed(asking.look.book.directory, reached))
    if missed:
        raise Refused("\n".join(missed))
    if not asked.is_new:
        await asking.tell(_noted("This is asked already; nobody has said yes so far."))


def _missed(directory: Directory, reached: Reached) -> Iterator[str]:
    """Who does not have a question, or may not have it."""
    if reached.nobody:
        names = ", ".join(map(directory.plain, reached.nobody))
        yield f"I could not reach {names}: no Slack id in roster.yaml that Slack knows."
    if reached.unsure:
        names = ", ".join(map(directory.plain, reached.unsure))
        yield f"Slack did not confirm that {names} got the question. It stays open: ask again soon."


# --------------------------------------------------------------------------------- answering


async def accept(asking: Asking) -> None:
    """Somebody said yes."""
    from scheduler.actions.answer import accept as action

    door = asking.door
    settled = await door.write(
        action, door.folder, door.journal, asking.value, asking.member, asking.now, push=door.push
    )
    await show(asking, settled)


async def decline(asking: Asking) -> None:
    """Somebody said no."""
    from scheduler.actions.answer import decline as action

    door = asking.door
    settled = await door.do(
        action, door.folder, door.journal, asking.value, asking.member, asking.now
    )
    await show(asking, settled)


async def withdraw(asking: Asking) -> None:
    """Somebody no longer needs an answer."""
    from scheduler.actions.answer import withdraw as action

    door = asking.door
    settled = await door.do(
        action, door.folder, door.journal, asking.value, asking.member, asking.now
    )
    await show_withdrawn(asking, settled)


async def show_withdrawn(asking: Asking, settled: Settled) -> None:
    """Let every message about a question say that its asker has withdrawn it."""
    from scheduler.actions.answer import Outcome

    if settled.outcome is Outcome.ended:
        door, directory, placed = asking.door, asking.look.book.directory, _first(settled)
        await asking.replace(requests.no_longer_asked(directory, settled.request.on_behalf))
        said = requests.withdrawn(directory, placed, asking.member) if placed else _noted(_GONE)
        await _tell_others(door, settled, "", said)
    else:
        await asking.replace(_noted("This was settled before."))


async def show(asking: Asking, settled: Settled) -> None:
    """Let every message about a question say how it stands now."""
    from scheduler.actions.answer import Outcome

    match settled.outcome:
        case Outcome.changed:
            await _changed(asking, settled)
        case Outcome.waiting:
            await _waiting(asking, settled)
        case Outcome.ended:
            await _ended(asking, settled)
        case Outcome.late:
            await asking.replace(_late(asking, settled))
        case Outcome.refused:
            await _refused(asking, settled)


async def _changed(asking: Asking, settled: Settled) -> None:
    door, directory, request = asking.door, asking.look.book.directory, settled.request
    placed, takers = _first(settled), settled.takers
    assert placed is not None
    for person in takers:
        if person == asking.member:
            # Where it was pressed: of a message that Slack did not confirm nobody noted the place.
            await asking.replace(_yours(directory, settled, person))
        else:
            await _tell_one(door, request, person, _yours(directory, settled, person))
    if request.kind == "cover":
        rest = requests.told_the_rest(directory, placed, takers[0])
        await _tell_others(door, settled, takers[0], rest)
        await _tell_asker(door, settled, requests.taken(directory, placed, takers[0]))
    else:
        holder = request.on_behalf or request.asked_by
        said = _yours(directory, settled, holder, request.on_behalf)
        await _tell_asker(door, settled, said)
    if settled.kept.trouble:
        await _tell_leads(asking, settled.kept.trouble)
    await door.follow()


async def _waiting(asking: Asking, settled: Settled) -> None:
    if settled.sentence:
        await asking.replace(_noted(f"Thank you! {settled.sentence}"))
    else:
        placed = _first(settled)
        directory = asking.look.book.directory
        said = requests.declined_by_you(directory, placed) if placed else _noted(_GONE)
        await asking.replace(said)


async def _ended(asking: Asking, settled: Settled) -> None:
    door, directory = asking.door, asking.look.book.directory
    placed = _first(settled)
    if placed is None:
        await _tell_all(asking, settled, _noted(_GONE), _noted(_GONE))
        return
    await asking.replace(requests.declined_by_you(directory, placed))
    if settled.request.kind == "cover":
        said = requests.nobody_could(directory, placed)
        for lead in settled.team.leads:
            await door.post(directory.person(lead).slack, said)
    else:
        said = requests.declined(directory, placed, asking.member)
        over = _noted("This exchange does not happen: somebody said no.")
        await _tell_others(door, settled, asking.member, over)
    await _tell_asker(door, settled, said)
    asker = directory.person(settled.request.asked_by)
    if asker.id not in settled.team.leads or settled.request.kind != "cover":
        await door.post(asker.slack, said)


async def _refused(asking: Asking, settled: Settled) -> None:
    directory, placed = asking.look.book.directory, _first(settled)
    if settled.request.state.value == "open":
        # What keeps this one from it leaves the question to the others.
        await asking.tell(requests.refused(settled.sentence))
        return
    said = requests.refused(settled.sentence)
    outdated = requests.out_of_date(directory, placed) if placed is not None else said
    await _tell_all(asking, settled, outdated, said)


def _late(asking: Asking, settled: Settled) -> Message:
    """What a question says to whoever answers when it is over."""
    directory, request, placed = asking.look.book.directory, settled.request, _first(settled)
    if settled.sentence:
        return _noted(settled.sentence)
    if placed is None or request.state.value in {"expired", "declined"}:
        return _noted("The rotation has changed since this was asked, or somebody said no.")
    if request.state.value == "withdrawn":
        return requests.withdrawn(directory, placed, request.asked_by)
    if request.state.value == "accepted" and request.entry is None:
        return _noted("Settled: the change is being made just now.")
    if placed.member == (request.on_behalf or request.asked_by):
        return _noted("This was settled, and taken back since.")
    if any(move.now == asking.member for move in _moves(settled)):
        return _yours(directory, settled, asking.member)
    return requests.told_the_rest(directory, placed, placed.member)


def _yours(directory: Directory, settled: Settled, person: str, on_behalf: str = "") -> Message:
    """What a question says to somebody who took a turn by it, or to whoever asked for them."""
    request, placed = settled.request, _first(settled)
    assert placed is not None
    change = f"{request.rotation}/{request.entry}"
    if request.kind == "cover":
        return requests.accepted(directory, placed, change)
    by_key = {placed.key: placed for placed in settled.rotation.placed}
    moves = _moves(settled)
    got = next(by_key[move.key] for move in moves if move.now == person)
    gave = next(by_key[move.key] for move in moves if move.was == person)
    return requests.exchanged(directory, got, gave, change, on_behalf)


# ----------------------------------------------------------------------------------- telling


def _first(settled: Settled) -> Placed | None:
    """The turn that it all began with, as the rotation has it now; ``None`` where it is gone, or
    one that it was to be exchanged for."""
    by_key = {placed.key: placed for placed in settled.rotation.placed}
    keys = settled.request.seats
    return by_key[keys[0]] if all(key in by_key for key in keys) else None


def _moves(settled: Settled) -> tuple[Move, ...]:
    """What the question has moved."""
    for entry in settled.rotation.changes:
        if entry.id == settled.request.entry:
            return tuple(move for move in entry.moves if move.was != move.now)
    return ()


async def _tell_one(door: Door, request: Request, person: str, said: Message) -> None:
    where = where_asked(request).get(person)
    if where:
        await door.edit(where[0], where[1], said)


async def _tell_all(asking: Asking, settled: Settled, said: Message, asker: Message) -> None:
    """Put an end to the question everywhere."""
    await asking.replace(said)
    await _tell_others(asking.door, settled, asking.member, said)
    await _tell_asker(asking.door, settled, asker)


async def _tell_others(door: Door, settled: Settled, answerer: str, said: Message) -> None:
    """Put an end to the question at everybody else who was asked."""
    for person, (channel, ts) in where_asked(settled.request).items():
        if person != answerer:
            await door.edit(channel, ts, said)


async def _tell_asker(door: Door, settled: Settled, said: Message) -> None:
    """Where the asker was told whom the question went to, tell what became of it. Who has what is
    told once more by the message that every change sends."""
    mine = settled.request.details.get("mine")
    if mine:
        await door.edit(mine[0], mine[1], said)


async def _tell_leads(asking: Asking, trouble: str) -> None:
    for lead in asking.look.team.leads:
        await asking.door.post(asking.look.book.directory.person(lead).slack, _noted(trouble))


def _noted(sentence: str) -> Message:
    return message(sentence, section(sentence))
