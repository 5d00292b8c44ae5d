from typing import Any

from scheduler.domain.duties import Upstream
from scheduler.domain.problem import Problem
from scheduler.domain.rotation import Seating
from scheduler.rules.preferences.upstream_share import UpstreamShare
from tests.rules.builders import HOUR, duty, roster, seat, seated, someone
from tests.rules.halves import priced, told

RULE = UpstreamShare()
TEAM = [someone("Ana"), someone("Ben")]


def served(*shares: int | None, **what: Any) -> Problem:
    """Six hours for the hub, three for the book and one for all of them."""
    work = [
        duty("hub", seat(effort=6 * HOUR), upstream="hub"),
        duty("book", seat(effort=3 * HOUR), seat("shadow"), upstream="book"),
        duty("all", seat(effort=HOUR)),
    ]
    names = ("hub", "book", "idle")
    upstreams = tuple(Upstream(n, n.capitalize(), s) for n, s in zip(names, shares, strict=False))
    return roster(TEAM, work, upstreams=upstreams, **what)


EVERYTHING = {"hub_4_lead": "ana", "book_4_lead": "ben", "all_4_lead": "ben"}


def test_each_point_above_or_below_a_share_costs_one() -> None:
    problem = served(45, 40)
    # 6 of 10 hours are 15 points above 45%, and 3 of them 10 points below 40%.
    assert priced(RULE, problem, seated(problem, **EVERYTHING)) == 15 + 10
    assert told(RULE, problem, seated(problem, **EVERYTHING)) == [
        "Hub has 6.0 of 10.0 hours, 1.5 more than its share of 45%",
        "Book has 3.0 of 10.0 hours, 1.0 fewer than its share of 40%",
    ]
    assert priced(UpstreamShare(weight=3), problem, seated(problem, **EVERYTHING)) == 75
    assert priced(RULE, served(60, 30), seated(served(60, 30), **EVERYTHING)) == 0


def test_shares_are_of_what_is_filled_and_a_point_begun_counts_whole() -> None:
    problem = served(70, 30)
    # Of the 9 hours filled, 70% are 6.3 and 30% are 2.7: 0.3 hours are 3 percent of those on offer.
    assert priced(RULE, problem, seated(problem, hub_4_lead="ana", book_4_lead="ben")) == 3 + 3
    problem = served(67)
    # 6.03 hours of 9: 0.3 of a point.
    assert priced(RULE, problem, seated(problem, hub_4_lead="ana", book_4_lead="ben")) == 1
    assert priced(RULE, problem, Seating({})) == 0


def test_shadows_give_an_upstream_nothing() -> None:
    problem = served(60, 30)
    assert priced(RULE, problem, seated(problem, **EVERYTHING, book_4_shadow="ana")) == 0


def test_an_upstream_without_duties_misses_its_whole_share_and_one_without_a_share_none() -> None:
    problem = served(None, None, 20)
    assert priced(RULE, problem, seated(problem, **EVERYTHING)) == 20
    assert priced(RULE, served(None, None), seated(served(), **EVERYTHING)) == 0
