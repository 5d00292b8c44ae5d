"""Each requirement with a rotation that keeps it and a seeded fault that breaks it."""

import pytest

from tests.audit.dock import DUTIES, ROSTER, Dock, rules, said, week

CALL = "call@2027-01-{0:02},call,lead,2027-01-{0:02}T15:00:00Z,2027-01-{0:02}T16:00:00Z,{1}"


def test_what_keeps_every_requirement_passes(dock: Dock) -> None:
    report = dock.table(
        week("triage", 4, "lead:ana"),
        week("triage", 11, "lead:chi"),
        week("review", 11, "lead:ana"),
        week("review", 11, "shadow:chi"),
        "notes@2027-01-06,notes,lead,2027-01-06,2027-01-07,ana",
        "release@2027-01-12,release,lead,2027-01-12,2027-01-13,ana",
        week("desk", 4, "west:ben"),
        CALL.format(12, "ben"),
    )
    assert report.broken == ()
    assert report.exit_code == 0
    assert report.turns == 8


# ------------------------------------------------------------------------ one member in one seat


@pytest.mark.parametrize(
    ("good", "bad", "rule", "words"),
    [
        (
            week("triage", 18, "lead:ben"),
            week("triage", 11, "lead:ben"),
            "away",
            "Ben is away on 2027-01-13, 2027-01-14, 2 of 5 working days (triage@2027-01-11/lead)",
        ),
        (
            week("triage", 11, "lead:chi"),
            week("triage", 4, "lead:chi"),
            "membership",
            "Chi joins only on 2027-01-11 and is to work on 2027-01-04",
        ),
        (
            week("triage", 18, "lead:chi"),
            week("triage", 25, "lead:chi"),
            "membership",
            "Chi leaves after 2027-01-22 and is to work on 2027-01-25",
        ),
        (
            week("triage", 11, "lead:dee"),
            week("triage", 18, "lead:dee"),
            "membership",
            "Dee is paused on 2027-01-20",
        ),
        (
            "notes@2027-01-20,notes,lead,2027-01-20,2027-01-21,ben",
            "notes@2027-01-20,notes,lead,2027-01-20,2027-01-21,chi",
            "working_days",
            "Chi does not work on 2027-01-20, which is Wednesday",
        ),
        (
            week("review", 11, "lead:ana"),
            week("review", 11, "lead:dee"),
            "skill",
            "Dee has not reached the level leads in review",
        ),
        (
            week("review", 4, "second:ben"),
            week("review", 18, "second:chi"),
            "skill",
            "Chi has not reached the level shadowed in review",
        ),
        (
            "release@2027-01-12,release,lead,2027-01-12,2027-01-13,ana",
            "release@2027-01-12,release,lead,2027-01-12,2027-01-13,dee",
            "permission",
            "Dee lacks the permission pypi",
        ),
        (
            week("desk", 4, "west:ben"),
            week("desk", 4, "west:ana"),
            "region",
            "Ana is not in the region america",
        ),
        (
            "notes@2027-01-13,notes,lead,2027-01-13,2027-01-14,ana",
            "notes@2027-01-13,notes,lead,2027-01-13,2027-01-14,dee",
            "never",
            "Dee is never to do notes",
        ),
    ],
)
def test_a_member_who_does_not_fit_is_named_with_the_day(
    dock: Dock, good: str, bad: str, rule: str, words: str
) -> None:
    assert rules(dock.table(good)) == set()
    report = dock.table(bad)
    # Who is not there has no budget either, which is broken in its own right.
    assert rules(report) - {"weekly_budget"} == {rule}
    assert words in said(report, rule)
    assert report.exit_code == 1


@pytest.mark.parametrize(("people", "seat"), [("APAC", "APAC"), ("apac", "APAC"), ("Apac", "apac")])
def test_a_region_is_one_however_it_is_written(dock: Dock, people: str, seat: str) -> None:
    roster = ROSTER.replace("id: ana,", f"id: ana, region: {people},")
    dock.write(roster, DUTIES.replace("region: europe", f"region: {seat}"))
    assert rules(dock.week("desk", 4, "east:ana")) == set()
    assert rules(dock.week("desk", 4, "east:ben")) == {"region"}


