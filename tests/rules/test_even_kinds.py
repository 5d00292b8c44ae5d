"""EvenKinds, counted by hand: hours above the fair part of a kind of work and a turn."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from scheduler.domain.fairness import entitled, with_ledgers
from scheduler.domain.ledgers import BURDENSOME
from scheduler.domain.people import Member
from scheduler.domain.problem import Problem
from scheduler.rules.preferences.even_kinds import EvenKinds
from tests.rules.builders import HOUR, duty, jan, roster, seat, seated, someone
from tests.rules.halves import priced, told

HUB = duty("hub", seat(effort=4 * HOUR))
NOTES = replace(duty("notes", seat(effort=2 * HOUR)), kind="meetings")
TEAM = [someone("Ana"), someone("Ben")]


def month(*people: Member, **what: Any) -> Problem:
    """Four weeks: 16 hours of triage and 8 of notes, half of each for either."""
    problem = replace(roster(people or TEAM, [HUB, NOTES], weeks=4), **what)
    pairs = [(s, m) for s in problem.seats for m in problem.members]
    return with_ledgers(entitled(problem, problem.members), pairs)


def notes(problem: Problem, *holders: str, hub: str = "") -> int:
    """The price of who takes the notes, week by week; with ``hub`` one person has all triage."""
    held = {f"notes_{day}_lead": m for day, m in zip((4, 11, 18, 25), holders, strict=False) if m}
    held |= {f"hub_{day}_lead": hub for day in (4, 11, 18, 25)} if hub else {}
    price = priced(EvenKinds(), problem, seated(problem, **held))
    assert isinstance(price, int)
    return price


def test_all_the_notes_for_one_are_priced_by_the_hour_above_half_and_a_turn() -> None:
    problem = month()
    assert notes(problem, "ana", "ben", "ana", "ben") == 0
    assert notes(problem, "ana", "ana", "ana", "ben") == 0  # six hours: half, and a turn
    assert notes(problem, "ana", "ana", "ana", "ana") == 2
    assert notes(problem, "ana", "ana", "ana", "ana", hub="ana") == 2 + 4
    every = {f"notes_{day}_lead": "ana" for day in (4, 11, 18, 25)}
    assert told(EvenKinds(), problem, seated(problem, **every)) == [
        "Ana has 8.0 hours of meetings; 6.0 would be even"
    ]
    assert priced(EvenKinds(slack=0), problem, seated(problem, **every)) == 4
    assert priced(EvenKinds(slack=2), problem, seated(problem, **every)) == 0


def test_a_begun_hour_counts() -> None:
    problem = month(ledgers_carried={("ana", "meetings"): 61, ("ben", "meetings"): 0})
    assert notes(problem, "ana", "ana", "ana", "ben") == 2
    problem = month(ledgers_carried={("ana", "meetings"): 60, ("ben", "meetings"): 0})
    assert notes(problem, "ana", "ana", "ana", "ben") == 1


def test_what_is_served_already_counts() -> None:
    # With the two hours served, ten are on offer: five for either, and a turn.
    problem = month(ledgers_served={("ana", "meetings"): 2 * HOUR})
    assert notes(problem, "ana", "ana", "ana", "ben") == 1
    assert notes(problem, "ben", "ben", "ben", "ben") == 1


def test_burdensome_time_is_a_ledger_of_its_own() -> None:
    # Every working day of the third week is a holiday of both.
    week = frozenset(jan(day) for day in range(18, 23))
    people = [someone(name, public_holidays=week) for name in ("Ana", "Ben")]
    problem = month(*people)
    assert problem.ledgers["ana", BURDENSOME] == 3 * HOUR
    both = seated(problem, hub_18_lead="ana", notes_18_lead="ana")
    assert priced(EvenKinds(), problem, both) == 0
    assert told(EvenKinds(slack=0), problem, both)[0] == (
        "Ana has 6.0 hours of burdensome time; 3.0 would be even"
    )


def test_one_kind_of_work_is_left_to_the_fair_share() -> None:
    one = roster(TEAM, [HUB], weeks=4)
    one = with_ledgers(entitled(one, one.members), [(s, m) for s in one.seats for m in TEAM])
    all_of_it = seated(one, **{f"hub_{day}_lead": "ana" for day in (4, 11, 18, 25)})
    assert priced(EvenKinds(slack=0), one, all_of_it) == 0
