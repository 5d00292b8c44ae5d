from dataclasses import replace

from scheduler.domain.problem import Problem
from scheduler.domain.rotation import Seating
from scheduler.rules.preferences.few_disturbed import FewDisturbed
from tests.rules.builders import duty, roster, seated, someone
from tests.rules.halves import priced, told

RULE = FewDisturbed(weight=1)
HELD = {
    ("hub@2027-01-04", "lead"): "ana",
    ("hub@2027-01-11", "lead"): "ben",
    ("hub@2027-01-18", "lead"): "chi",
}


def three_weeks() -> Problem:
    people = [someone(name) for name in ("Ana", "Ben", "Chi")]
    return roster(people, [duty("hub")], weeks=3)


def test_a_swap_disturbs_two_and_a_shifted_column_three() -> None:
    problem = replace(three_weeks(), draft=HELD)
    swap = seated(problem, hub_4_lead="ben", hub_11_lead="ana", hub_18_lead="chi")
    shifted = seated(problem, hub_4_lead="ben", hub_11_lead="chi", hub_18_lead="ana")
    assert priced(RULE, problem, swap) == 2
    assert priced(RULE, problem, shifted) == 3
    assert told(RULE, problem, swap) == [
        "Ana has other turns than before",
        "Ben has other turns than before",
    ]


def test_who_loses_a_turn_or_gets_one_more_is_disturbed_once() -> None:
    problem = replace(three_weeks(), draft=HELD)
    all_hers = seated(problem, hub_4_lead="ana", hub_11_lead="ana", hub_18_lead="ana")
    assert priced(FewDisturbed(weight=4), problem, all_hers) == 12
    assert priced(RULE, problem, Seating({})) == 3


def test_what_is_published_counts_before_the_draft_and_pins_do_not() -> None:
    published = {("hub@2027-01-11", "lead"): "ana", ("hub@2027-01-18", "lead"): "ben"}
    problem = replace(three_weeks(), draft=HELD, published=published)
    kept = seated(problem, hub_4_lead="chi", hub_11_lead="ana", hub_18_lead="ben")
    assert told(RULE, problem, kept) == ["Chi has other turns than before"]
    problem = replace(problem, pins={("hub@2027-01-04", "lead"): "chi"})
    assert priced(RULE, problem, kept) == 0


def test_nothing_without_a_plan_before_nor_without_a_weight() -> None:
    problem = three_weeks()
    full = seated(problem, hub_4_lead="ana", hub_11_lead="ben", hub_18_lead="chi")
    assert priced(RULE, problem, full) == 0
    assert priced(FewDisturbed(), replace(problem, draft=HELD), Seating({})) == 0