@pytest.mark.parametrize(("tolerate", "broken"), [(39, {"away"}), (40, set())])
def test_a_policy_may_tolerate_a_short_absence(dock: Dock, tolerate: int, broken: set[str]) -> None:
    dock.write(policy=f"rules: {{away: {{tolerate: {tolerate}}}}}")
    assert rules(dock.week("triage", 11, "lead:ben")) == broken


def test_a_weekend_duty_is_work_on_its_weekend(dock: Dock) -> None:
    duties = "duties: [{id: ward, kind: ci, effort: 1h, cadence: {every: [sat]}}]"
    dock.write(duties=duties)
    row = "ward@2027-01-09,ward,lead,2027-01-09,2027-01-10,ana"
    assert "working_days" in rules(dock.table(row))
    dock.write("{team: T, members: [{id: ana, budget: 1h, days: [sat]}]}", duties)
    assert rules(dock.table(row)) == set()


def test_one_turn_may_follow_on_another(dock: Dock) -> None:
    rows = [week("triage", 4, "lead:ana"), week("triage", 11, "lead:ana")]
    assert rules(dock.table(*rows, week("watch", 18, "lead:ana"))) == set()


def test_the_reason_of_an_absence_is_never_told(dock: Dock) -> None:
    assert "honeymoon" not in said(dock.week("triage", 11, "lead:ben"), "away")


def test_a_rule_that_is_switched_off_is_not_checked_and_said_to_be(dock: Dock) -> None:
    dock.write(policy="rules: {away: off, region: false}")
    assert rules(dock.week("triage", 11, "lead:ben")) == set()
    report = dock.week("desk", 4, "west:ana")
    assert rules(report) == set()
    assert "policy.yaml switches off, so not checked: away, region" in report.notes


@pytest.mark.parametrize(
    ("day", "utc", "broken"),
    [
        # 16:00 in Berlin is 10:00 in New York, but for the weeks between their clock changes.
        ("2027-03-09", "15:00", set()),
        ("2027-03-16", "15:00", {"local_hours"}),
        ("2027-03-23", "15:00", {"local_hours"}),
        ("2027-03-30", "14:00", set()),
    ],
)
def test_local_hours_follow_both_daylight_saving_times(
    dock: Dock, day: str, utc: str, broken: set[str]
) -> None:
    dock.write(roster=ROSTER.replace("09:00-17:00", "10:00-11:00"))
    end = f"{int(utc[:2]) + 1}:00"
    row = f"call@{day},call,lead,{day}T{utc}Z,{day}T{end}Z,ben"
    report = dock.table(row, name="2027-Q1")
    assert rules(report) == broken
    if broken:
        assert f"works 10:00 to 11:00, and there it is 11:00 to 12:00 on {day}" in said(
            report, "local_hours"
        )


@pytest.mark.parametrize(("utc", "broken"), [("14:00", set()), ("15:00", {"dates"})])
def test_a_staggered_seat_keeps_the_local_time_across_a_clock_change(
    dock: Dock, utc: str, broken: set[str]
) -> None:
    # Berlin's clocks change on 28 March: 16:00 is 15:00 UTC before and 14:00 after.
    dock.write(duties=DUTIES.replace("lasts: 1h,", "lasts: 1h, seats: [{seat: b, offset: 1w}],"))
    row = f"call@2027-03-23,call,b,2027-03-30T{utc}Z,2027-03-30T{int(utc[:2]) + 1}:00Z,ana"
    assert rules(dock.table(row, name="2027-Q1")) == broken


@pytest.mark.parametrize(
    ("hours", "at", "broken"),
    [
        ("18:00-02:00", "00:30", set()),
        ("18:00-02:00", "01:30", {"local_hours"}),
        ("18:00-02:00", "17:30", {"local_hours"}),
        ("00:00-24:00", "16:00", set()),
    ],
)
def test_hours_may_pass_midnight(dock: Dock, hours: str, at: str, broken: set[str]) -> None:
    roster = "{team: T, members: [{id: eve, budget: 9, hours: '%s', days: [mon, tue, wed]}]}"
    dock.write(roster % hours, DUTIES.replace("16:00", at))
    opens = f"2027-01-05T{at}Z"
    closes = f"2027-01-05T{int(at[:2]) + 1:02}{at[2:]}Z"
    assert rules(dock.table(f"call@2027-01-05,call,lead,{opens},{closes},eve")) == broken


# ------------------------------------------------------------------------------- several turns


