"""The table, the sentences and the picture of how the work was shared."""

from dataclasses import replace
from datetime import date
from io import StringIO
from xml.etree import ElementTree

import pytest
from rich.console import Console

from scheduler.domain.ledgers import BURDENSOME
from scheduler.domain.people import Member
from scheduler.domain.rotation import Ledger, Rotation, Share, quarter
from scheduler.reports.fairness import fairness, taken_over
from scheduler.reports.fairness_chart import picture
from scheduler.reports.roster import Roster
from scheduler.reports.shared import Sharing, document, sentence, sharing
from tests.reports.sample import triage

ROSTER = Roster(tuple(Member(id=name.lower(), name=name) for name in ("Ana", "Ben", "Chi", "Dee")))


def share(member: str, load: int, fair: int, *ledgers: Ledger) -> Share:
    return Share(member, 3000, load * 60, fair * 60, fair * 60, 0, ledgers)


def hours(name: str, load: int, fair: int) -> Ledger:
    return Ledger(name, load * 60, fair * 60)


def rotation(name: str, *shares: Share) -> Rotation:
    return Rotation("Moons", name, quarter(name), (), (), shares, "", "0", 0)


WINTER = rotation(
    "2027-Q1",
    share("ana", 20, 15, hours("ci", 12, 5), hours("docs", 8, 10), hours(BURDENSOME, 6, 3)),
    share("ben", 10, 15, hours("ci", 0, 7), hours("docs", 10, 8), hours(BURDENSOME, 0, 3)),
    share("dee", 0, 0),
    share("gone", 5, 5),
)
# Half of what was on offer was done.
SPRING = rotation("2027-Q2", share("ana", 5, 10), share("ben", 5, 10), share("chi", 0, 0))
TOLD = sharing(
    [WINTER, SPRING], ROSTER, {"ana": 300, "ben": -300}, {("ana", "ci"): 420, ("ben", "ci"): -420}
)


def printed(told: Sharing, width: int = 80) -> str:
    screen = Console(file=StringIO(), width=width, no_color=True)
    screen.print(fairness(told, "Moons", width))
    assert isinstance(screen.file, StringIO)
    return screen.file.getvalue()


def test_everybody_who_served_or_could_has_a_line() -> None:
    assert [line.member for line in TOLD.lines] == ["ana", "ben", "gone"]
    ana, ben, gone = TOLD.lines
    assert (ana.load, ana.fair, ana.above) == (25 * 60, 20 * 60, 5 * 60)
    assert (ben.load, ben.fair) == (15 * 60, 20 * 60)
    assert (gone.served, gone.load, gone.fair) == (1, 300, 300)
    assert [index and round(index, 2) for index in ana.indices] == [1.33, 1.0]
    assert gone.indices[1] is None


def test_ledgers_come_by_name_and_burdensome_time_last() -> None:
    assert TOLD.ledgers == ("ci", "docs", BURDENSOME)
    assert [(book.name, book.above // 60) for book in TOLD.lines[0].books] == [
        ("ci", 7),
        ("docs", -2),
        (BURDENSOME, 3),
    ]
    assert TOLD.silent == ("2027-Q2",)


def test_a_sentence_says_how_much_what_follows_and_what_stands_out() -> None:
    ana, ben, gone = (sentence(line) for line in TOLD.lines)
    assert ana == (
        "Ana did 25.0 hours in 2 rotations, 5.0 more than the fair 20.0. "
        "The next plan asks for 5.0 fewer. "
        "Above their part: ci by 7.0, burdensome by 3.0. Below it: docs by 2.0."
    )
    assert ben == (
        "Ben did 15.0 hours in 2 rotations, 5.0 fewer than the fair 20.0. "
        "The next plan asks for 5.0 more. "
        "Above their part: docs by 2.0. Below it: ci by 7.0, burdensome by 3.0."
    )
    assert gone == "gone did 5.0 hours in 1 rotation; 5.0 were fair."


def test_the_table_fits_the_terminal() -> None:
    many = tuple(replace(WINTER, name=f"20{year}-Q1") for year in range(10, 20))
    kinds = tuple(hours(f"kind-of-work-{n}", n, 1) for n in range(12))
    wide = [replace(r, shares=(share("ana", 66, 12, *kinds), *r.shares[1:])) for r in many]
    told = printed(sharing(wide, ROSTER, {}, {}))
    assert max(map(len, told.splitlines())) <= 80
    assert "2019-Q1" in told
    assert "of all 10 rotations" in told
    assert told.count("Ana  ") == 1 + 4  # fifteen ledgers, four a table


def test_the_table_tells_the_figures() -> None:
    told = printed(TOLD)
    assert told.splitlines()[4].split() == [
        "Ana",
        "1.33",
        "1.00",
        "25.0",
        "20.0",
        "+5.0",
    ]
    assert "12.0  +7.0" in told
    assert "2027-Q2: written without ledgers" in told


def test_the_data_for_programs() -> None:
    data = document(TOLD, "Moons")
    assert [entry["name"] for entry in data["rotations"]] == ["2027-Q1", "2027-Q2"]
    ana = data["members"][0]
    assert (ana["load_hours"], ana["fair_hours"], ana["carried_hours"]) == (25.0, 20.0, 5.0)
    assert ana["share_indices"] == {"2027-Q1": 1.333, "2027-Q2": 1.0}
    assert ana["ledgers"][0] == {
        "ledger": "ci",
        "load_hours": 12.0,
        "fair_hours": 5.0,
        "carried_hours": 7.0,
    }


def test_the_picture_names_everybody_and_is_the_same_each_time() -> None:
    svg = picture(TOLD, "Moons & Co <x>")
    words = {text.text for text in ElementTree.fromstring(svg).iter() if text.text}
    assert {"Ana", "Ben", "gone", "ci", "docs", BURDENSOME, "+7.0", "-2.0"} <= words
    assert "Moons & Co <x>: how the work was shared" in words
    assert picture(TOLD, "Moons & Co <x>") == svg


def test_the_picture_in_pixels_and_without_ledgers() -> None:
    assert picture(TOLD, "Moons", in_pixels=True).startswith(b"\x89PNG")
    plain = picture(sharing([SPRING], ROSTER, {}, {}), "Moons")
    assert b"fair part" not in plain


@pytest.mark.parametrize("width", [40, 80])
def test_an_import_tells_what_it_comes_to(width: int) -> None:
    past = replace(WINTER, placed=(triage(date(2027, 1, 4), "ana"), triage(date(2027, 1, 11))))
    screen = Console(file=StringIO(), width=width, no_color=True)
    screen.print(taken_over([past], ROSTER))
    assert isinstance(screen.file, StringIO)
    told = screen.file.getvalue()
    assert "Ana 1 turn." in told
    assert "35.0" in told
