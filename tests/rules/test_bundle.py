from scheduler.domain.rotation import Seating
from scheduler.rules.book import Policy
from scheduler.rules.preferences.bundle import Bundle
from scheduler.rules.preferences.fill_must import FillMust
from scheduler.solver import solve
from tests.rules.builders import days, duty, roster, seat, seated, someone
from tests.rules.halves import priced, told

TEAM = [someone("Ana"), someone("Ben"), someone("Chi")]
SEATS = (seat("core"), seat("contrib"), seat("artifacts"), seat("shadow"))
PROBLEM = roster(TEAM, [duty("ship", *SEATS, together=True)], weeks=2)
ONE = Bundle(weight=1)


def test_one_unit_for_each_person_beyond_the_first() -> None:
    alone = seated(PROBLEM, ship_4_core="ana", ship_4_contrib="ana", ship_4_artifacts="ana")
    assert told(ONE, PROBLEM, alone) == []
    two = seated(PROBLEM, ship_4_core="ana", ship_4_contrib="ben", ship_4_artifacts="ana")
    assert told(ONE, PROBLEM, two) == ["2 people share ship@2027-01-04: Ana, Ben"]
    three = seated(PROBLEM, ship_4_core="ana", ship_4_contrib="ben", ship_4_artifacts="chi")
    assert priced(Bundle(), PROBLEM, three) == 2 * 5


def test_shifts_shadows_and_empty_seats_are_apart() -> None:
    each_week = seated(PROBLEM, ship_4_core="ana", ship_11_core="ben")
    assert told(ONE, PROBLEM, each_week) == []
    beside = seated(PROBLEM, ship_4_core="ana", ship_4_shadow="ben")
    assert told(ONE, PROBLEM, beside) == []
    assert priced(ONE, PROBLEM, Seating({})) == 0


def test_other_duties_have_a_person_a_seat() -> None:
    problem = roster(TEAM, [duty("hub", *SEATS)])
    assert priced(ONE, problem, seated(problem, hub_4_core="ana", hub_4_contrib="ben")) == 0


def test_it_is_preferred_and_not_forced() -> None:
    core = seat("core", must=True, permission="core")
    contrib = seat("contrib", must=True, permission="contrib")
    either = someone("Ana", permissions=frozenset({"core", "contrib"}), away=(days(11, 17),))
    one, other = (someone(n, permissions=frozenset({n.lower()})) for n in ("Core", "Contrib"))
    problem = roster([one, other, either], [duty("ship", core, contrib, together=True)], weeks=2)
    outcome = solve(problem, Policy((*Policy().requirements, FillMust(), ONE)))
    held = {seat.key: member.name for seat, member in outcome.seating}
    assert list(held.values()) == ["Ana", "Ana", "Core", "Contrib"]
    assert [tier.price for tier in outcome.tiers if tier.name in ("must", "comfort")] == [0, 1]
