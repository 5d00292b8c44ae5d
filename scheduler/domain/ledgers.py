"""Ledgers: the load by kind of work, and burdensome time beside it.

What is fair in a ledger says ``domain.fairness``; here is what goes into it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from scheduler.domain.burden import burdensome, load
from scheduler.domain.people import Member
from scheduler.domain.problem import LedgerKey, Problem
from scheduler.domain.rotation import Ledger, Seating
from scheduler.domain.shifts import Seat

BURDENSOME = "burdensome"
"""The ledger of burdensome time, in minutes of effort; all others are called by their kind."""


def entries(problem: Problem, member: Member, seat: Seat) -> Iterator[tuple[str, int]]:
    """The ledgers that a seat would go into if a member held it, with the minutes; nothing for a
    shadow, who learns."""
    if not seat.is_shadow:
        yield seat.duty.kind, load(problem, member, seat)
        if minutes := burdensome(problem, member, seat):
            yield BURDENSOME, minutes


def served(problem: Problem, seating: Seating) -> Counter[LedgerKey]:
    """Minutes by member and ledger."""
    found: Counter[LedgerKey] = Counter(problem.ledgers_served)
    for seat, member in seating:
        for name, minutes in entries(problem, member, seat):
            found[member.id, name] += minutes
    return found


def kept(problem: Problem, seating: Seating) -> dict[str, tuple[Ledger, ...]]:
    """Every member's ledgers by name; those in which there is nothing are left out."""
    minutes = served(problem, seating)
    found: dict[str, list[Ledger]] = {}
    for member, name in sorted({*minutes, *problem.ledgers}):
        ledger = Ledger(name, minutes[member, name], problem.ledgers.get((member, name), 0))
        if ledger.load or ledger.fair:
            found.setdefault(member, []).append(ledger)
    return {member: tuple(ledgers) for member, ledgers in found.items()}
