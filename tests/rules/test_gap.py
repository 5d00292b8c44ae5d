from dataclasses import replace

from scheduler.domain.rotation import PastTurn
from scheduler.rules.preferences.gap import Gap
from tests.rules.builders import days, duty, on, roster, seat, seated, someone
from tests.rules.halves import priced, told

TEAM = [someone("Ana"), someone("Ben")]
HUB = duty("hub", seat(), seat("shadow"), cadence=on((4, 5)))
LAB = duty("lab", seat(), cadence=on((8, 9), (20, 20)))
PROBLEM = roster(TEAM, [HUB, LAB], weeks=3)
CLOSE = seated(PROBLEM, hub_4_lead="ana", lab_8_lead="ana")


def test_the_days_that_are_missing_between_two_turns_of_any_duty() -> None:
    # Two free days, the 6th and the 7th, lie between.
    assert priced(Gap(days=2), PROBLEM, CLOSE) == 0
    assert told(Gap(days=5), PROBLEM, CLOSE) == [
        "Ana has less than 5 days between hub@2027-01-04/lead and lab@2027-01-08/lead: 3 too few"
    ]
    assert priced(Gap(weight=2, days=5), PROBLEM, CLOSE) == 2 * 3


def test_it_is_off_without_days() -> None:
    assert Gap() == Gap(days=0)
    assert priced(Gap(), PROBLEM, CLOSE) == 0


def test_three_turns_are_two_too_many() -> None:
    alone = seated(PROBLEM, lab_20_lead="ana")
    assert priced(Gap(days=20), PROBLEM, alone) == 0
    every = seated(PROBLEM, hub_4_lead="ana", lab_8_lead="ana", lab_20_lead="ana")
    # With 20 days more they last to the 25th, to the 29th and longer: two at once from the 8th to
    # the 19th, three to the 25th, two to the 29th.
    assert priced(Gap(days=20), PROBLEM, every) == 12 * 1 + 6 * 2 + 4 * 1


def test_others_and_shadow_turns_do_not_count() -> None:
    apart = seated(PROBLEM, hub_4_lead="ben", lab_8_lead="ana", hub_4_shadow="ana")
    assert priced(Gap(days=5), PROBLEM, apart) == 0


def test_the_last_rotation_asks_for_its_gap_too() -> None:
    past = (
        PastTurn("gone", "lead", "ana", days(1, 2)),
        PastTurn("gone", "lead", "ana", days(1, 2)),
    )
    problem = replace(PROBLEM, past=past)
    first = seated(problem, hub_4_lead="ana")
    # One day, the 3rd, lies between; what overlaps in the past itself is over.
    assert told(Gap(days=3), problem, first) == [
        "Ana has less than 3 days between the last rotation and hub@2027-01-04/lead: 2 too few"
    ]
    assert priced(Gap(days=3), problem, seated(problem, hub_4_lead="ben")) == 0
