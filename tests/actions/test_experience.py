"""What was learnt in earlier rotations counts in the next ones."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from scheduler.actions.assemble import assemble
from scheduler.actions.experience import experience, grown
from scheduler.actions.fingerprint import fingerprint
from scheduler.actions.horizon import named
from scheduler.domain.people import Goal, Level, Member
from scheduler.domain.rotation import Placed, Rotation
from scheduler.domain.span import Span
from scheduler.domain.training import Paths, Turns
from scheduler.files import read_team
from tests.actions.roster import JANUARY, change, roster
from tests.files.rotations import placed, rotation
from tests.rules.builders import someone
from tests.rules.learning import HUB, LEADS, learner

PATHS = Paths(Turns(shadow=2, lead=1))


def turn(week: int, seat: str, member: str = "ana", duty: str = "hub") -> Placed:
    first = date(2026, 10, 5) + timedelta(weeks=week)
    span = Span(first, first + timedelta(days=7))
    return placed(
        f"{duty}@{first}", seat, duty=duty, role=seat, span=span, must=False, member=member
    )


def past(*turns: Placed) -> Rotation:
    return rotation(*turns, published=datetime(2026, 9, 1, tzinfo=UTC))


def learnt(member: Member, *turns: Placed) -> tuple[Turns, Level]:
    """What turns of the past make of a member."""
    done = experience([past(*turns)], [member], [HUB], PATHS)
    (after,) = grown([member], done, PATHS)
    return done.get((member.id, "hub"), Turns()), after.level("hub")


SHADOWED = turn(0, "shadow"), turn(1, "shadow")


def test_shadow_turns_and_a_turn_in_the_lead_earn_the_lead() -> None:
    assert learnt(learner(), turn(0, "shadow")) == (Turns(1, 0), Level.learning)
    assert learnt(learner(), *SHADOWED) == (Turns(2, 0), Level.shadowed)
    assert learnt(learner(), *SHADOWED, turn(2, "lead")) == (Turns(2, 1), Level.leads)


def test_a_turn_in_the_lead_before_the_shadow_turns_is_no_step() -> None:
    assert learnt(learner(), turn(2, "shadow"), turn(1, "lead"), turn(0, "shadow")) == (
        Turns(2, 0),
        Level.shadowed,
    )


def test_turns_count_over_several_rotations_in_order_of_time() -> None:
    first, second = past(SHADOWED[0]), past(SHADOWED[1], turn(2, "lead"))
    ana = learner()
    assert experience([first, second], [ana], [HUB], PATHS) == {("ana", "hub"): Turns(2, 1)}


@pytest.mark.parametrize(
    ("member", "level"),
    [
        (someone("Ana", skills={"hub": Level.learning}), Level.learning),
        (learner("Ana", Goal("hub", Level.shadowed)), Level.shadowed),
        (learner("Ana", Goal("hub", Level.mentors)), Level.leads),
        (learner("Ana", Goal("lab", Level.leads)), Level.learning),
        (learner(level=Level.mentors), Level.mentors),
    ],
)
def test_no_turn_lifts_anybody_above_their_goal(member: Member, level: Level) -> None:
    assert learnt(member, *SHADOWED, turn(2, "lead"))[1] is level


def test_other_people_other_duties_and_duties_that_are_gone_teach_nothing() -> None:
    others = (turn(0, "shadow", "ben"), turn(0, "shadow", duty="gone"), turn(0, "secondary"))
    assert learnt(learner(), *others) == (Turns(), Level.learning)


def test_who_has_shadowed_by_the_roster_needs_only_the_lead() -> None:
    ana = learner(level=Level.shadowed)
    assert learnt(ana, turn(0, "shadow"), turn(1, "lead")) == (Turns(0, 1), Level.leads)


def test_members_are_as_they_were_where_nothing_was_learnt() -> None:
    ana, ben = learner("Ana", LEADS), someone("Ben")
    assert grown([ana, ben], {}, PATHS) == (ana, ben)


def test_one_of_several_seats_alike_is_known_by_its_number() -> None:
    several = replace(HUB, seats=(*HUB.seats[:2], replace(HUB.seats[2], most=2)))
    shadow = replace(turn(0, "shadow"), seat="shadow-2")
    assert experience([past(shadow)], [learner()], [several], PATHS) == {
        ("ana", "hub"): Turns(1, 0)
    }


def test_the_next_plan_knows_what_was_learnt_and_why_it_is_another(tmp_path: Path) -> None:
    folder = roster(tmp_path)
    chi = "{id: chi, name: Chi Nguyen, budget: 4h, skills: [triage]"
    goal = "goals: [{skill: release, level: leads}]"
    change(folder, "roster.yaml", chi, f"{chi}, {goal}")
    shadow = turn(0, "shadow", "chi", "release")
    lead = turn(1, "lead", "chi", "release")
    team, horizon = read_team(folder), named(JANUARY)
    path = replace(team, paths=Paths(Turns(shadow=1, lead=1)))
    levels, prints = {}, set()
    for name, turns in {"none": (), "shadow": (shadow,), "both": (shadow, lead)}.items():
        problem = assemble(path, (past(*turns),) if turns else (), horizon)
        levels[name] = problem.member_by_id["chi"].level("release")
        prints.add(fingerprint(replace(problem, past=()), team.inputs, 0))
    assert levels == {"none": Level.learning, "shadow": Level.shadowed, "both": Level.leads}
    assert len(prints) == 3
