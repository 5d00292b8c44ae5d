from scheduler.domain.people import Wish
from scheduler.rules.book import Policy
from scheduler.rules.preferences.volunteers import Volunteers
from tests.rules.builders import duty, roster, seat, seated, someone
from tests.rules.halves import priced, told

ONE = Volunteers(weight=1)
TEAM = [
    someone("Ana", wishes={"hub": Wish.like}),
    someone("Ben", wishes={"hub": Wish.like, "lab": Wish.rather_not}),
    someone("Chi"),
]
PROBLEM = roster(TEAM, [duty("hub", seat(), seat("shadow")), duty("lab")], weeks=2)


def test_one_unit_for_each_turn_that_a_volunteer_would_like() -> None:
    taken = seated(PROBLEM, hub_4_lead="chi", hub_11_lead="ana")
    assert told(ONE, PROBLEM, taken) == [
        "Chi has hub@2027-01-04/lead, which Ana and Ben would like"
    ]
    assert priced(ONE, PROBLEM, seated(PROBLEM, hub_4_lead="chi", hub_11_lead="chi")) == 2


def test_duties_that_nobody_likes_and_shadows_are_free() -> None:
    free = seated(PROBLEM, lab_4_lead="chi", lab_11_lead="ben", hub_4_shadow="chi")
    assert priced(ONE, PROBLEM, free) == 0


def test_it_is_off_until_it_has_a_weight() -> None:
    asked = Policy((Volunteers(), Volunteers(weight=1)))
    assert [rule for tier in asked.tiers for rule in asked.priced(tier)] == [Volunteers(weight=1)]
