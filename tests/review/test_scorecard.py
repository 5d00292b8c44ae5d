from __future__ import annotations

from dataclasses import replace

from scheduler.domain.rotation import Ledger, Seating, Share
from scheduler.review.pins import broken_pins
from scheduler.review.scorecard import score
from scheduler.rules.book import Policy, Tier
from scheduler.rules.preferences.fair_share import FairShare
from scheduler.rules.preferences.fill_backlog import FillBacklog
from scheduler.rules.preferences.fill_must import FillMust
from tests.rules.builders import days, duty, entitled_to, roster, seat, seated, someone

TEAM = [someone("Ana"), someone("Ben")]
WORK = [duty("hub", seat(must=True)), duty("lab", value=8)]


def test_weighted_units_within_a_tier_and_a_tuple_for_goals_in_order() -> None:
    problem = entitled_to(roster(TEAM, WORK), ana=240, ben=480)
    policy = Policy(
        rules=(FillMust(weight=3), FillBacklog(weight=2, tier="must"), FairShare(band=50)),
        tiers=(Tier("fairness"), Tier("must"), Tier("growth")),
    )
    card = score(problem, policy, seated(problem, lab_4_lead="ben"))
    assert card.tiers == (("fairness", (500, 0)), ("must", 3), ("growth", 0))
    card = score(problem, policy, Seating({}))
    assert card.tiers == (("fairness", (0, 0)), ("must", 3 + 2 * 8), ("growth", 0))


def test_everybody_has_a_share() -> None:
    problem = entitled_to(roster(TEAM, WORK), ana=240)
    card = score(problem, Policy(), seated(problem, hub_4_lead="ana"))
    assert card.shares == (
        Share("ana", 2400, 240, 0, 240, 0, (Ledger("triage", 240, 0),)),
        Share("ben", available=2400, load=0, fair=0, entitlement=0, carried=0),
    )


def test_pins_are_judged_alone_and_name_their_seats() -> None:
    team = [someone("Ana", away=(days(4, 10),)), someone("Ben")]
    problem = roster(team, WORK)
    hub, lab = problem.seats
    problem = replace(problem, pins={hub.key: "ana", lab.key: "ben", ("gone", "lead"): "ben"})
    away, budget = broken_pins(problem, Policy())
    assert away.seats == budget.seats == (hub,)
    assert away.sentence == "Ana is away then (hub@2027-01-04/lead)"
    assert broken_pins(replace(problem, pins={lab.key: "ben"}), Policy()) == ()
