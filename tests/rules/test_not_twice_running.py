from dataclasses import replace
from datetime import date

import pytest

from scheduler.domain.cadence import OnDates
from scheduler.domain.problem import Problem, QuietPeriod, lay_out
from scheduler.domain.rotation import PastTurn, Seating
from scheduler.domain.span import DAY, Span
from scheduler.rules.preferences.not_twice_running import NotTwiceRunning
from tests.rules.builders import days, duty, jan, roster, seat, seated, someone
from tests.rules.halves import priced, told

RULE = NotTwiceRunning(weight=1)
TEAM = [someone("Ana"), someone("Ben"), someone("Chi")]
YEARS_END = QuietPeriod(days(-6, 9), "the year's end", remember=True)


def a_year_ago(member: str, first: int, last: int, role: str = "lead") -> PastTurn:
    return PastTurn("gone", role, member, days(first, last).shifted(-365))


PROBLEM = replace(
    roster(TEAM, [duty("hub", seat(), seat("shadow")), duty("lab")], weeks=2),
    quiet=(YEARS_END,),
    past=(
        a_year_ago("ana", 0, 6),
        a_year_ago("ben", 10, 16),
        a_year_ago("chi", 0, 6, role="shadow"),
        PastTurn("hub", "lead", "ben", days(-3, 3)),
    ),
)


def test_who_served_over_it_last_year_is_spared() -> None:
    again = seated(PROBLEM, hub_4_lead="ana", lab_4_lead="ana")
    assert told(RULE, PROBLEM, again) == ["Ana serves over the year's end twice running"]
    assert priced(NotTwiceRunning(), PROBLEM, again) == 20


def test_shadows_later_turns_and_the_same_years_end_are_no_second_time() -> None:
    fine = seated(
        PROBLEM, hub_4_lead="ben", hub_4_shadow="ana", hub_11_lead="ana", lab_4_lead="chi"
    )
    assert told(RULE, PROBLEM, fine) == []


def test_the_policy_may_say_when_it_was_last() -> None:
    last = QuietPeriod(Span(jan(-40), jan(-30)), "the year's end", remember=True)
    other = replace(last, name="a fair")
    problem = replace(
        PROBLEM, quiet=(last, YEARS_END), past=(PastTurn("hub", "lead", "chi", days(-35, -33)),)
    )
    assert len(told(RULE, problem, seated(problem, hub_4_lead="chi"))) == 1
    problem = replace(problem, quiet=(other, YEARS_END))
    assert told(RULE, problem, seated(problem, hub_4_lead="chi")) == []


def test_other_quiet_days_are_forgotten() -> None:
    problem = replace(PROBLEM, quiet=(replace(YEARS_END, remember=False),))
    assert told(RULE, problem, seated(problem, hub_4_lead="ana")) == []


@pytest.mark.parametrize(
    ("quiet", "again", "another"),
    [
        # 365 days before, the leap day between them, it was another day.
        (Span(date(2028, 12, 24), date(2029, 1, 2)), date(2027, 12, 24), date(2028, 1, 2)),
        (Span(date(2029, 1, 1), date(2029, 2, 1)), date(2028, 1, 31), date(2028, 2, 1)),
        (Span(date(2028, 2, 29), date(2028, 3, 1)), date(2027, 2, 28), date(2027, 3, 1)),
    ],
)
def test_the_same_days_of_the_year_before_are_those_also_around_a_leap_day(
    quiet: Span, again: date, another: date
) -> None:
    def over(day: date, member: str) -> PastTurn:
        return PastTurn("gone", "lead", member, Span(day, day + DAY))

    work = (duty("hub", cadence=OnDates((quiet,))),)
    problem = Problem(
        "Team",
        quiet,
        tuple(TEAM),
        work,
        lay_out(work, quiet),
        quiet=(QuietPeriod(quiet, "the year's end", remember=True),),
        past=(over(again, "ana"), over(another, "ben")),
    )
    (turn,) = problem.seats
    ana, ben, _ = TEAM
    assert priced(RULE, problem, Seating({turn: ana})) == 1
    assert priced(RULE, problem, Seating({turn: ben})) == 0
