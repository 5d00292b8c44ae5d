"""Who may share a shift with whom."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from scheduler.audit.case import Case, Held, breach
from scheduler.audit.report import Breach


def not_together(case: Case) -> Iterator[Breach]:
    """Members who are never to be together share no shift, not even as its shadow."""
    for one, other in _sharing(case):
        if any({one.member.id, other.member.id} <= group for group in case.roster.apart):
            yield breach("not_together", f"{_both(one, other)}, and never are to", one, other)


def differ(case: Case) -> Iterator[Breach]:
    """The people of a shift differ in what its duty says; shadows do not count, nor does anybody of
    whom it is not known."""
    for one, other in _sharing(case):
        if one.seat.is_shadow or other.seat.is_shadow:
            continue
        for what in one.seat.duty.differ:
            value = getattr(one.member, what)
            if value and value == getattr(other.member, what):
                sentence = f"{_both(one, other)} and have the same {what}, {value}"
                yield breach("differ", sentence, one, other)


def _sharing(case: Case) -> Iterator[tuple[Held, Held]]:
    """Every two seats of one shift that are held by two people."""
    for turns in case.by_shift.values():
        for one, other in combinations(turns, 2):
            if one.member is not other.member:
                yield one, other


def _both(one: Held, other: Held) -> str:
    return f"{one.member.name} and {other.member.name} share {one.seat.shift}"
