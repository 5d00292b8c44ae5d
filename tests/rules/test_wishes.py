from scheduler.domain.people import Wish
from scheduler.domain.rotation import Seating
from scheduler.rules.preferences.wishes import Wishes
from tests.rules.builders import duty, roster, seated, someone
from tests.rules.halves import priced, told

RULE = Wishes(weight=1)
ANA = someone("Ana", wishes={"hub": Wish.rather_not, "lab": Wish.like, "gone": Wish.like})
BEN = someone("Ben", wishes={"hub": Wish.like, "lab": Wish.never})
PROBLEM = roster([ANA, BEN], [duty("hub"), duty("lab")], weeks=2)


def test_each_unwanted_turn_and_each_liked_duty_without_a_turn() -> None:
    assert priced(RULE, PROBLEM, Seating({})) == 2
    assert priced(RULE, PROBLEM, seated(PROBLEM, lab_4_lead="ana", hub_4_lead="ben")) == 0
    assert told(RULE, PROBLEM, seated(PROBLEM, hub_4_lead="ana", hub_11_lead="ana")) == [
        "Ana would rather not do Hub and has 2 turns of it",
        "Ana would like to do Lab and has no turn of it",
        "Ben would like to do Hub and has no turn of it",
    ]
    unwanted = seated(PROBLEM, hub_4_lead="ana", hub_11_lead="ana")
    assert priced(Wishes(weight=3), PROBLEM, unwanted) == 3 * (2 + 1 + 1)


def test_more_turns_of_a_liked_duty_are_no_gain_and_never_is_another_rule() -> None:
    liked = seated(PROBLEM, lab_4_lead="ana", lab_11_lead="ana", hub_4_lead="ben")
    assert priced(RULE, PROBLEM, liked) == 0
    assert priced(RULE, PROBLEM, seated(PROBLEM, lab_4_lead="ben")) == 2
