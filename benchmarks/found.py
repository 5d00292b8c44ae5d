"""What a planner is given and what it gives back, whichever it is."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from benchmarks.census import Work
from benchmarks.facts import Facts
from scheduler.domain.rotation import TierResult
from scheduler.domain.shifts import SeatKey

NEAR = 0.01
"""What counts as near the bound, as a part of it."""

CLOSE = 0.02
"""What counts as close to it."""


@dataclass(frozen=True)
class Run:
    """The work, the same as plain facts, and the limits: seconds by the clock, and a seed."""

    work: Work
    facts: Facts
    seconds: float
    seed: int = 1


@dataclass(frozen=True)
class Found:
    """Who holds each filled seat, and when (in seconds) what was reached.

    ``first`` is the first plan in which no must seat is empty, ``near`` the first one within 1% of
    the bound that stood in the end, ``close`` within 2% (for Rota up to the highest share, the
    tiers after it left aside), ``proof`` when nothing better was left to look for; ``None`` where
    that never came. ``value`` and ``bound`` are of the planner's own goal, ``None`` where it
    has no such thing; ``tiers`` are stated by Rota alone.
    """

    holders: Mapping[SeatKey, str]
    seconds: float
    first: float | None = None
    near: float | None = None
    close: float | None = None
    proof: float | None = None
    value: float | None = None
    bound: float | None = None
    tiers: tuple[TierResult, ...] = ()
    note: str = ""


class Missing(Exception):
    """A peer needs something that is not installed; the sentence names it."""


def stopwatch() -> Callable[[], float]:
    """Seconds since now, by the clock."""
    begun = time.monotonic()
    return lambda: time.monotonic() - begun


def is_near(value: float, bound: float, part: float = NEAR) -> bool:
    """Whether a value to be made small lies within a part of its bound, 1% unless told."""
    return value - bound <= part * abs(bound) + 1e-9
