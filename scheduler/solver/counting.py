"""A bound on the highest share by counting alone, for plans too large for a linear program.

For any weights of the members, none negative, the highest share is no less than the weighted mean
of all shares, and that is no less than what is left when every seat goes to whoever makes its
weighted load least, whatever the rules say. The weights are raised where that leaves most load
(subgradient steps on the Lagrangian dual of the assignment's linear relaxation; Held and Karp,
1971). Any weights give a true bound; good ones give nearly that of the relaxation.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from scheduler.domain.fairness import load
from scheduler.domain.problem import Problem
from scheduler.rules.model import Pair

STEPS = 150
PACES = (0.5, 0.05)
"""How far the first step of a climb goes; the second climb begins where the first was best."""


def least_share(problem: Problem, pairs: Sequence[Pair], empty: int) -> float:
    """Thousandths of the share index that somebody reaches in every rotation in which at most
    ``empty`` of the seats that count for load, and have a candidate, stay empty.

    ``pairs`` are every seat with each member who may hold it, seat by seat.
    """
    members = [m for m in problem.members if problem.entitlements.get(m.id)]
    number = {member: n for n, member in enumerate(members)}
    loads = [
        (seat, number.get(member, -1), load(problem, member, seat))
        for seat, member in pairs
        if not seat.is_shadow
    ]
    if not loads or not members:
        return 0
    seats = [seat for seat, _, _ in loads]
    starts = np.array([n for n, s in enumerate(seats) if n == 0 or s is not seats[n - 1]])
    holders = np.array([holder for _, holder, _ in loads])
    weights = np.array([weight for _, _, weight in loads], dtype=float)
    entitled = np.array([problem.entitlements[m.id] for m in members], dtype=float)
    served = np.array([problem.served.get(m.id, 0) for m in members], dtype=float)
    best = _ascend(_Seats(starts, holders, weights), entitled, served, empty)
    return 1000 * best


class _Seats:
    """The pairs seat by seat: where each seat begins, the holders by number, their loads. Whoever
    has no entitlement takes load that nobody counts, and has the number -1."""

    def __init__(
        self, starts: NDArray[np.int64], holders: NDArray[np.int64], loads: NDArray[np.float64]
    ) -> None:
        self.starts = starts
        self.holders = holders
        self.loads = loads
        self.sizes = np.diff(np.append(starts, len(holders)))

    def cheapest(
        self, weights: NDArray[np.float64]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """The least weighted load of each seat, and the load of each member where every seat is
        split evenly among those who make it least."""
        priced = np.append(weights, 0.0)[self.holders] * self.loads
        least = np.minimum.reduceat(priced, self.starts)
        taken = priced <= np.repeat(least, self.sizes) * (1 + 1e-12)
        parts = taken / np.repeat(np.add.reduceat(taken.astype(float), self.starts), self.sizes)
        kept = np.bincount(self.holders + 1, parts * self.loads, len(weights) + 1)[1:]
        return least, kept.astype(np.float64)


def _ascend(
    seats: _Seats, entitled: NDArray[np.float64], served: NDArray[np.float64], empty: int
) -> float:
    best, peak = 0.0, np.ones(len(entitled))
    for pace in PACES:
        weights = peak.copy()
        for step in range(1, STEPS + 1):
            least, given = seats.cheapest(weights)
            kept = float(np.sort(least)[: max(0, len(least) - empty)].sum())
            share = float((kept + weights @ served) / (weights @ entitled))
            if share > best:
                best, peak = share, weights.copy()
            shares = (given + served) / entitled
            if not shares.any():
                return best  # whoever has no entitlement may take it all
            weights *= np.exp(pace / step**0.5 * (shares / shares.mean() - 1).clip(-1, 1))
            weights /= weights.mean()
    return best
