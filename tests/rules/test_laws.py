"""The laws that hold for every rule in the book, present and future.

No rule is named here: what is special about one stands in its class.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice, product
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scheduler.domain.problem import Problem
from scheduler.domain.rotation import Price, Seating
from scheduler.review.pins import broken_pins
from scheduler.review.scorecard import score
from scheduler.rules.book import RULES, Policy
from scheduler.rules.card import Fit, OrderedPreference, Preference, Requirement, Rule, price
from scheduler.rules.model import Model
from scheduler.solver import Limits, solve
from tests.rules.halves import is_allowed, least_price, solved
from tests.rules.problems import (
    pinned,
    policies,
    problems,
    rules,
    seatings,
    with_more_ahead,
)

PREFERENCES = [kind for kind in RULES if issubclass(kind, Preference)]
REQUIREMENTS = [kind for kind in RULES if issubclass(kind, Requirement)]


def named(kind: type[Rule]) -> str:
    """What a law's test is called for a rule."""
    return kind.id()


calm = settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
often = settings(calm, max_examples=60)
seldom = settings(calm, max_examples=25)


@pytest.mark.parametrize("kind", PREFERENCES, ids=named)
@often
@given(data=st.data())
def test_price(kind: type[Preference], data: st.DataObject) -> None:
    """With the decisions fixed to any rotation, the least cost is what ``explain`` says."""
    problem = data.draw(problems())
    rule = data.draw(rules(kind))
    assert isinstance(rule, Preference)
    seating = data.draw(seatings(problem))
    findings = list(rule.explain(problem, seating))
    assert least_price(rule, problem, seating) == price(rule, findings)
    assert all(finding.units >= 0 for finding in findings)
    ordered = isinstance(rule, OrderedPreference)
    assert type(price(rule, findings)) is (tuple if ordered else int)


@pytest.mark.parametrize("kind", [k for k in REQUIREMENTS if issubclass(k, Fit)], ids=named)
@seldom
@given(data=st.data())
def test_forbid_what_does_not_fit(kind: type[Requirement], data: st.DataObject) -> None:
    """A fixed model is solvable exactly when ``explain`` is silent. Both halves of a ``Fit``
    follow from one sentence, so that few examples do."""
    forbids_what_it_explains(kind, data)


@pytest.mark.parametrize("kind", [k for k in REQUIREMENTS if not issubclass(k, Fit)], ids=named)
@often
@given(data=st.data())
def test_forbid(kind: type[Requirement], data: st.DataObject) -> None:
    """The same for rules that write both halves themselves."""
    forbids_what_it_explains(kind, data)


def forbids_what_it_explains(kind: type[Requirement], data: st.DataObject) -> None:
    """For any rotation, for an accepted one, and for one step beyond it."""
    problem = data.draw(problems())
    rule = data.draw(rules(kind))
    assert isinstance(rule, Requirement)
    seating = data.draw(seatings(problem))
    accepted = accepted_part([rule], problem, seating)
    beyond = (accepted.plus(s, m) for s, m in seating if accepted[s] is None)
    for tried in (seating, accepted, *islice(beyond, 4)):
        assert is_allowed(rule, problem, tried) is (not complaints([rule], problem, tried))


@pytest.mark.parametrize("kind", REQUIREMENTS, ids=named)
@seldom
@given(data=st.data())
def test_heredity(kind: type[Requirement], data: st.DataObject) -> None:
    """Emptying seats of an accepted rotation breaks nothing; at the least, the empty one passes."""
    problem = data.draw(problems())
    rule = data.draw(rules(kind))
    assert isinstance(rule, Requirement)
    assert complaints([rule], problem, Seating({})) == []
    if rule.hereditary:
        accepted = accepted_part([rule], problem, data.draw(seatings(problem)))
        for seat, _ in accepted:
            assert complaints([rule], problem, accepted.without([seat])) == []


