"""What goes into a solve besides the problem, what it tells on the way and what comes out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

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


Watch: TypeAlias = Callable[[Progress], None]
"""Told where a solve stands."""


class Means(StrEnum):
    """What a plan is made and bounded by, in the order of use (docs/decisions/0013)."""

    start = "start"
    """Seat by seat, to whoever has least."""
    chains = "chains"
    """Load moves from the worst-off over several people to somebody with little."""
    shadows = "shadows"
    """Shadow seats, to those whose goals ask for them."""
    counting = "counting"
    """A bound by adding up what must be held by somebody."""
    relaxation = "relaxation"
    """A bound by a linear program."""
    repair = "repair"
    """Local search for a rotation that costs less."""
    neighbourhoods = "neighbourhoods"
    """Some turns freed at a time, and shared out anew at the least price."""
    branching = "branching"
    """Branch and cut by HiGHS: plans and bounds."""
    search = "search"
    """Complete search by CP-SAT."""
    evening = "evening"
    """Moves that even out what no tier prices, and may lower a price on the way."""


@dataclass(frozen=True, slots=True)
class Step:
    """What one means brought to one goal of a tier: its price and bound before and after.

    Fairness is the highest share in thousandths in its first goal, and a number of people in those
    after it. ``before`` is ``None`` where there was no rotation yet, or nobody asked what it came
    to. ``work`` is in deterministic seconds, where the means counts them, else 0; ``seconds`` are
    by the clock, those of a means that works on all tiers at once said of the first. ``part``
    counts from 1 where parts of the problem were planned apart, else it is 0.
    """

    tier: str
    goal: int
    means: Means
    before: int | None
    after: int
    bound_before: int
    bound_after: int
    work: float
    seconds: float
    part: int = 0

    @property
    def moved(self) -> bool:
        """Whether it changed the price or the bound."""
        return (self.before, self.bound_before) != (self.after, self.bound_after)


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
    steps: tuple[Step, ...] = ()
    """What brought the plan about, in the order in which it happened."""
