"""What goes into a solve besides the problem, what it tells on the way and what comes out."""

from __future__ import annotations

from dataclasses import dataclass

from scheduler.domain.rotation import Seating, TierResult


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a solve may go on.

    ``work`` is in CP-SAT's deterministic seconds (about a second of one idle core each): it ends
    at the same step on every machine. ``seconds`` is by the clock, and a solve that it ends is
    marked as interrupted.
    """

    work: float = 5.0
    seconds: float | None = None
    seed: int = 0
    workers: int = 1
    """Threads that search. With more than one, ``work`` is in seconds by the clock, and the
    rotation found may be another one each time."""


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a solve stands: the tier in work, the number of the goal within it, the value of the
    best rotation found and the proved bound."""

    tier: str
    goal: int
    value: int
    bound: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """The best rotation found, what each tier costs, and how the search ended.

    There always is one: in the worst case every seat is empty but the pinned ones.
    """

    seating: Seating
    tiers: tuple[TierResult, ...]
    interrupted: bool
    seconds: float
    decisions: int
    parts: tuple[tuple[str, ...], ...] = ()
    """The duties of each part that was planned by itself; nothing where all hangs together."""
