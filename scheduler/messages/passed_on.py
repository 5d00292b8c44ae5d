"""What a reminder says that was posted already when its turn went to somebody else."""

from __future__ import annotations

from scheduler.domain.rotation import Placed
from scheduler.messages import lines
from scheduler.messages.blocks import message, section
from scheduler.messages.directory import Directory
from scheduler.messages.message import Message


def passed_on(directory: Directory, placed: Placed) -> Message:
    """To whoever had a turn: who has it now, or that nobody does."""
    holder = f"went to {directory.mention(placed.member)}" if placed.member else "is open now"
    said = f"{lines.turn(directory, placed)}: this turn {holder}. Nothing is left for you to do."
    return message(said, section(said))


def given_back(directory: Directory, placed: Placed) -> Message:
    """To whoever had a turn, lost it, and has it again."""
    said = f"{lines.turn(directory, placed)}: this turn is yours again."
    return message(said, section(said))


def handed_over(directory: Directory, giving: Placed, taking: Placed) -> Message:
    """To whoever was told of a hand-over: between whom it is now."""
    who = [directory.mention(seat.member) if seat.member else "nobody" for seat in (giving, taking)]
    said = f"{lines.turn(directory, taking)}: this hand-over is from {who[0]} to {who[1]} now."
    return message(said, section(said))
