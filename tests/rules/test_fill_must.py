from scheduler.domain.rotation import Seating
from scheduler.rules.preferences.fill_must import FillMust
from tests.rules.builders import duty, roster, seat, seated, someone
from tests.rules.halves import priced, told

WORK = duty("hub", seat("a", must=True, least=1, most=2), seat("b", must=True), seat("c"))


def test_one_unit_for_each_empty_must_seat() -> None:
    problem = roster([someone("Ana")], [WORK])
    some = seated(problem, **{"hub_4_a-1": "ana", "hub_4_c": "ana"})
    assert told(FillMust(), problem, some) == ["hub@2027-01-04/b must be filled and is empty"]
    assert priced(FillMust(), problem, some) == 1
    assert priced(FillMust(weight=3), problem, Seating({})) == 6


def test_only_the_least_number_must_be_filled() -> None:
    problem = roster([someone("Ana")], [WORK])
    other = seated(problem, **{"hub_4_a-2": "ana", "hub_4_b": "ana"})
    assert priced(FillMust(), problem, other) == 1
