"""What a fair load is: the formulas of the share index, with their words.

*Load* is effort weighted by how burdensome the time is. *Entitlement* is the load that would be
fair for a member: the load of all seats on offer, divided in proportion to the budget that each
member has after leave, minus the balance carried from earlier quarters. *Share index* is load
divided by entitlement, in thousandths. Everything is in whole minutes, so that the solver and the
reports agree to the last digit.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping

from scheduler.domain.burden import burdensome, load, weighed
from scheduler.domain.ledgers import BURDENSOME, kept
from scheduler.domain.people import Member
from scheduler.domain.problem import LedgerKey, Problem
from scheduler.domain.rotation import Ledger, Seating, Share
from scheduler.domain.shifts import Seat

__all__ = [
    "LEAST_ENTITLEMENT",
    "available",
    "balances",
    "books",
    "due",
    "entitled",
    "entitlements",
    "fair_shares",
    "in_proportion",
    "load",
    "loads",
    "on_offer",
    "scaled",
    "shares",
    "wanted",
    "weighed",
    "with_ledgers",
]

LEAST_ENTITLEMENT = 60
"""Nobody's entitlement falls below one hour, however far ahead of the others they are."""


def on_offer(problem: Problem) -> int:
    """Load of all seats of the horizon, filled or not, with what is served already; shadows
    carry none. Quiet days count with their weight, holidays and odd hours do not: they are known
    of a holder only."""
    return sum(problem.served.values()) + sum(
        weighed(problem, seat) for seat in problem.seats if not seat.is_shadow
    )


def available(problem: Problem, member: Member) -> int:
    """Minutes of budget that a member has in the horizon after leave and directed work."""
    return problem.available[member]


def fair_shares(problem: Problem, able: Collection[Member]) -> dict[str, int]:
    """Fair share of each able member before the balance of earlier quarters.

    ``able`` are the members who can hold at least one seat. Where none of them has any budget,
    all of them count alike.
    """
    budgets = {m.id: available(problem, m) for m in problem.members if m in able}
    return in_proportion(budgets, on_offer(problem))


