"""Whether a draft can stay as it is, or has to be planned again."""

from __future__ import annotations

from scheduler.domain.growth import progress
from scheduler.domain.problem import Problem
from scheduler.domain.rotation import Rotation, Seating
from scheduler.files.team import Team
from scheduler.review.scorecard import score
from scheduler.rules.book import Policy, Tier


def stands(draft: Rotation, problem: Problem, team: Team, inputs: str) -> bool:
    """Whether a draft is what planning would start from and end with: made to the end from the
    same inputs, and not changed by hand since."""
    return draft.inputs == inputs and not draft.interrupted and is_as_planned(draft, problem, team)


def is_as_planned(draft: Rotation, problem: Problem, team: Team) -> bool:
    """Whether the seats of a draft still cost what it says, and break no requirement."""
    if {seat.key for seat in draft.placed} != {seat.key for seat in problem.seats}:
        return False
    if any(seat.member and seat.member not in problem.member_by_id for seat in draft.placed):
        return False
    seating = Seating(dict(problem.drafted))
    if any(any(rule.explain(problem, seating)) for rule in team.policy.requirements):
        return False
    card = score(problem, team.policy, seating)
    compared = {tier.name for tier in team.policy.tiers if not _looks_back(tier, team.policy)}
    stated = {tier.name: tier.price for tier in draft.tiers if tier.name in compared}
    counted = {name: price for name, price in card.tiers if name in compared}
    if draft.training and draft.training != progress(problem, seating):
        return False
    return card.shares == draft.shares and counted == stated


def _looks_back(tier: Tier, policy: Policy) -> bool:
    """Whether a tier's price hangs on the draft before, which is gone."""
    return any(rule.looks_back for rule in policy.priced(tier))
