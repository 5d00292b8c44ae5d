"""Why somebody holds a seat and why nobody does, in the very words that people read."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scheduler.domain.duties import Duty
from scheduler.domain.people import Goal, Hours, Level, Member, Wish
from scheduler.domain.problem import Problem
from scheduler.domain.rotation import Seating
from scheduler.domain.shifts import Seat
from scheduler.review.reasons import why_empty, why_held
from scheduler.rules.book import Policy
from scheduler.rules.preferences.fair_share import FairShare
from tests.rules.builders import HOUR, at, days, duty, jan, on, roster, seat, seated, someone
from tests.rules.learning import four_weeks, leader, learner

POLICY = Policy()
LEADS = {"skills": {"release": Level.leads}}
RELEASE = seat(skill="release", level=Level.leads)
PYPI = {"permissions": frozenset({"pypi"})}


def first_seat(problem: Problem) -> Seat:
    return problem.seats[0]


def empty(*members: Member, work: Duty) -> tuple[str, ...]:
    problem = roster(members, [work])
    return why_empty(problem, POLICY, Seating({}), first_seat(problem))


def held(*members: Member, work: Duty, policy: Policy = POLICY) -> str:
    """Why the first of the members holds the first seat."""
    problem = roster(members, [work])
    seating = Seating({first_seat(problem): members[0]})
    return why_held(problem, policy, seating, first_seat(problem))


# ------------------------------------------------------------------------------------- empty


def test_members_with_the_same_obstacle_share_a_sentence_and_the_largest_group_comes_first() -> (
    None
):
    team = [someone(name) for name in ("Ana", "Ben", "Dee", "Eli", "Fay")]
    chi = someone("Chi", away=(days(1, 31),), **PYPI)
    assert empty(*team, chi, work=duty("release", seat(permission="pypi"))) == (
        "Ana, Ben and 3 others lack the permission pypi",
        "Chi is away then",
    )


def test_what_no_date_changes_is_told_before_an_absence() -> None:
    ana = someone("Ana", away=(days(1, 31),))
    assert empty(ana, work=duty("release", seat(permission="pypi"))) == (
        "Ana lacks the permission pypi",
    )


def test_every_phrase_goes_on_from_several_names() -> None:
    def both(work: Duty, **what: object) -> str:
        (sentence,) = empty(someone("Ana", **what), someone("Ben", **what), work=work)
        return sentence

    hub = duty("hub")
    call = duty("call", cadence=on((4, 4)), clock=at("03:00"))
    shadow = duty("hub", seat("shadow", skill="hub", level=Level.learning))
    assert both(hub, away=(days(4, 10),)) == "Ana and Ben are away then"
    assert both(hub, away=(days(4, 5),)) == "Ana and Ben are away on 2 of its 5 days"
    assert both(hub, joined=jan(9)) == "Ana and Ben join only on 2027-01-09"
    assert both(hub, left=jan(4)) == "Ana and Ben are no longer there from 2027-01-04"
    assert both(hub, paused=(days(1, 31),)) == "Ana and Ben are paused then"
    assert both(hub, days=frozenset({6})) == "Ana and Ben do not work on that weekday"
    assert both(hub, wishes={"hub": Wish.never}) == "Ana and Ben are never to do Hub"
    assert both(duty("hub", seat(region="asia"))) == "Ana and Ben are not in the region asia"
    assert both(call, hours=Hours(at("09:00").at, at("17:00").at)) == (
        "Ana and Ben work 09:00 to 17:00, there it is 03:00"
    )
    assert both(duty("release", RELEASE)) == (
        "Ana and Ben have not reached the level leads in release"
    )
    assert both(shadow, skills={"hub": Level.leads}) == (
        "Ana and Ben already lead hub and have nothing to learn as a shadow"
    )


def test_own_turns_of_that_week_use_up_the_budget() -> None:
    team = [someone(name, budget=6 * HOUR) for name in ("Dee", "Eli")]
    problem = roster(team, [duty("hub"), duty("lab"), duty("docs")])
    seating = seated(problem, hub_4_lead="dee", lab_4_lead="eli")
    docs = problem.seat_by_key["docs@2027-01-04", "lead"]
    assert why_empty(problem, POLICY, seating, docs) == (
        "Dee and Eli have too little budget left that week (weekly_budget)",
    )


def test_only_what_the_candidate_would_break_counts() -> None:
    # Ana's two exclusive turns clash already; a third, harmless one is not to blame for that.
    work = [duty("hub", exclusive=True), duty("lab", exclusive=True), duty("docs")]
    problem = roster([someone("Ana")], work)
    seating = seated(problem, hub_4_lead="ana", lab_4_lead="ana")
    docs = problem.seat_by_key["docs@2027-01-04", "lead"]
    (sentence,) = why_empty(problem, POLICY, seating, docs)
    assert sentence.startswith("Ana could take it by the rules")


def test_a_seat_too_near_to_be_planned_again_says_so() -> None:
    team = [someone("Ana"), someone("Chi", away=(days(1, 31),))]
    problem = roster(team, [duty("hub")])
    hub = first_seat(problem)
    problem = replace(problem, closed=frozenset({hub.key}))
    assert why_empty(problem, POLICY, Seating({}), hub) == (
        "Chi is away then",
        "No turn this near is given to anybody else (freeze): Ana could cover it",
    )
    problem = replace(problem, members=(team[1],))
    assert why_empty(problem, POLICY, Seating({}), hub)[1:] == (
        "No turn this near is given to anybody else (freeze)",
    )


def test_the_other_seats_of_the_shift_count() -> None:
    problem = roster([someone("Ana")], [duty("hub", seat(), seat("secondary"), seat("shadow"))])
    seating = seated(problem, hub_4_lead="ana")
    secondary = problem.seat_by_key["hub@2027-01-04", "secondary"]
    shadow = problem.seat_by_key["hub@2027-01-04", "shadow"]
    assert why_empty(problem, POLICY, seating, secondary) == (
        "Ana already holds another seat of it at that time (distinct_seats)",
    )
    assert why_empty(problem, POLICY, Seating({}), shadow) == (
        "Ana would shadow nobody (shadow_beside_lead)",
    )


def test_who_could_take_it_is_named_honestly() -> None:
    assert empty(someone("Ana"), someone("Ben", budget=0), work=duty("hub")) == (
        "Ben has too little budget left that week (weekly_budget)",
        "Ana could take it by the rules, but it would cost more elsewhere "
        "or the search ended too early",
    )


def test_a_team_of_nobody() -> None:
    assert empty(work=duty("hub")) == ("The team has no members",)


# --------------------------------------------------------------------------------------- held


def test_pinned() -> None:
    problem = roster([someone("Ana")], [duty("hub")])
    problem = replace(problem, pins={first_seat(problem).key: "ana"})
    seating = Seating({first_seat(problem): problem.members[0]})
    assert why_held(problem, POLICY, seating, first_seat(problem)) == "Pinned by hand."


def test_the_only_one_who_may() -> None:
    ana, ben = someone("Ana", **LEADS), someone("Ben", **LEADS, away=(days(4, 4),))
    others = [someone("Chi"), someone("Dee")]
    assert held(ana, ben, *others, work=duty("release", RELEASE)) == (
        "Only Ana may hold it: Ben is away on 1 of its 5 days and the others have not reached "
        "the level leads in release."
    )
    assert held(ana, others[0], work=duty("release", RELEASE)) == (
        "Only Ana may hold it: Chi has not reached the level leads in release."
    )


def test_many_different_obstacles_are_cut_short() -> None:
    others = [
        someone("Ben", away=(days(4, 10),)),
        someone("Chi", left=jan(2)),
        someone("Dee", joined=jan(30)),
        someone("Eli", wishes={"hub": Wish.never}),
    ]
    assert held(someone("Ana"), *others, work=duty("hub")) == (
        "Only Ana may hold it: Ben is away then, Chi is no longer there from 2027-01-02 "
        "and the others cannot for other reasons."
    )


def test_one_of_several() -> None:
    ana, ben, chi, dee = (someone(name) for name in ("Ana", "Ben", "Chi", "Dee"))
    even = "it keeps their shares even."
    assert held(ana, ben, work=duty("hub")) == f"Ana and Ben may both hold it; {even}"
    assert held(ana, ben, chi, work=duty("hub")) == f"Ana, Ben and Chi may all hold it; {even}"
    assert held(ana, ben, chi, dee, work=duty("hub")) == (
        f"Ana and several others may hold it; {even}"
    )


def test_fairness_is_not_named_where_nobody_counts_it() -> None:
    unfair = Policy(tuple(rule for rule in POLICY.rules if not isinstance(rule, FairShare)))
    assert held(someone("Ana"), someone("Ben"), work=duty("hub"), policy=unfair) == (
        "Ana and Ben may both hold it; the plan gives it to Ana."
    )


def test_a_team_of_one() -> None:
    assert held(someone("Ana"), work=duty("hub")) == "Ana is the whole team."


@pytest.mark.parametrize(
    ("goal", "said"),
    [
        (Goal("hub", Level.leads, jan(90)), "to learn hub (goal: leads by 31 Mar 2027)"),
        (Goal("hub", Level.shadowed), "to learn hub (goal: shadowed)"),
        (Goal("hub", Level.leads, jan(9)), "without a training goal of this skill"),
        (Goal("lab", Level.leads), "without a training goal of this skill"),
        (Goal("hub", Level.learning), "without a training goal of this skill"),
    ],
)
def test_shadows_learn_for_a_goal_that_the_turn_still_serves(goal: Goal, said: str) -> None:
    ana = someone("Ana", skills={"hub": Level.learning}, goals=(goal,))
    work = duty("hub", seat("shadow", skill="hub", level=Level.learning))
    assert held(ana, someone("Ben"), work=work) == f"Ana shadows {said}."


def test_a_holder_against_the_rules_is_not_explained_away() -> None:
    ana = someone("Ana", away=(days(4, 10),))
    assert held(ana, someone("Ben"), work=duty("hub")) == (
        "Ana holds it although the rules speak against it: Ana is away then."
    )


def test_nobody_holds_an_empty_seat() -> None:
    problem = roster([someone("Ana")], [duty("hub")])
    with pytest.raises(ValueError, match="nobody holds hub@2027-01-04/lead"):
        why_held(problem, POLICY, Seating({}), first_seat(problem))


def test_a_learner_leads_to_learn_and_is_no_other_who_may() -> None:
    goal = Goal("hub", Level.leads, jan(90))
    ana, ben = learner("Ana", goal), leader("Ben")
    problem = four_weeks(ana, ben)
    seating = seated(problem, hub_18_lead="ana", hub_25_lead="ben")
    led, alone = (next(s for s, m in seating if m is member) for member in (ana, ben))
    assert why_held(problem, POLICY, seating, led) == (
        "Ana leads it to learn hub (goal: leads by 31 Mar 2027)."
    )
    assert why_held(problem, POLICY, seating, alone) == (
        "Only Ben may hold it: Ana learns to lead hub."
    )


def test_why_a_learner_is_kept_from_the_lead() -> None:
    named = Goal("hub", Level.leads, mentor="ben")
    problem = four_weeks(learner(), leader("Ben", budget=0), shadow=1)
    reasons = why_empty(problem, POLICY, Seating({}), problem.seats[0])
    assert any("after 0 of 1 shadow turns of hub" in reason for reason in reasons)
    problem = four_weeks(learner("Ana", named), leader("Ben", budget=0), shadow=0)
    assert (
        "Ana could take it by the rules"
        in why_empty(problem, POLICY, Seating({}), problem.seats[0])[-1]
    )
