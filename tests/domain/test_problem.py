"""What a problem remembers, and what a copy of it may keep."""

from dataclasses import replace

from scheduler.domain.rotation import Seating
from scheduler.rules.book import Policy, able, fitting
from scheduler.rules.requirements.away import Away
from tests.rules.builders import days, duty, roster, seat, someone

HUB = duty("hub", seat())
ANA, BEN = someone("Ana", away=(days(4, 10),)), someone("Ben")


def test_other_shares_keep_what_was_worked_out() -> None:
    problem = roster([ANA, BEN], [HUB])
    known = able(problem, Policy())
    shared = problem.with_shares({"ben": 60}, {"ben": 60}, {("ben", "triage"): 60})
    assert able(shared, Policy()) is known
    assert (shared.fair, shared.entitlements) == ({"ben": 60}, {"ben": 60})
    assert not problem.fair


def test_another_team_or_another_policy_is_asked_anew() -> None:
    problem = roster([ANA, BEN], [HUB])
    (first, *_) = problem.seats
    assert able(problem, Policy())[first] == [BEN]
    assert able(problem, Policy(rules=()))[first] == [ANA, BEN]
    assert able(problem, Policy(rules=(Away(tolerate=100),)))[first] == [ANA, BEN]
    assert able(replace(problem, members=(ANA,)), Policy())[first] == []


def test_a_closed_seat_is_nobodys_though_some_would_be_able() -> None:
    problem = roster([ANA, BEN], [HUB])
    shut = replace(problem, closed=frozenset(seat.key for seat in problem.seats))
    assert list(fitting(shut, Policy())) == []
    assert able(shut, Policy())[shut.seats[0]] == [BEN]


def test_holders_come_in_the_order_of_the_roster() -> None:
    problem = roster([ANA, BEN], [duty("hub", seat(), seat("second"))])
    one, other = problem.seats[:2]
    assert problem.holders(Seating({one: BEN, other: ANA})) == [ANA, BEN]
    assert problem.holders(Seating({one: BEN, other: someone("Gone")})) == [BEN]
