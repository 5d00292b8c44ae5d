from dataclasses import replace

from scheduler.domain.growth import bus_factors
from scheduler.domain.people import Goal, Level
from scheduler.domain.rotation import Seating
from scheduler.domain.training import BusFactor, Paths, Turns
from scheduler.rules.preferences.bus_factor import BusFactor as Rule
from tests.rules.builders import duty, roster, seat, seated, someone
from tests.rules.halves import priced, told
from tests.rules.learning import HUB, four_weeks, leader, learner

RULE = Rule(weight=1, at_least=3)
PATH = {"hub_4_shadow": "ana", "hub_11_shadow": "ana", "hub_18_lead": "ana"}


def test_the_first_person_missing_costs_one_and_the_second_two() -> None:
    problem = four_weeks(learner(), leader())
    assert told(RULE, problem, Seating({})) == ["1 person of 3 can lead Hub after this plan"]
    assert priced(RULE, problem, Seating({})) == 1 + 2
    assert priced(RULE, problem, seated(problem, **PATH)) == 1
    assert priced(Rule(weight=5, at_least=2), problem, Seating({})) == 5
    assert priced(Rule(weight=5, at_least=2), problem, seated(problem, **PATH)) == 0
    assert priced(Rule(weight=1, at_least=1), problem, Seating({})) == 0


def test_half_a_path_raises_nothing() -> None:
    problem = four_weeks(learner(), leader())
    for left_out in PATH:
        holders = {seat: who for seat, who in PATH.items() if seat != left_out}
        assert priced(RULE, problem, seated(problem, **holders)) == 3


def test_what_was_done_before_counts() -> None:
    problem = four_weeks(learner(), leader(), experience={("ana", "hub"): Turns(shadow=2)})
    assert priced(RULE, problem, seated(problem, hub_18_lead="ana")) == 1


def test_a_duty_that_nobody_learns_costs_nothing() -> None:
    shadowing = learner("Ana", Goal("hub", Level.shadowed))
    assert priced(RULE, four_weeks(shadowing, leader()), Seating({})) == 0
    assert priced(RULE, four_weeks(leader()), Seating({})) == 0


def test_who_lacks_the_permission_is_no_successor() -> None:
    work = replace(HUB, seats=tuple(replace(plan, permission="pypi") for plan in HUB.seats))
    ana, ben = learner(), leader(permissions=frozenset({"pypi"}))
    assert priced(RULE, roster([ana, ben], [work], weeks=4), Seating({})) == 0


def test_one_path_serves_all_duties_of_its_skill() -> None:
    lab = duty("lab", seat(skill="hub", level=Level.leads))
    problem = roster([learner(), leader()], [HUB, lab], weeks=4, paths=Paths(Turns(2, 1)))
    assert priced(RULE, problem, Seating({})) == 6
    assert priced(RULE, problem, seated(problem, **PATH)) == 2


def test_the_lead_with_the_fewest_people_counts() -> None:
    call = duty("call", seat(skill="hub", level=Level.leads), seat("notes"))
    problem = roster([leader("Ben"), leader("Chi"), someone("Dee")], [call])
    assert bus_factors(problem, Seating({})) == (BusFactor("call", now=2, after=2),)


def test_a_completed_path_counts_from_the_next_rotation_on() -> None:
    problem = four_weeks(learner(), leader())
    assert bus_factors(problem, seated(problem, **PATH)) == (BusFactor("hub", 1, 2),)