@seldom
@given(data=st.data())
def test_pins(data: st.DataObject) -> None:
    """If the pins alone pass, a rotation that keeps them exists."""
    policy = data.draw(policies())
    problem = data.draw(problems())
    pins = accepted_part(policy.requirements, problem, data.draw(seatings(problem)))
    problem = pinned(problem, pins)
    assert broken_pins(problem, policy) == ()
    model = Model(problem)
    for rule in policy.requirements:
        rule.enforce(model, problem)
    for seat, member in problem.pinned:
        model.pin(seat, member)
    assert solved(model) is not None


@seldom
@given(data=st.data())
def test_sum(data: st.DataObject) -> None:
    """What the solver says of each tier is what the scorecard says, and never below the bound;
    what it calls proved is the best that there is, by trying every rotation."""
    policy = data.draw(policies())
    problem = data.draw(problems(most_seats=4))
    pins = accepted_part(policy.requirements, problem, data.draw(seatings(problem)))
    problem = pinned(problem, Seating(dict(islice(pins, data.draw(st.integers(0, 2))))))
    if broken_pins(problem, policy):
        problem = pinned(problem, Seating({}))
    outcome = solve(problem, policy, Limits(work=5.0))
    card = score(problem, policy, outcome.seating)
    assert [(tier.name, tier.price) for tier in outcome.tiers] == list(card.tiers)
    assert complaints(policy.requirements, problem, outcome.seating) == []
    assert all(outcome.seating[seat] is member for seat, member in problem.pinned)
    for tier in outcome.tiers:
        assert type(tier.price) is type(tier.bound)
        assert tier.bound <= tier.price  # type: ignore[operator]  # both int or both tuples
        assert tier.given == 0
        assert tier.proved is (tier.bound == tier.price)
    assert all(tier.proved for tier in outcome.tiers)
    assert [price for _, price in card.tiers] == best_prices(problem, policy)


@often
@given(data=st.data())
def test_far_ahead(data: st.DataObject) -> None:
    """What is a fact long after the horizon, as when planning again, has no say in it: no rule
    finds anything else, and so by the laws before none prices or forbids anything else."""
    problem = data.draw(problems())
    seating = data.draw(seatings(problem))
    later = data.draw(with_more_ahead(problem))
    for rule in data.draw(policies()).rules:
        assert [*rule.explain(later, seating)] == [*rule.explain(problem, seating)]


def complaints(rules: Sequence[Requirement], problem: Problem, seating: Seating) -> list[str]:
    """What some requirements have to say about a rotation."""
    return [found.sentence for rule in rules for found in rule.explain(problem, seating)]


def accepted_part(rules: Sequence[Requirement], problem: Problem, seating: Seating) -> Seating:
    """As much of a rotation as some requirements accept, taken seat by seat."""
    accepted = Seating({})
    for seat, member in seating:
        more = accepted.plus(seat, member)
        if not complaints(rules, problem, more):
            accepted = more
    return accepted


def best_prices(problem: Problem, policy: Policy) -> list[Price]:
    """The prices of the best of all rotations that keep the pins and break nothing."""
    legal = (
        seating
        for seating in all_rotations(problem)
        if not complaints(policy.requirements, problem, seating)
    )
    return min([price for _, price in score(problem, policy, seating).tiers] for seating in legal)


def all_rotations(problem: Problem) -> Iterator[Seating]:
    """Every way to seat the members, the pinned ones fixed."""
    kept = dict(problem.pinned)
    choices = [[kept[s]] if s in kept else [None, *problem.members] for s in problem.seats]
    for holders in product(*choices):
        pairs = zip(problem.seats, holders, strict=True)
        yield Seating({seat: member for seat, member in pairs if member is not None})


@pytest.mark.parametrize("kind", RULES, ids=named)
def test_every_rule_is_also_counted_by_hand(kind: type[Rule]) -> None:
    """The laws do not see the same mistake made in both halves."""
    assert Path(__file__).with_name(f"test_{kind.id()}.py").exists()
