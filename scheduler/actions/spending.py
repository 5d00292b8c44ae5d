"""Published turns that may move beyond the least, spent on fairness: what each of them buys."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from scheduler.domain.rotation import Price
from scheduler.rules.book import Policy, Tier
from scheduler.rules.preferences.fair_share import FairShare
from scheduler.solver.outcome import Outcome

STAY = "stay"
"""The tier that counts moved turns."""
NEAR = "near"
"""The tier that would rather move the later ones."""


def ladder(policy: Policy, most: int, plan: Callable[[Policy], Outcome]) -> Iterator[Outcome]:
    """The plans that spend no turn, one, two and so on, up to the first that is as good as one
    that spends ``most``: any more would be moved for nothing."""
    best = plan(spending(policy, most))
    for turns in range(most):
        outcome = plan(spending(policy, turns) if turns else policy)
        yield outcome
        if _bought(policy, outcome) <= _bought(policy, best):
            return
    yield best


def spending(policy: Policy, turns: int) -> Policy:
    """The policy with so many moved turns given up for the goals down to fairness. Which turns
    these are is settled right after it, so that growth and comfort move none."""
    near = [tier for tier in policy.tiers if tier.name == NEAR]
    rest = [tier for tier in policy.tiers if tier.name != NEAR]
    tiers = [replace(t, spare=t.spare + turns) if t.name == STAY else t for t in rest]
    place = _fairness(policy, tiers) + 1
    return replace(policy, tiers=(*tiers[:place], *near, *tiers[place:]))


def _fairness(policy: Policy, tiers: Iterable[Tier]) -> int:
    """The place of fairness among the goals; the last one where it is switched off."""
    named = {rule.tier for rule in policy.rules if isinstance(rule, FairShare)}
    places = [number for number, tier in enumerate(tiers) if tier.name in named or not named]
    return places[-1] if places else -1


def _bought(policy: Policy, outcome: Outcome) -> list[Price]:
    """The prices of the goals for which turns are spent, without what these gave up in turn."""
    names = [tier.name for tier in policy.tiers]
    found = {tier.name: tier for tier in outcome.tiers}
    down_to = names[: _fairness(policy, policy.tiers) + 1]
    results = [found[name] for name in down_to if name in found and name not in {STAY, NEAR}]
    return [t.price if isinstance(t.price, tuple) else t.price - t.given for t in results]