def test_seats_of_a_shift_want_different_people(dock: Dock) -> None:
    report = dock.week("review", 4, "lead:ana", "second:ana")
    assert rules(report) == {"distinct_seats"}
    assert "Ana holds review@2027-01-04/lead and review@2027-01-04/second" in said(
        report, "distinct_seats"
    )
    assert rules(dock.week("review", 4, "lead:ana", "second:ben")) == set()


STAGGERED = """
duties:
  - {id: pair, kind: ci, cadence: {every: 1 week}, term: 2w, effort: 1h, TOGETHER
     seats: [lead, {seat: incoming, offset: 1w}]}
"""


FIRST = "pair@2027-01-04,pair,lead,2027-01-04,2027-01-18,ana"
NEXT = "pair@2027-01-11,pair,lead,2027-01-11,2027-01-25,ana"
COMING = "pair@2027-01-04,pair,incoming,2027-01-11,2027-01-25,ana"
COMING_NEXT = "pair@2027-01-11,pair,incoming,2027-01-18,2027-02-01,ana"


@pytest.mark.parametrize(
    ("together", "rows", "broken"),
    [
        ("", (FIRST, COMING), {"distinct_seats"}),
        ("together: true,", (FIRST, COMING), set()),
        ("together: true,", (FIRST, NEXT), {"distinct_seats"}),
        ("", (FIRST, COMING_NEXT), set()),
    ],
)
def test_staggered_seats_and_overlapping_shifts_count_too(
    dock: Dock, together: str, rows: tuple[str, str], broken: set[str]
) -> None:
    dock.write(duties=STAGGERED.replace("TOGETHER", together))
    assert rules(dock.table(*rows)) == broken


def test_exclusive_duties_do_not_overlap(dock: Dock) -> None:
    report = dock.table(week("triage", 4, "lead:ana"), week("watch", 4, "lead:ana"))
    assert rules(report) == {"exclusive_duties"}
    assert "from 2027-01-04, and both are exclusive" in said(report, "exclusive_duties")
    assert rules(dock.table(week("triage", 4, "lead:ana"), week("watch", 11, "lead:ana"))) == set()


BUDGET = "{team: T, members: [{id: eve, budget: %s, away: [%s]}]}"
THREE_DAYS = """
duties:
  - {id: task, kind: docs, effort: 100m, cadence: {once: {first: 2027-01-07, last: 2027-01-11}}}
"""


@pytest.mark.parametrize(
    ("budget", "away", "broken"),
    [
        # Thursday, Friday, Monday: 33, 33 and 34 minutes, so 66 in the first week.
        ("66m", "", set()),
        ("65m", "", {"weekly_budget"}),
        # Two of five days away leave 3/5 of the budget, rounded down: 66 of 110 and of 111.
        ("110m", "{first: 2027-01-04, last: 2027-01-05}", set()),
        ("109m", "{first: 2027-01-04, last: 2027-01-05}", {"weekly_budget"}),
        # A weekend away costs nothing.
        ("66m", "{first: 2027-01-09, last: 2027-01-10}", set()),
    ],
)
def test_budget_counts_by_iso_week_to_the_minute(
    dock: Dock, budget: str, away: str, broken: set[str]
) -> None:
    dock.write(BUDGET % (budget, away), THREE_DAYS)
    report = dock.table("task@2027-01-07,task,lead,2027-01-07,2027-01-12,eve")
    assert rules(report) == broken
    if broken:
        assert "in week 1 of 2027 (from 2027-01-04): task@2027-01-07/lead" in said(
            report, "weekly_budget"
        )


def test_shadow_turns_take_budget_too(dock: Dock) -> None:
    dock.write(roster=ROSTER.replace("name: Chi\n    budget: 8h", "name: Chi\n    budget: 5h"))
    rows = [week("review", 11, "lead:ana"), week("review", 11, "shadow:chi")]
    assert rules(dock.table(*rows)) == set()
    report = dock.table(*rows, week("triage", 11, "lead:chi"))
    assert rules(report) == {"weekly_budget"}
    assert "Chi is to work 6.0 of 5.0 hours" in said(report, "weekly_budget")


def test_what_a_member_merges_counts_and_what_is_their_own_counts_before_it(dock: Dock) -> None:
    like = "  - {<<: [*a, {skills: [], days: [sun]}], id: eve, name: Eve, budget: 3h}\n"
    dock.write(roster=ROSTER.replace("  - {id: ana", "  - &a {days: [mon], id: ana") + like)
    assert rules(dock.table(week("triage", 4, "lead:ana"))) == set()
    assert rules(dock.table(week("triage", 4, "lead:eve"))) == {"weekly_budget"}


