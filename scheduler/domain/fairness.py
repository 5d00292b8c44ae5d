"""What a fair load is: the formulas of the share index, with their words.

*Load* is effort weighted by how burdensome the time is. *Entitlement* is the load that would be
fair for a member: the load of all seats on offer, divided in proportion to the budget that each
member has after leave, minus the balance carried from earlier quarters. *Share index* is load
divided by entitlement, in thousandths. Everything is in whole minutes, so that the solver and the
reports agree to the last digit.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from scheduler.domain.people import Member
from scheduler.domain.problem import Problem
from scheduler.domain.rotation import Seating, Share
from scheduler.domain.shifts import Seat

LEAST_ENTITLEMENT = 60
"""Nobody's entitlement falls below one hour, however far ahead of the others they are."""


def load(problem: Problem, member: Member, seat: Seat) -> int:
    """Minutes that a seat weighs for a member; 0 for a shadow, who learns and is not counted.

    Each working day of the seat carries an equal part of the effort, times the weight of the
    heaviest quiet period that it lies in.
    """
    return 0 if seat.is_shadow else weighed(problem, seat)


def weighed(problem: Problem, seat: Seat) -> int:
    """Minutes that a seat weighs before anybody in particular holds it."""
    days = seat.span.working_days
    percent = sum(
        max((period.weight for period in problem.quiet if day in period.span), default=100)
        for day in days
    )
    return seat.effort * percent // (100 * len(days))


def on_offer(problem: Problem) -> int:
    """Load of all seats of the horizon, filled or not, shadows apart, with what is served already."""
    return sum(problem.served.values()) + sum(weighed(problem, seat) for seat in problem.seats if not seat.is_shadow)


def available(problem: Problem, member: Member) -> int:
    """Minutes of budget that a member has in the horizon after leave and directed work."""
    return member.budget_in(problem.horizon)


def fair_shares(problem: Problem, able: Collection[Member]) -> dict[str, int]:
    """Fair share of each able member before the balance of earlier quarters.

    ``able`` are the members who can hold at least one seat. Where none of them has any budget,
    all of them count alike.
    """
    budgets = {m.id: available(problem, m) for m in problem.members if m in able}
    total = sum(budgets.values())
    if not total:
        budgets, total = dict.fromkeys(budgets, 1), max(1, len(budgets))
    offered = on_offer(problem)
    return {member: offered * budget // total for member, budget in budgets.items()}


def entitlements(fair: Mapping[str, int], carried: Mapping[str, int]) -> dict[str, int]:
    """Fair shares less the balance that each member carries, at least an hour.

    A newcomer, for whom nothing is carried, starts at the team's mean balance.
    """
    known = [carried[member] for member in fair if member in carried]
    mean = sum(known) // len(known) if known else 0
    return {
        member: max(LEAST_ENTITLEMENT, share - carried.get(member, mean))
        for member, share in fair.items()
    }


def entitled(problem: Problem, able: Collection[Member]) -> Problem:
    """The problem with fair shares and entitlements worked out, fixed before any solving."""
    fair = fair_shares(problem, able)
    return replace(problem, fair=fair, entitlements=entitlements(fair, problem.carried))


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
    return tuple(
        Share(
            member=member.id,
            available=available(problem, member),
            load=served[member.id],
            fair=problem.fair.get(member.id, 0),
            entitlement=problem.entitlements.get(member.id, 0),
            carried=problem.carried.get(member.id, 0),
        )
        for member in problem.members
    )


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
