"""A published rotation changed: everybody concerned learns of it once, with the reason noted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from scheduler.domain.change import MOVING, Entry, Kind, Move, undone
from scheduler.domain.rotation import Placed, Rotation
from scheduler.domain.shifts import SeatKey
from scheduler.messages import buttons, lines
from scheduler.messages.blocks import actions, message, paragraphs, section
from scheduler.messages.directory import Directory, Person
from scheduler.messages.message import Block, Message
from scheduler.messages.reminder import CHANGED, Reminder
from scheduler.messages.text import escape
from scheduler.messages.turns import Book, Turn, Window

_UNDOABLE = frozenset({Kind.swap, Kind.cover, Kind.override})


@dataclass(frozen=True, slots=True)
class _Change:
    """What one entry means to one person: seats that they got, and seats that they gave."""

    entry: Entry
    person: Person
    got: tuple[Move, ...]
    gave: tuple[Move, ...]

    @property
    def keys(self) -> tuple[SeatKey, ...]:
        return tuple(move.key for move in (*self.got, *self.gave))


def due(book: Book, window: Window) -> Iterator[Reminder]:
    """One message a person for every entry that moved a turn of theirs which was still to come."""
    for rotation in book.rotations:
        placed = rotation.seats_ever
        for entry in rotation.changes:
            if entry.kind in MOVING | {Kind.undo} and window.holds(entry.at):
                for change in _changes(book.directory, entry, placed):
                    yield _reminder(book.directory, rotation, change, placed)


def _changes(
    directory: Directory, entry: Entry, placed: Mapping[SeatKey, Placed]
) -> Iterator[_Change]:
    moves = [move for move in entry.moves if move.was != move.now and move.key in placed]
    for member in sorted({who for move in moves for who in (move.was, move.now) if who}):
        person = directory.person(member)
        ahead = [m for m in moves if _end(placed[m.key], person) > entry.at]
        got = tuple(move for move in ahead if move.now == member)
        gave = tuple(move for move in ahead if move.was == member)
        if got or gave:
            yield _Change(entry, person, got, gave)


def _end(placed: Placed, person: Person) -> datetime:
    return Turn(placed, datetime.min).end(person.timezone)


def _reminder(
    directory: Directory, rotation: Rotation, change: _Change, placed: Mapping[SeatKey, Placed]
) -> Reminder:
    entry, person = change.entry, change.person
    return Reminder(
        key=lines.key("changed", directory.installation, rotation.name, str(entry.id), person.id),
        to=person.id,
        at=entry.at.astimezone(UTC),
        until=min(
            _overtaken(rotation, change), max(_end(placed[key], person) for key in change.keys)
        ),
        kind=CHANGED,
        subject=change.keys,
        message=_message(directory, rotation, change, placed),
    )


def _overtaken(rotation: Rotation, change: _Change) -> datetime:
    """When later entries had moved on all that the person got, and given back all that they gave:
    then theirs is the news. Who gave a seat hears nothing of what became of it afterwards."""
    me, gave = change.person.id, {move.key for move in change.gave}
    moved: dict[SeatKey, datetime] = {}
    for entry in rotation.changes:
        if entry.id > change.entry.id:
            for move in entry.moves:
                if move.was != move.now and (move.key not in gave or move.now == me):
                    moved.setdefault(move.key, entry.at)
    if not all(key in moved for key in change.keys):
        return datetime.max.replace(tzinfo=UTC)
    return max(moved[key] for key in change.keys).astimezone(UTC)


def _message(
    directory: Directory, rotation: Rotation, change: _Change, placed: Mapping[SeatKey, Placed]
) -> Message:
    entry = change.entry
    return message(
        _notice(directory, change, placed),
        section(_opening(directory, change)),
        *_part("*New for you*", [_got(directory, m, placed[m.key], entry) for m in change.got]),
        *_part(
            "*No longer yours*", [_gave(directory, rotation, m, placed[m.key]) for m in change.gave]
        ),
        *_note(entry),
        *_undo(rotation, entry),
    )


def _opening(directory: Directory, change: _Change) -> str:
    entry, me = change.entry, change.person.id
    by = "You have" if entry.by == me else f"{directory.mention(entry.by)} has"
    match entry.kind:
        case Kind.swap:
            others = {m.was for m in change.got} | {m.now for m in change.gave}
            partners = " and ".join(directory.mention(who) for who in sorted(others - {"", me}))
            return (
                f"You and {partners} have exchanged turns." if partners else f"{by} swapped turns."
            )
        case Kind.cover if change.got:
            return "You have taken over a turn. Thank you!"
        case Kind.cover:
            takers = sorted({directory.mention(move.now) for move in change.gave if move.now})
            return f"{' and '.join(takers) or 'Somebody'} takes your turn over."
        case Kind.undo:
            return f"{by} taken a change back."
        case Kind.replan:
            return "The rest of the rotation was planned anew, and this touches your turns."
        case _:
            return f"{by} changed who serves."


def _got(directory: Directory, move: Move, placed: Placed, entry: Entry) -> str:
    said = lines.turn(directory, placed)
    return f"{said}, from {directory.mention(move.was)}" if move.was else said


def _gave(directory: Directory, rotation: Rotation, move: Move, placed: Placed) -> str:
    said = lines.turn(directory, placed)
    # Who has it now; where it came back to whoever gave it, they hear so of a later change.
    holder = placed.member if placed.member != move.was else move.now
    if holder:
        return f"{said}, now with {directory.mention(holder)}"
    if move.key in {seat.key for seat in rotation.dropped}:
        return f"{said}, which is no longer asked for"
    return f"{said}, now open for somebody else"


def _part(title: str, said: Sequence[str]) -> Iterator[Block]:
    if said:
        yield from paragraphs([title, *lines.listed(said)], room=5000)


def _note(entry: Entry) -> Iterator[Block]:
    if entry.note:
        yield section(f"> {escape(entry.note)}")


def _undo(rotation: Rotation, entry: Entry) -> Iterator[Block]:
    if entry.kind in _UNDOABLE and entry.id not in undone(rotation.changes):
        yield actions(buttons.take_back(f"{rotation.name}/{entry.id}"))


def _notice(directory: Directory, change: _Change, placed: Mapping[SeatKey, Placed]) -> str:
    """One sentence for the notification, which also stands for the whole in a summary."""
    said = []
    if change.got:
        said.append(f"new for you: {_plainly(directory, change.got, placed)}")
    if change.gave:
        said.append(f"no longer yours: {_plainly(directory, change.gave, placed)}")
    return f"Your turns changed; {'; '.join(said)}"


def _plainly(directory: Directory, moves: Sequence[Move], placed: Mapping[SeatKey, Placed]) -> str:
    first = escape(lines.turn_plainly(directory, placed[moves[0].key]))
    return first if len(moves) == 1 else f"{first} and {len(moves) - 1} more"