@pytest.mark.parametrize("own", [True, False])
def test_nobody_has_more_turns_than_the_duty_or_they_allow(dock: Dock, own: bool) -> None:
    dock.write(
        roster=ROSTER.replace("id: ana,", "id: ana, most: {triage: 1},") if own else ROSTER,
        duties=DUTIES if own else DUTIES.replace("id: triage,", "id: triage, most: 1,"),
    )
    rows = [week("triage", 4, "lead:ana"), week("triage", 18, "lead:ben")]
    assert rules(dock.table(*rows)) == set()
    report = dock.table(*rows, week("triage", 11, "lead:ana"))
    assert rules(report) == {"most_turns"}
    assert said(report, "most_turns") == "Ana has 2 turns of triage, and 1 is the most"


def test_a_shadow_needs_somebody_beside(dock: Dock) -> None:
    report = dock.week("review", 11, "shadow:chi")
    assert rules(report) == {"shadow_beside_lead"}
    assert "Chi shadows nobody from 2027-01-11" in said(report, "shadow_beside_lead")
    assert rules(dock.week("review", 11, "shadow:chi", "second:ana")) == set()


def test_nobody_shadows_what_they_lead(dock: Dock) -> None:
    report = dock.week("review", 4, "lead:ana", "shadow:ben")
    assert rules(report) == {"shadow_learns"}
    assert "Ben already leads review" in said(report, "shadow_learns")


# -------------------------------------------------------------------- what a rotation must be


@pytest.mark.parametrize(
    ("row", "rule", "words"),
    [
        (week("triage", 4, "lead:zoe"), "members", 'the roster knows no member "zoe"'),
        (week("sweep", 4, "lead:ana"), "duties", 'the roster knows no duty "sweep"'),
        (week("triage", 4, "helm:ana"), "seats", 'the duty triage has no seat "helm"'),
        (
            "triage@2027-01-06,triage,lead,2027-01-06,2027-01-13,ana",
            "shifts",
            "the roster asks for no shift triage@2027-01-06",
        ),
        (
            "triage@2027-01-04,triage,lead,2027-01-04,2027-01-10,ana",
            "dates",
            "runs 2027-01-04 to 2027-01-09, the roster says 2027-01-04 to 2027-01-10",
        ),
        (
            "call@2027-01-12,call,lead,2027-01-12T14:00Z,2027-01-12T15:00Z,ana",
            "dates",
            "runs 2027-01-12 14:00 to 2027-01-12 15:00 UTC, the roster says 2027-01-12 15:00",
        ),
    ],
)
def test_what_the_roster_does_not_know_is_named(
    dock: Dock, row: str, rule: str, words: str
) -> None:
    report = dock.table(row)
    assert rules(report) == {rule}
    assert words in said(report, rule)


def test_a_shift_that_nobody_asked_for_is_judged_all_the_same(dock: Dock) -> None:
    report = dock.table("triage@2027-01-12,triage,lead,2027-01-12,2027-01-14,ben")
    assert rules(report) == {"shifts", "away"}


def test_a_turn_is_judged_on_the_days_that_the_rotation_states(dock: Dock) -> None:
    report = dock.table("triage@2027-01-11,triage,lead,2027-01-15,2027-01-18,ben")
    assert rules(report) == {"dates"}


def test_a_seat_has_one_holder(dock: Dock) -> None:
    report = dock.week("desk", 4, "east:ana", "east:dee")
    assert "one_holder" in rules(report)
    assert "desk@2027-01-04/east stands there 2 times, held by Ana and Dee" in said(
        report, "one_holder"
    )


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([week("triage", 4, "lead:ana")], ""),
        (
            [week("triage", 4, "lead:ben")],
            "triage@2027-01-04/lead is pinned to Ana and held by Ben",
        ),
        ([week("watch", 4, "lead:ben")], "pinned to Ana and held by nobody"),
    ],
)
def test_pins_are_kept(dock: Dock, rows: list[str], words: str) -> None:
    dock.write(
        policy="pins: [{shift: triage@2027-01-04, seat: lead, member: ana},"
        " {shift: triage@2027-05-03, seat: lead, member: ana}]"
    )
    report = dock.table(*rows)
    assert rules(report) == ({"pins"} if words else set())
    assert words in said(report, "pins")


