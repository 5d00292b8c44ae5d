"""Seats and turns in a line of text each."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote

from scheduler.domain.rotation import Placed
from scheduler.messages.days import when, when_plainly
from scheduler.messages.directory import Directory
from scheduler.messages.text import name


def seat(directory: Directory, placed: Placed) -> str:
    """``*Support* (odd)``, ``*Release* (as a shadow)``: a duty and the seat in it."""
    return " ".join([f"*{directory.duty(placed.duty)}*", *map(name, _seat(placed))])


def seat_plainly(directory: Directory, placed: Placed) -> str:
    """The same for headings and buttons, not yet escaped."""
    return " ".join([directory.title(placed.duty), *_seat(placed)])


def _seat(placed: Placed) -> tuple[str, ...]:
    """The seat where it says more than that somebody leads."""
    if placed.role == "shadow":
        return ("(as a shadow)",)
    return () if placed.seat == "lead" else (f"({placed.seat})",)


def turn(directory: Directory, placed: Placed) -> str:
    """A seat and when it is held."""
    return f"{seat(directory, placed)}: {when(placed, directory.timezone)}"


def turn_plainly(directory: Directory, placed: Placed) -> str:
    """The same where Slack reads no formats, not yet escaped."""
    return f"{seat_plainly(directory, placed)}, {when_plainly(placed, directory.timezone)}"


def listed(lines: Iterable[str]) -> list[str]:
    """Lines as the points of a list."""
    return [f"•  {line}" for line in lines]


def key(*parts: str) -> str:
    """An idempotency key. Parts are quoted, so that no two different lists give the same."""
    return "/".join(quote(part, safe="@") for part in parts)
