"""What a change would break and cost, and who else could, on rosters counted by hand."""

from __future__ import annotations

from datetime import UTC, datetime

from scheduler.domain.change import Debt, Move
from scheduler.domain.fairness import entitled
from scheduler.domain.people import Goal, Level, Member, Wish
from scheduler.domain.problem import Problem
from scheduler.domain.rotation import Placed, Rotation
from scheduler.review.candidates import Search
from scheduler.review.proposal import Standing, propose
from scheduler.rules.book import Policy
from scheduler.rules.preferences.wishes import Wishes
from tests.rules.builders import HOUR, duty, roster, seat, someone

TRIAGE_4 = "triage@2027-01-04"
TRIAGE_11 = "triage@2027-01-11"


def standing(problem: Problem, policy: Policy | None = None, /, **holders: str) -> Standing:
    """A published rotation of a problem: ``triage_4_lead="ana"``."""
    problem = entitled(problem, problem.members)
    names = {}
    for address, member in holders.items():
        duty_id, day, name = address.split("_")
        names[f"{duty_id}@2027-01-{int(day):02}", name] = member
    placed = tuple(
        Placed(
            *(s.shift.id, s.name, s.duty.id, "", s.plan.role.value, s.span, None, None, s.effort),
            s.must,
            names.get(s.key, ""),
        )
        for s in problem.seats
    )
    noon = datetime(2027, 1, 1, tzinfo=UTC)
    rotation = Rotation("Team", "now", problem.horizon, placed, (), (), "", "", 0, published=noon)
    return Standing(problem, policy or Policy(), rotation)


def rules(now: Standing, *moves: Move) -> list[str]:
    return [breach.rule for breach in propose(now, moves).broken]


# ---------------------------------------------------------------------------------- what it breaks


def test_more_of_what_was_too_much_is_a_breach_and_less_of_it_is_none() -> None:
    members = [someone("Ana", budget=6 * HOUR), someone("Ben")]
    problem = roster(members, [duty("triage"), duty("review"), duty("docs")])
    now = standing(problem, triage_4_lead="ana", review_4_lead="ana", docs_4_lead="ben")
    review, docs = "review@2027-01-04", "docs@2027-01-04"
    assert rules(now, Move(docs, "lead", "ben", "ana")) == ["weekly_budget"]
    overfull = standing(problem, triage_4_lead="ana", review_4_lead="ana", docs_4_lead="ana")
    assert rules(overfull, Move(review, "lead", "ana", "ben")) == []


def test_what_a_change_breaks_on_a_seat_that_stays_is_its_doing() -> None:
    problem = roster(
        [someone("Ana"), someone("Ben"), someone("Chi", skills={"triage": Level.learning})],
        [duty("triage", seat(), seat("shadow"))],
    )
    now = standing(problem, triage_4_lead="ana", triage_4_shadow="chi")
    (breach,) = propose(now, [Move(TRIAGE_4, "lead", "ana", "")]).broken
    assert (breach.rule, breach.seats) == ("shadow_beside_lead", ((TRIAGE_4, "shadow"),))


def test_prices_are_told_by_goal_with_what_is_new_and_what_is_gone() -> None:
    ben = someone("Ben", wishes={"triage": Wish.rather_not})
    problem = roster([someone("Ana"), ben], [duty("triage", rest=0)], weeks=2)
    wishes = Policy((Wishes(),))
    now = standing(problem, wishes, triage_4_lead="ana", triage_11_lead="ana")
    told = {tier.name: tier for tier in propose(now, [Move(TRIAGE_4, "lead", "ana", "ben")]).tiers}
    assert told["comfort"].after == 5
    assert told["comfort"].added == ("Ben would rather not do Triage and has 1 turn of it",)
    back = standing(problem, wishes, triage_4_lead="ben", triage_11_lead="ana")
    told = {tier.name: tier for tier in propose(back, [Move(TRIAGE_4, "lead", "ben", "ana")]).tiers}
    assert told["comfort"].before == 5
    assert told["comfort"].gone == ("Ben would rather not do Triage and has 1 turn of it",)


# ---------------------------------------------------------------------------------- who else could


def covers(members: list[Member], *debts: Debt, **holders: str) -> list[tuple[str, bool]]:
    problem = roster(members, [duty("triage", rest=0)], weeks=2)
    now = standing(problem, **holders)
    search = Search(now, now.problem.seats, debts)
    seat_4 = now.problem.seat_by_key[TRIAGE_4, "lead"]
    found = search.covers(seat_4, holders["triage_4_lead"])
    return [(candidate.members[0].id, not candidate.obstacle) for candidate in found]


def test_the_allowed_come_before_the_fair() -> None:
    never = someone("Ben", wishes={"triage": Wish.never})
    people = [someone("Ana"), never, someone("Chi")]
    found = covers(people, triage_4_lead="ana", triage_11_lead="chi")
    assert found == [("chi", True), ("ben", False)]


def test_the_smaller_share_comes_first() -> None:
    people = [someone("Ana"), someone("Ben"), someone("Chi")]
    found = covers(people, triage_4_lead="ana", triage_11_lead="ben")
    assert found == [("chi", True), ("ben", True)]


def test_a_debt_decides_among_equals_and_not_against_a_share() -> None:
    people = [someone("Ana"), someone("Ben"), someone("Chi")]
    owed = Debt("chi", "ana", 1, 240)
    assert covers(people, triage_4_lead="ana")[0] == ("ben", True)
    assert covers(people, owed, triage_4_lead="ana")[0] == ("chi", True)
    assert covers(people, owed, triage_4_lead="ana", triage_11_lead="chi")[0] == ("ben", True)


def test_whoever_gets_nearer_to_a_goal_comes_before_equals() -> None:
    goal = Goal("triage", Level.shadowed)
    chi = someone("Chi", skills={"triage": Level.learning}, goals=(goal,))
    ben = someone("Ben", skills={"triage": Level.learning})
    lead = seat(skill="triage", level=Level.leads)
    shadow = seat("shadow", skill="triage", level=Level.learning)
    ana = someone("Ana", skills={"triage": Level.leads})
    problem = roster([ana, ben, chi], [duty("triage", lead, shadow)])
    now = standing(problem, triage_4_lead="ana")
    search = Search(now, now.problem.seats)
    found = search.covers(now.problem.seat_by_key[TRIAGE_4, "shadow"], "")
    assert [c.members[0].id for c in found] == ["chi", "ben", "ana"]
    assert found[0].nearer == ("Chi",)
    assert found[0].worth > 0 > found[1].worth


def test_seats_that_have_begun_are_no_partners() -> None:
    problem = roster([someone("Ana"), someone("Ben")], [duty("triage", rest=0)], weeks=2)
    now = standing(problem, triage_4_lead="ana", triage_11_lead="ben")
    seats = now.problem.seat_by_key
    later = seats[TRIAGE_11, "lead"]
    assert [c.moves[1].shift for c in Search(now, now.problem.seats).swaps(later)] == [TRIAGE_4]
    assert Search(now, [later]).swaps(later) == []
