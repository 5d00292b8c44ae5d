"""Parts of a problem that share nothing, so that each is planned as if the others were not there.

Two seats belong together where somebody may hold either, or where a rule looks at both: where
there is a row of the model (a requirement, or the price of a preference) in which both have a
decision. No rule has to say so; its rows do. Two things a model does not tell, and so they are
asked for: a price that hangs on everybody at once, such as leximin, has to be one that parts may
bring down by themselves (``OrderedPreference.apart``); and a tier may give nothing to those after
it, since the parts would have to share what it gives.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from scheduler.domain.problem import Problem
from scheduler.domain.shifts import Seat
from scheduler.rules.book import Policy
from scheduler.rules.card import OrderedPreference
from scheduler.rules.model import Model
from scheduler.solver.frame import build, open_pairs
from scheduler.solver.large import MODELLED
from scheduler.solver.rows import Rows

MOST_PARTS = 16
"""Every part is judged by the whole rule book; with many of them that would be most of the work."""


def parts(problem: Problem, policy: Policy) -> tuple[Problem, ...]:
    """The problem in parts, each with the seats of the others closed and without their pins; the
    problem alone where it hangs together, or is too large for the model that tells it.

    The least prices of the parts, put together, are the least prices of the whole.
    """
    if not _may_part(problem, policy):
        return (problem,)
    pairs = open_pairs(problem, policy)
    # Most teams hang together by their people alone, which is seen at once.
    if len(pairs) > MODELLED or len(_groups(problem, Groups(pairs))) < 2:
        return (problem,)
    model = build(problem, policy, pairs)
    groups = _groups(problem, _joined(model, problem, policy))
    if len(groups) < 2:
        return (problem,)
    return tuple(_part(problem, groups, bin_) for bin_ in _packed(model, groups))


def _may_part(problem: Problem, policy: Policy) -> bool:
    tiers = policy.open_tiers(problem)
    if any(tier.give or tier.spare or tier.upto for tier in tiers[:-1]):
        return False
    ordered = (r for t in tiers for r in policy.priced(t) if isinstance(r, OrderedPreference))
    return all(rule.apart for rule in ordered)


class Groups:
    """Things that belong together, by joining two at a time."""

    def __init__(self, pairs: Iterable[tuple[object, object]] = ()) -> None:
        self._over: dict[object, object] = {}
        for one, other in pairs:
            self.join(one, other)

    def __contains__(self, thing: object) -> bool:
        return thing in self._over

    def join(self, one: object, other: object) -> None:
        """From now on the two, and all that belong to either, belong together."""
        self._over[self.root(other)] = self.root(one)

    def root(self, thing: object) -> object:
        """One and the same thing for all that belong together."""
        top = self._over.setdefault(thing, thing)
        while top != self._over[top]:
            top = self._over[top]
        while thing != top:
            thing, self._over[thing] = self._over[thing], top
        return top


def _joined(model: Model, problem: Problem, policy: Policy) -> Groups:
    """Seats, members and variables (by their number), as the rows of all rules join them."""
    for tier in policy.open_tiers(problem):
        for rule in policy.priced(tier):
            if not isinstance(rule, OrderedPreference):
                rule.cost(model, problem)
    rows = Rows()
    rows.follow(model)
    joined = Groups(model.pairs)
    names = list(range(len(rows.bounds)))
    for (seat, _), decision in model.decisions.items():
        joined.join(seat, names[decision.index])
    for row in rows.rows:
        for column in row.columns[1:]:
            joined.join(names[row.columns[0]], names[column])
    return joined


def _groups(problem: Problem, joined: Groups) -> list[list[Seat]]:
    """The seats that anybody may hold, group by group."""
    found: dict[object, list[Seat]] = {}
    for seat in problem.seats:
        if seat in joined:
            found.setdefault(joined.root(seat), []).append(seat)
    return list(found.values())


def _packed(model: Model, groups: list[list[Seat]]) -> list[list[int]]:
    """The numbers of the groups in a few bins of about equal size, the largest group first."""
    sizes = [sum(len(model.candidates(seat)) for seat in group) for group in groups]
    bins: list[list[int]] = [[] for _ in range(min(MOST_PARTS, len(groups)))]
    full = [0] * len(bins)
    for number in sorted(range(len(groups)), key=lambda number: -sizes[number]):
        least = full.index(min(full))
        bins[least].append(number)
        full[least] += sizes[number]
    return bins


def _part(problem: Problem, groups: list[list[Seat]], numbers: list[int]) -> Problem:
    own = {seat.key for number in numbers for seat in groups[number]}
    others = {seat.key for group in groups for seat in group} - own
    pins = {key: member for key, member in problem.pins.items() if key not in others}
    return replace(problem, closed=problem.closed | others, pins=pins)
