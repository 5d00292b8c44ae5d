from scheduler.domain.rotation import Seating
from scheduler.rules.preferences.fill_backlog import FillBacklog
from tests.rules.builders import duty, roster, seat, seated, someone
from tests.rules.halves import priced, told

WORK = [
    duty("hub", seat(must=True), seat("second"), seat("shadow"), value=8),
    duty("lab", seat("lead", most=2), value=1),
]


def test_each_empty_optional_seat_costs_the_value_of_its_duty() -> None:
    problem = roster([someone("Ana")], WORK)
    assert priced(FillBacklog(), problem, Seating({})) == 8 + 1 + 1
    assert priced(FillBacklog(weight=2), problem, seated(problem, hub_4_second="ana")) == 4
    assert told(FillBacklog(), problem, seated(problem, **{"lab_4_lead-2": "ana"})) == [
        "hub@2027-01-04/second is left out, worth 8",
        "lab@2027-01-04/lead-1 is left out, worth 1",
    ]


def test_must_and_shadow_seats_are_no_backlog() -> None:
    problem = roster([someone("Ana")], WORK)
    every = {"hub_4_second": "ana", "lab_4_lead-1": "ana", "lab_4_lead-2": "ana"}
    assert priced(FillBacklog(), problem, seated(problem, **every)) == 0
