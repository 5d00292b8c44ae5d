"""The changes at the end of a rotation file: whether they follow one another and end at the seats
as they stand, and what they say became of turns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from scheduler.audit.source import Node
from scheduler.audit.words import number

Key = tuple[str, str]
"""Shift and seat."""


def missed_turns(changes: Node) -> set[Key]:
    """The turns of which the last word in force is that they were missed."""
    entries = {entry.need("id").text(): entry for entry in changes.entries()}
    gone: set[str] = set()
    for change, entry in reversed(list(entries.items())):
        if entry["undoes"] and change not in gone:
            gone.add(entry["undoes"].text())
    words: dict[Key, str] = {}
    for change, entry in entries.items():
        kind = entry["kind"].text()
        if kind in {"done", "missed"} and change not in gone:
            for seat in entry["seats"].entries():
                words[seat.need("shift").text(), seat.need("seat").text()] = kind
    return {key for key, word in words.items() if word == "missed"}


def false_changes(changes: Node, holders: Mapping[Key, str]) -> Iterator[str]:
    """What does not fit: numbers that do not rise, an undo of what was not there, and a seat that
    is not there, or held by somebody else than its last change says."""
    last, known = 0, set[int]()
    ends: dict[Key, tuple[int, str]] = {}
    for entry in changes.entries():
        this = number(entry.need("id"), 0)
        if this <= last:
            yield f"change {this} comes after change {last}"
        undone = number(entry["undoes"], 0)
        if entry["undoes"] and undone not in known:
            yield f"change {this} undoes change {undone}, which is not there before it"
        last = max(last, this)
        known.add(this)
        for seat in entry["seats"].entries():
            key = seat.need("shift").text(), seat.need("seat").text()
            ends[key] = this, seat["to"].text()
    for (shift, name), (change, member) in ends.items():
        holder = holders.get((shift, name))
        if holder is None:
            yield f"change {change} is about {shift}/{name}, which is not there"
        elif holder != member:
            yield (
                f"change {change} gives {shift}/{name} to {member or 'nobody'}, and it is held by "
                f"{holder or 'nobody'}"
            )
