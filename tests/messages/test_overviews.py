"""Digest, horizon, publication and training: counted by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from scheduler.domain.change import Entry, Kind, Move
from scheduler.domain.duties import Role, SeatPlan
from scheduler.domain.people import Level
from scheduler.domain.reminding import Chat
from scheduler.domain.rotation import Rotation, Share
from scheduler.domain.span import Span
from scheduler.domain.training import Progress, Turns
from scheduler.messages.directory import Directory
from scheduler.messages.due import due
from scheduler.messages.kinds.horizon import unheard
from scheduler.messages.reminder import DIGEST, HORIZON, PUBLISHED, TRAINING, Reminder
from tests.messages.making import LATER, LONG_AGO, directory, duty, rotation, turn


def of(kind: str, known: Directory, planned: Rotation) -> list[Reminder]:
    return [r for r in due(known, [planned], LONG_AGO, LATER) if r.kind == kind]


def test_a_channel_gets_one_overview_a_week_with_who_is_on_next_open_and_learning() -> None:
    known = directory(duties={"triage": duty(channel="#hub")})
    learner = turn("2027-01-11", "chi", seat="shadow", role="shadow")
    weeks = [turn("2027-01-11", "ana"), learner, turn("2027-01-18", "ben"), turn("2027-01-25", "")]
    found = of(DIGEST, known, rotation(*weeks))
    assert len(found) == 13  # the Mondays of the quarter
    second = next(r for r in found if r.at == datetime(2027, 1, 11, 9, tzinfo=UTC))
    assert second.to == "#hub"
    said = str(second.message.blocks)
    for wanted in ("This week: Ana", "Next: Ben", "Learning: chi", "Nobody yet: Monday 25"):
        assert wanted in said


def test_the_overview_looks_four_weeks_ahead_and_asks_only_for_what_is_open() -> None:
    known = directory(chat=Chat(channel="#team"))
    planned = rotation(turn("2027-01-11", "ana"), turn("2027-02-08", "ben"))
    by_day = {r.at.date(): str(r.message.blocks) for r in of(DIGEST, known, planned)}
    assert "Next: Ben" in by_day[date(2027, 1, 11)]
    assert "Ana" in by_day[date(2027, 1, 4)]
    assert "Ben" not in by_day[date(2027, 1, 4)]
    assert "Can you take" not in by_day[date(2027, 1, 11)]
    half = rotation(turn("2027-01-11", "ana"), turn("2027-02-08", ""))
    found = {r.at.date(): str(r.message.blocks) for r in of(DIGEST, known, half)}
    assert "Can you take an open turn" in found[date(2027, 1, 18)]


def test_duties_without_a_channel_are_told_to_the_team_and_none_where_it_has_none() -> None:
    planned = rotation(turn("2027-01-11", "ana"))
    assert of(DIGEST, directory(), planned) == []
    team = directory(chat=Chat(channel="#team"))
    assert {r.to for r in of(DIGEST, team, planned)} == {"#team"}
    assert of(DIGEST, directory(chat=Chat(channel="#team", digest=None)), planned) == []


def test_the_end_is_told_three_times_unless_something_is_published_after_it() -> None:
    known, first = directory(leads=("ana",)), rotation(turn("2027-01-11", "ana"))
    assert [f"{r.at:%m-%d}" for r in of(HORIZON, known, first)] == ["03-04", "03-18", "03-29"]
    second = replace(first, name="2027-Q2", horizon=Span(date(2027, 4, 1), date(2027, 7, 1)))
    later = [r for r in due(known, [first, second], LONG_AGO, LATER) if r.kind == HORIZON]
    assert {r.at.month for r in later} == {6}


def test_where_nobody_hears_of_the_end_it_is_said_to_whoever_runs_rota() -> None:
    planned = [rotation(turn("2027-01-11", "ana"))]
    soon, early = datetime(2027, 3, 4, 10, tzinfo=UTC), datetime(2027, 3, 3, 10, tzinfo=UTC)
    said = unheard(directory(), planned, soon)
    assert said.startswith("Nothing is published after Wednesday 31 March, and nobody is told")
    assert unheard(directory(), planned, early) == ""
    assert unheard(directory(), [], soon) == ""
    assert unheard(directory(leads=("ana",)), planned, soon) == ""
    assert unheard(directory(chat=Chat(channel="#team")), planned, soon) == ""


def test_whoever_could_have_served_learns_that_they_have_no_turn() -> None:
    idle = Share("ben", available=600, load=0, fair=100, entitlement=100, carried=0)
    found = of(PUBLISHED, directory(), rotation(turn("2027-01-11", "ana"), shares=(idle,)))
    texts = {r.to: r.message.text for r in found}
    assert texts["ana"].endswith("You have 1 turn in it.")
    assert texts["ben"].endswith("You have no turn in it.")


def test_the_past_that_is_taken_over_is_not_announced() -> None:
    imported = rotation(turn("2027-01-11", "ana"), published=datetime(2027, 6, 1, tzinfo=UTC))
    assert due(directory(), [imported], LONG_AGO, LATER) == ()


LEARNING = duty(
    seats=(
        SeatPlan("lead", skill="triage"),
        SeatPlan("shadow", Role.shadow, Level.learning, "triage"),
    )
)
GOAL = Progress("chi", "triage", Level.leads, None, Turns(1, 1), Turns(1, 1), reached=True)


def test_milestones_are_told_the_morning_after_and_once() -> None:
    known = directory(duties={"triage": LEARNING}, leads=("ana",))
    weeks = [
        turn("2027-01-11", "chi", seat="shadow", role="shadow"),
        turn("2027-01-18", "chi", seat="shadow", role="shadow"),
        turn("2027-01-25", "chi"),
    ]
    goal = replace(GOAL, leads_from=date(2027, 1, 25))
    found = of(TRAINING, known, rotation(*weeks, training=(goal,)))
    assert [(r.to, f"{r.at:%m-%d}") for r in found] == [
        ("chi", "01-18"),  # the first turn as a shadow is done
        ("chi", "01-22"),  # the last working day before the first turn in the lead
        ("ana", "02-01"),  # a lead writes the level into the roster
        ("chi", "02-01"),
    ]


def test_a_missed_turn_teaches_nobody_until_it_is_said_to_be_done() -> None:
    known = directory(duties={"triage": LEARNING})
    shadow = turn("2027-01-11", "chi", seat="shadow", role="shadow")
    missed = Entry(
        id=1,
        kind=Kind.missed,
        at=datetime(2027, 1, 18, tzinfo=UTC),
        by="ana",
        moves=(Move("triage@2027-01-11", "shadow", "chi", "chi"),),
    )
    planned = rotation(shadow, training=(GOAL,))
    assert len(of(TRAINING, known, planned)) == 2
    assert of(TRAINING, known, replace(planned, changes=(missed,))) == []
    done = replace(missed, id=2, kind=Kind.done, at=missed.at + timedelta(hours=1))
    assert len(of(TRAINING, known, replace(planned, changes=(missed, done)))) == 2
