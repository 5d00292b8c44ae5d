"""The changes at the end of a rotation file, as far as they say what became of turns."""

from __future__ import annotations

from scheduler.audit.source import Node

Key = tuple[str, str]
"""Shift and seat."""


def missed_turns(changes: Node) -> set[Key]:
    """The turns of which the last word in force is that they were missed."""
    entries = {entry.need("id").text(): entry for entry in changes.entries()}
    gone: set[str] = set()
    for number, entry in reversed(list(entries.items())):
        if entry["undoes"] and number not in gone:
            gone.add(entry["undoes"].text())
    words: dict[Key, str] = {}
    for number, entry in entries.items():
        kind = entry["kind"].text()
        if kind in {"done", "missed"} and number not in gone:
            for seat in entry["seats"].entries():
                words[seat.need("shift").text(), seat.need("seat").text()] = kind
    return {key for key, word in words.items() if word == "missed"}