def in_proportion(budgets: Mapping[str, int], offered: int) -> dict[str, int]:
    """Minutes divided in proportion to budgets; alike where nobody has any."""
    total = sum(budgets.values())
    if not total:
        budgets, total = dict.fromkeys(budgets, 1), max(1, len(budgets))
    return {member: offered * budget // total for member, budget in budgets.items()}


def balances(fair: Collection[str], carried: Mapping[str, int]) -> dict[str, int]:
    """The balance that each member starts with: what they carry, and for a newcomer, for whom
    nothing is carried, the team's mean."""
    known = [carried[member] for member in fair if member in carried]
    mean = sum(known) // len(known) if known else 0
    return {member: carried.get(member, mean) for member in fair}


def entitlements(fair: Mapping[str, int], carried: Mapping[str, int]) -> dict[str, int]:
    """Fair shares less the balance that each member starts with, at least an hour."""
    start = balances(fair, carried)
    return {member: max(LEAST_ENTITLEMENT, share - start[member]) for member, share in fair.items()}


def entitled(problem: Problem, able: Collection[Member]) -> Problem:
    """The problem with fair shares and entitlements worked out, fixed before any solving."""
    fair = fair_shares(problem, able)
    return problem.with_shares(fair, entitlements(fair, problem.carried), problem.ledgers)


def with_ledgers(problem: Problem, pairs: Iterable[tuple[Seat, Member]]) -> Problem:
    """The problem with the fair share of each ledger, fixed before any solving; ``pairs`` are the
    seats with those who may hold them."""
    holders: dict[Seat, list[Member]] = {}
    for seat, member in pairs:
        holders.setdefault(seat, []).append(member)
    able: dict[str, dict[Member, None]] = {}
    burdens: dict[Seat, list[int]] = {}
    for seat, members in holders.items():
        if not seat.is_shadow:
            for name in (seat.duty.kind, BURDENSOME):
                able.setdefault(name, {}).update(dict.fromkeys(members))
            burdens[seat] = [burdensome(problem, member, seat) for member in members]
    offered = _on_offer(problem, burdens)
    shares = {
        (member, name): part
        for name, members in able.items()
        for member, part in _divided(problem, members, offered[name]).items()
    }
    return problem.with_shares(problem.fair, problem.entitlements, shares)


def _on_offer(problem: Problem, burdens: Mapping[Seat, list[int]]) -> Counter[str]:
    """Minutes on offer by ledger, with what is served already."""
    offered: Counter[str] = Counter()
    for (_, name), minutes in problem.ledgers_served.items():
        offered[name] += minutes
    for seat in problem.seats:
        if not seat.is_shadow:
            offered[seat.duty.kind] += weighed(problem, seat)
    offered[BURDENSOME] += sum(sum(minutes) // len(minutes) for minutes in burdens.values())
    return offered


def _divided(problem: Problem, members: Iterable[Member], offered: int) -> dict[str, int]:
    return in_proportion({member.id: available(problem, member) for member in members}, offered)


def wanted(problem: Problem) -> dict[LedgerKey, int]:
    """What each member is entitled to in each ledger: the fair share less the balance that they
    start with, at least nothing."""
    by_name: dict[str, dict[str, int]] = {}
    for (member, name), fair in problem.ledgers.items():
        by_name.setdefault(name, {})[member] = fair
    found: dict[LedgerKey, int] = {}
    for name, fair_by_member in by_name.items():
        carried = {m: c for (m, other), c in problem.ledgers_carried.items() if other == name}
        start = balances(fair_by_member, carried)
        for member, fair in fair_by_member.items():
            found[member, name] = max(0, fair - start[member])
    return found


def loads(problem: Problem, seating: Seating) -> dict[str, int]:
    """Load of every member in minutes."""
    return {
        member.id: problem.served.get(member.id, 0)
        + sum(load(problem, member, seat) for seat in seating.turns(member))
        for member in problem.members
    }


def shares(problem: Problem, seating: Seating) -> tuple[Share, ...]:
    """Every member's line of the fairness table, in the order of the roster."""
    served = loads(problem, seating)
    start = balances(problem.fair, problem.carried)
    ledgers = kept(problem, seating)
    return tuple(
        Share(
            member=member.id,
            available=available(problem, member),
            load=served[member.id],
            fair=problem.fair.get(member.id, 0),
            entitlement=problem.entitlements.get(member.id, 0),
            carried=start.get(member.id, problem.carried.get(member.id, 0)),
            ledgers=ledgers.get(member.id, ()),
        )
        for member in problem.members
    )


def due(lines: Iterable[Share | Ledger]) -> list[float]:
    """The fair part of what was done, in minutes, line by line: fair shares scaled so that they
    add up to the loads. Seats that stayed empty are nobody's debt."""
    lines = list(lines)
    done, fair = sum(line.load for line in lines), sum(line.fair for line in lines)
    return [line.fair * done / fair if fair else float(line.load) for line in lines]


def books(lines: Iterable[Share]) -> dict[LedgerKey, tuple[int, float]]:
    """What each member did in each ledger, and the fair part of what was done in it; in minutes."""
    by_name: dict[str, list[tuple[str, Ledger]]] = {}
    for line in lines:
        for ledger in line.ledgers:
            by_name.setdefault(ledger.name, []).append((line.member, ledger))
    return {
        (member, name): (ledger.load, fair)
        for name, entries in by_name.items()
        for (member, ledger), fair in zip(entries, due(e for _, e in entries), strict=True)
    }


def scaled(lines: Iterable[Share]) -> dict[str, float | None]:
    """Share indices scaled so that 1.00 is the team's mean; ``None`` for whoever can hold no seat.

    The mean is total load ÷ total entitlement, which is below 1 when seats stay empty.
    """
    lines = tuple(lines)
    load_sum = sum(line.load for line in lines if line.entitlement)
    entitlement_sum = sum(line.entitlement for line in lines)
    if not load_sum:
        return {line.member: (0.0 if line.entitlement else None) for line in lines}
    return {
        line.member: line.load * entitlement_sum / (line.entitlement * load_sum)
        if line.entitlement
        else None
        for line in lines
    }