# ------------------------------------------------------------------------------ learners, mentors

SHADOWED = (week("review", 11, "lead:ana"), week("review", 11, "shadow:chi"))
CHI_LEADS = week("review", 18, "lead:chi")
ONE_TURN = "training: {shadow_turns: 1}"


def test_a_learner_leads_after_shadowing_and_with_a_mentor_beside(dock: Dock) -> None:
    dock.write(policy=ONE_TURN)
    guided = dock.table(*SHADOWED, CHI_LEADS, week("review", 18, "second:ben"))
    assert rules(guided) == set()
    unready = dock.table(CHI_LEADS, week("review", 18, "second:ben"))
    assert said(unready, "earned_lead") == (
        "Chi leads review@2027-01-18/lead from 2027-01-18 after 0 of 1 shadow turns of review"
    )
    alone = dock.table(*SHADOWED, CHI_LEADS)
    assert said(alone, "earned_lead") == (
        "Chi leads review@2027-01-18/lead from 2027-01-18 without a mentor of review beside"
    )
    dock.write(policy="training: {shadow_turns: 1, lead_turns: 0}")
    assert rules(dock.table(*SHADOWED, CHI_LEADS)) == set()
    dock.write(policy="training: {shadow_turns: 3, skills: {review: {shadow_turns: 1}}}")
    assert "earned_lead" not in rules(
        dock.table(*SHADOWED, CHI_LEADS, week("review", 18, "second:ben"))
    )
    dock.write(policy="training: {shadow_turns: 2}")
    again = dock.table(*SHADOWED, CHI_LEADS, week("review", 18, "second:ben"))
    assert "after 1 of 2 shadow turns" in said(again, "earned_lead")


def test_a_mentor_by_name_needs_no_seat_but_has_to_be_there(dock: Dock) -> None:
    named = ROSTER.replace("by: 2027-01-17}", "by: 2027-01-17, mentor: ana}")
    dock.write(roster=named, policy=ONE_TURN)
    assert rules(dock.table(*SHADOWED, CHI_LEADS)) == set()
    away = named.replace("permissions: [pypi]", "permissions: [pypi], away: [2027-01-22]")
    dock.write(roster=away, policy=ONE_TURN)
    assert "without a mentor" in said(dock.table(*SHADOWED, CHI_LEADS), "earned_lead")


@pytest.mark.parametrize(("published", "broken"), [(True, set()), (False, {"earned_lead"})])
def test_turns_of_published_rotations_count(dock: Dock, published: bool, broken: set[str]) -> None:
    dock.write(policy=ONE_TURN)
    said_so = "published: 2026-09-01T00:00:00Z\n" if published else ""
    dock.folder.joinpath("rotations").mkdir()
    dock.folder.joinpath("rotations", "2026-Q4.yaml").write_text(
        f"name: 2026-Q4\nfirst: 2026-10-01\nlast: 2026-12-31\n{said_so}shares: []\nshifts:\n"
        "  - {id: review@2026-11-02, duty: review, first: 2026-11-02, last: 2026-11-08, seats: [\n"
        "      {seat: lead, effort: 120, member: ana}, {seat: shadow, effort: 120, member: chi}]}\n"
        "  - {id: review@2026-11-09, duty: review, first: 2026-11-09, last: 2026-11-15, seats: [\n"
        "      {seat: second, effort: 120, member: ana}]}\n",
        encoding="utf-8",
    )
    assert rules(dock.table(CHI_LEADS, week("review", 18, "second:ben"))) == broken


def test_too_many_learners_at_once_and_in_all(dock: Dock) -> None:
    dock.write(policy="rules: {mentor_limits: {at_once: 0}}")
    assert "and the most are 0" in said(dock.table(*SHADOWED), "mentor_limits")
    dock.write(roster=ROSTER.replace("permissions: [pypi]", "permissions: [pypi], mentees: 0"))
    assert said(dock.table(*SHADOWED), "mentor_limits") == (
        "Ana accompanies Chi from 2027-01-11, and takes 0 in all"
    )
    dock.write(roster=ROSTER.replace("permissions: [pypi]", "permissions: [pypi], mentees: 1"))
    assert rules(dock.table(*SHADOWED)) == set()
