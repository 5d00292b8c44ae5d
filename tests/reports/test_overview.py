"""What people see on the terminal."""

from dataclasses import replace
from datetime import UTC, datetime
from io import StringIO

from rich.console import Console, Group, RenderableType

from scheduler.domain.people import Member
from scheduler.domain.rotation import Rotation
from scheduler.domain.training import BusFactor
from scheduler.reports.markdown import as_markdown
from scheduler.reports.overview import going_out, overview, reasons, turns, who_does_what
from scheduler.reports.roster import Roster
from tests.reports.sample import ROSTER, rotation


def printed(part: RenderableType, width: int = 80) -> str:
    out = StringIO()
    Console(file=out, width=width, markup=False, emoji=False, highlight=False).print(part)
    return out.getvalue()


def whole(plan: Rotation | None = None, roster: Roster = ROSTER) -> str:
    return printed(overview(plan or rotation(), roster, 80))


def test_it_fits_80_columns_and_has_no_colour_of_its_own() -> None:
    text = whole()
    assert max(map(len, text.splitlines())) <= 80
    assert "\x1b" not in text


def test_many_seats_stand_in_several_tables_of_80_columns() -> None:
    seats = [
        replace(turn, seat=f"lead-{number}")
        for turn in rotation().placed
        if turn.seat == "lead"
        for number in range(12)
    ]
    plan = replace(rotation(), placed=tuple(seats))
    # A wide console crops nothing: what is wider than 80 columns shows.
    text = printed(Group(*who_does_what(plan, ROSTER, 80)), width=200)
    assert max(len(line.rstrip()) for line in text.splitlines()) <= 80
    assert all(f"lead-{number}" in text for number in range(12))
    assert text.count("Week of") > 1


def test_a_part_far_from_its_share_stands_with_the_reason() -> None:
    # 12 of 13.5 filled hours serve the hub, and 16 of 17.5 on offer.
    (line,) = [line for line in whole().splitlines() if line.startswith("JupyterHub ")]
    assert line.split() == ["JupyterHub", "12.0", "89%", "60%", "the", "duties", "offer", "91%"]
    # 12 of 13.5 hours are triage and one week of it is empty: 91% would be there.
    kinds = whole(roster=replace(ROSTER, kinds={"triage": 100, "meetings": 0}))
    assert [line.split() for line in kinds.splitlines() if line.startswith("triage ")] == [
        ["triage", "12.0", "89%", "100%", "4.0", "hours", "of", "it", "are", "empty"]
    ]
    assert [line.split()[-7:] for line in kinds.splitlines() if line.startswith("meetings ")] == [
        ["4.0", "hours", "of", "other", "work", "are", "empty"]
    ]


def test_it_says_how_much_is_filled() -> None:
    assert "4 of 5 seats filled, 1 must-fill seat empty; 1 turn to learn on." in whole()


def test_a_week_names_its_holder_and_shows_the_empty_seat() -> None:
    lines = [line.split() for line in whole().splitlines()]
    assert ["4", "Jan", "Ana"] in lines
    assert ["11", "Jan", "–"] in lines


def test_an_empty_seat_stands_with_its_reasons() -> None:
    text = whole()
    assert "Issue triage (must, 11–17 Jan)" in text
    assert "Ben has not reached the level leads in triage" in text


def test_an_empty_seat_tells_its_price_below_its_reasons() -> None:
    price = "It would fit in with 1.0 more hours for Ana"
    placed = tuple(replace(s, price=price) if s.reasons else s for s in rotation().placed)
    plan = replace(rotation(), placed=placed)
    lines = [line.strip() for line in whole(plan).splitlines()]
    assert lines[lines.index("Ben has not reached the level leads in triage") + 1] == price
    assert price in printed(reasons(plan.placed, ROSTER))
    assert f"; {price}" in as_markdown(plan, ROSTER)


def test_a_timed_duty_has_its_time_and_zone() -> None:
    assert "12 Jan 16:00 UTC" in whole()


def test_fairness_is_said_of_everybody() -> None:
    (line,) = [line for line in whole().splitlines() if line.startswith("Ana Silva  ")]
    assert line.split()[:6] == ["Ana", "Silva", "3", "12.0", "9.0", "1.33"]


def test_upstreams_stand_beside_the_strategy() -> None:
    (line,) = [line for line in whole().splitlines() if line.startswith("JupyterHub")]
    assert line.split()[:4] == ["JupyterHub", "12.0", "89%", "60%"]


def test_a_goal_shows_how_far_it_is() -> None:
    (line,) = [line for line in whole().splitlines() if "triage: leads by" in line]
    assert line.split(maxsplit=2)[2].startswith("triage: leads by 31 Mar 2027   2 of 3 shadow")


def test_duties_that_hang_on_few_people_are_listed() -> None:
    table = whole().partition("Few can lead")[2].partition("Goal  ")[0]
    assert [line.split()[-2:] for line in table.splitlines() if "1" in line] == [["1", "1"]]
    assert "Issue triage" in table
    assert "Community call" not in table
    more = (BusFactor("call", 3, 4),)
    assert "Community call" in whole(replace(rotation(), bus_factors=more)).partition("Few can")[2]


def test_prices_are_short_and_say_what_is_proved() -> None:
    lines = [" ".join(line.split()) for line in whole().splitlines()]
    assert "must 1 1 proved least" in lines
    assert "fairness 1050×2 1000 1050×2 0 not proved" in lines


def test_an_interrupted_plan_says_so() -> None:
    assert "Interrupted" not in whole()
    assert "Interrupted" in whole(replace(rotation(), interrupted=True))


def test_names_are_text_and_nothing_else() -> None:
    roster = replace(ROSTER, members=(Member(id="ana", name="[red]Ana[/] :smile:"),))
    assert "[red]Ana[/] :smile:" in whole(roster=roster)


def test_members_who_share_a_first_name_keep_their_full_names() -> None:
    people = (Member(id="ana", name="Person 01"), Member(id="ben", name="Person 02"))
    roster = Roster(people)
    assert roster.short("ana") == "Person 01"
    assert ROSTER.short("ana") == "Ana"
    assert roster.short("gone") == "gone"


def test_a_list_gives_reasons_when_asked() -> None:
    seats = rotation().placed
    assert "Only Ben may hold it." not in printed(turns(seats, ROSTER))
    assert "Only Ben may hold it." in printed(reasons(seats, ROSTER))
    assert "Ana is away then" in printed(reasons(seats, ROSTER))


def test_what_goes_out_names_everybodys_first_turn() -> None:
    published = replace(rotation(), published=datetime(2026, 12, 1, 9, tzinfo=UTC))
    text = printed(going_out(published, ROSTER))
    assert "published on 1 Dec 2026" in text
    assert "Ben Okafor       2   4–10 Jan, Issue triage shadow" in text
