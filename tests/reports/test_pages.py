"""Pages say what is published, lead somewhere, and show nothing private."""

import gzip
import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from html.parser import HTMLParser
from posixpath import dirname, join, normpath
from urllib.parse import unquote

import pytest

from scheduler.domain.change import Entry, Kind, Move
from scheduler.domain.people import Member
from scheduler.domain.rotation import quarter
from scheduler.domain.span import Span
from scheduler.reports.pages import Links, View, pages, paths, render
from scheduler.reports.pages.timeline import absences, timeline
from scheduler.reports.pages.turns import Turns
from scheduler.reports.shared import sharing
from tests.browser.teams import Size, view
from tests.reports.sample import ROSTER, rotation, triage

MONDAY = date(2027, 1, 4)
SMALL = Size(members=12, duties=9, weeks=6)


def sample(**more: object) -> View:
    final = replace(rotation(), published=datetime(2026, 12, 20, 9, tzinfo=UTC))
    known = View(
        team="Sample",
        roster=ROSTER,
        rotations=(final,),
        current=final,
        today=MONDAY + timedelta(days=9),
        sharing=sharing((final,), ROSTER, {}, {}),
        turns=Turns((final,)),
    )
    # Fields of View by name; mypy sees a dict of mixed values.
    return replace(known, **more)  # type: ignore[arg-type]  # any field


def of(seats: tuple[object, ...], **more: object) -> View:
    """The sample with other seats."""
    before = sample()
    # The seats are those of the sample's maker.
    final = replace(before.current, placed=seats)  # type: ignore[arg-type]  # any field
    return sample(rotations=(final,), current=final, turns=Turns((final,)), **more)


class Reader(HTMLParser):
    """What a page links to, its ids, its tags, and what a strict policy would refuse."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.tags: list[str] = []
        self.refused: list[str] = []
        self.open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.tags.append(tag)
        self.links += [found[key] or "" for key in ("href", "src") if key in found]
        self.ids += [found["id"] or ""] if "id" in found else []
        self.refused += [key for key in found if key == "style" or key.startswith("on")]
        if tag == "style" or (tag == "script" and not found.get("src")):
            self.refused.append(tag)


def test_every_link_of_every_page_leads_somewhere() -> None:
    site = pages(view(SMALL))
    read = {name: Reader(str(page)) for name, page in site.items() if name.endswith(".html")}
    lost = []
    for name, page in read.items():
        for link in page.links:
            address, _, anchor = link.partition("#")
            if "://" in address or address.endswith(".ics"):
                continue
            target = normpath(join(dirname(name), unquote(address))) if address else name
            if target not in site or (anchor and anchor not in read[target].ids):
                lost.append((name, link))
    assert lost == []


def test_no_page_has_what_a_strict_policy_refuses() -> None:
    for name, page in pages(view(SMALL)).items():
        if name.endswith(".html"):
            assert Reader(str(page)).refused == [], name


def test_every_page_has_one_heading_one_main_and_ids_of_its_own() -> None:
    for name, page in pages(view(SMALL)).items():
        if name.endswith(".html"):
            found = Reader(str(page))
            assert [found.tags.count(tag) for tag in ("h1", "main", "title")] == [1, 1, 1], name
            assert len(found.ids) == len(set(found.ids)), name
            assert found.tags.count("table") == found.tags.count("caption"), name


def test_nothing_private_is_on_any_page() -> None:
    whole = "".join(str(page) for page in pages(view(SMALL)).values())
    assert "cover" in whole  # the entry is there, but not its note
    for private in ("flu", "@example.org", "U000"):
        assert private not in whole


def test_names_stay_text() -> None:
    roster = replace(ROSTER, members=(Member("ana", '<b>Ana</b> & "co"'), ROSTER.members[1]))
    whole = "".join(str(page) for page in pages(sample(roster=roster)).values())
    assert "<b>Ana" not in whole
    assert "&lt;b&gt;Ana&lt;/b&gt; &amp;" in whole


def test_the_same_view_gives_the_same_bytes() -> None:
    assert pages(view(SMALL)) == pages(view(SMALL))


def test_only_a_day_that_is_named_is_marked() -> None:
    marked, plain = (
        render(sample(marked=marked, today=MONDAY), "index") for marked in (True, False)
    )
    assert 'aria-current="date"' in marked
    assert "On duty on 4 Jan 2027" in marked
    assert 'aria-current="date"' not in plain
    assert "On duty on" not in plain


def test_on_duty_are_those_of_every_rotation_that_runs_over() -> None:
    new_year = date(2026, 12, 28)
    before = replace(
        sample().current,
        name="2026-Q4",
        horizon=quarter("2026-Q4"),
        placed=(triage(new_year, "ben"), triage(new_year, "", "shadow")),
    )
    final = before, sample().current
    found = sample(rotations=final, turns=Turns(final), today=date(2027, 1, 2), marked=True)
    assert on_duty(render(found, "index")) == ["ben"]
    assert on_duty(render(found, "upstreams/hub")) == ["ben"]
    assert on_duty(render(found, "rotations/2027-Q1")) == ["ben"]
    # What a rotation that is over was like is not about today.
    assert on_duty(render(found, "rotations/2026-Q4")) == []


def on_duty(page: str) -> list[str]:
    """The members in the list of those who are on duty."""
    listed = re.search(r'<ul class="now">(.*?)</ul>', page, re.DOTALL)
    return re.findall(r"members/(\w+)", listed[1]) if listed else []


def test_a_server_has_its_pages_at_its_root() -> None:
    found = Reader(render(sample(links=Links("/")), "members/ana")).links
    assert {"/", "/fairness", "/assets/rota.css", "/upstreams"} <= set(found)
    assert not any(link.endswith(".html") for link in found)


@pytest.mark.parametrize("path", ["nobody", "members/eve", "upstreams/x", "rotations/1999-Q1", ""])
def test_a_page_that_there_is_not_is_told_from_a_mistake(path: str) -> None:
    with pytest.raises(LookupError):
        render(sample(), path)


def test_every_path_can_be_rendered_for_every_rotation() -> None:
    found = view(SMALL)
    assert {path.split("/")[1] for path in paths(found) if path.startswith("rotations/")} == {
        rotation.name for rotation in found.rotations
    }


def test_an_empty_seat_stands_out_with_its_reasons() -> None:
    page = render(sample(), "index")
    assert re.search(
        r'class="t nobody must" href="backlog.html#triage@2027-01-11.lead"[^>]*>nobody', page
    )
    assert "Ana is away then" in page
    assert "must be filled" in page
    assert "1</strong> <span>must-fill" in page


def test_an_empty_seat_to_learn_on_is_no_gap() -> None:
    page = render(of((triage(MONDAY, "ana"), triage(MONDAY, "", "shadow"))), "index")
    assert "nobody must" not in page
    assert "Every seat has somebody" in page
    assert set(rows(of((triage(MONDAY, "ana"), triage(MONDAY, "", "shadow"))))) == {
        ("triage", "lead")
    }


# ----------------------------------------------------------------------------------- timeline


def rows(found: View) -> dict[tuple[str, str], list[tuple[int, int, list[str]]]]:
    """Column, width and people of each cell that has somebody, by duty and seat."""
    return {
        (row.id, row.seat): [
            (cell.start, cell.width, [chip.seat.member for chip in cell.chips])
            for cell in row.cells
            if cell.chips
        ]
        for group in timeline(found).groups
        for row in group.rows
    }


def test_every_row_covers_every_week_once() -> None:
    for size in (SMALL, Size(100, 40, 26)):
        found = timeline(view(size))
        for row in [r for group in found.groups for r in group.rows] + list(found.away):
            at = 0
            for cell in row.cells:
                assert cell.start == at
                at += cell.width
            assert at == len(found.weeks)


def test_every_turn_is_in_the_timeline_once() -> None:
    found = view(Size(100, 40, 26))
    told = [
        c.seat.key for g in timeline(found).groups for r in g.rows for x in r.cells for c in x.chips
    ]
    assert sorted(told) == sorted(seat.key for seat in found.current.placed)


def test_terms_that_begin_in_midweek_lie_side_by_side() -> None:
    days = [date(2027, 1, 6) + timedelta(weeks=2 * n) for n in range(3)]
    seats = tuple(
        replace(triage(day, "ana"), span=Span(day, day + timedelta(days=14))) for day in days
    )
    assert [cell[:2] for cell in rows(of(seats))["triage", "lead"]] == [(1, 2), (3, 2), (5, 2)]


def test_turns_of_one_week_share_its_cell_and_say_their_days() -> None:
    days = [date(2027, 1, 4), date(2027, 1, 6)]
    seats = tuple(
        replace(triage(day, who), span=Span(day, day + timedelta(days=2)))
        for day, who in zip(days, ("ana", "ben"), strict=True)
    )
    found = of(seats)
    assert rows(found)["triage", "lead"] == [(1, 1, ["ana", "ben"])]
    assert "6–7 Jan" in render(found, "index")


def test_a_seat_that_passes_on_is_marked_and_listed() -> None:
    seats = tuple(
        triage(MONDAY + timedelta(weeks=n), who) for n, who in enumerate(("ana", "ben", "ben"))
    )
    found = of(seats)
    assert render(found, "index").count('class="t fresh" href') == 1
    handed = render(found, "handovers")
    assert handed.count("hands over to") == 1
    assert "11–17 Jan" in handed


def test_who_learns_hands_nothing_on() -> None:
    found = of((triage(MONDAY, "ana", "shadow"), triage(date(2027, 1, 11), "ben", "shadow")))
    assert "t fresh shadow" not in render(found, "index")
    assert "No seat passes from one person to another." in render(found, "handovers")
    assert "Hands over to" not in render(found, "members/ana")
    assert "Takes over from" not in render(found, "members/ben")


def test_absences_that_adjoin_are_one_and_end_with_the_timeline() -> None:
    away = (Span(date(2027, 1, 11), date(2027, 1, 16)), Span(date(2027, 3, 1), date(2027, 5, 1)))
    member = Member("a", "A", away=away, paused=(Span(date(2027, 1, 16), date(2027, 1, 18)),))
    assert absences(member, Span(date(2027, 1, 1), date(2027, 4, 1))) == [
        Span(date(2027, 1, 11), date(2027, 1, 18)),
        Span(date(2027, 3, 1), date(2027, 4, 1)),
    ]


# ---------------------------------------------------------------------------------- communities


def test_hours_delivered_are_those_that_are_over_and_were_not_missed() -> None:
    seats = tuple(triage(MONDAY + timedelta(weeks=n), "ana") for n in range(3))
    found = of(seats, today=MONDAY + timedelta(weeks=2))
    cells = r"<td class=\"n\">(\d+\.\d)</td>" * 3
    counted = re.search(cells, render(found, "upstreams/hub"))
    assert counted is not None
    assert counted.groups() == ("12.0", "12.0", "8.0")
    at = datetime(2027, 1, 12, tzinfo=UTC)
    missed = Entry(1, Kind.missed, at, "ana", (Move(*seats[0].key, "ana", "ana"),))
    final = replace(found.current, changes=(missed,))
    found = replace(found, rotations=(final,), current=final, turns=Turns((final,)))
    assert "was missed" in render(found, "changes")
    counted = re.search(cells, render(found, "upstreams/hub"))
    assert counted is not None
    assert counted.groups() == ("12.0", "12.0", "4.0")


def test_what_a_community_is_sent_tells_of_nobodys_absence() -> None:
    found = view(SMALL)
    assert 'class="away"' in render(found, "index")
    for path in paths(found):
        if path.startswith("upstreams/"):
            assert 'class="away"' not in render(found, path)


def test_a_community_finds_its_issues() -> None:
    found = view(SMALL)
    assert "https://example.org/issues" in Reader(render(found, "upstreams/up1")).links
    assert "https://example.org/issues" not in render(found, "upstreams/up2")


# ----------------------------------------------------------------------------------------- size


def test_the_first_page_of_a_hundred_by_forty_stays_light() -> None:
    # DESIGN's bound with all that the page needs: it is a bound of bytes, so the test cannot tire.
    site = pages(view(Size(100, 40, 13)))
    first = str(site["index.html"]).encode()
    parts = [first, *(bytes(p) for p in site.values() if isinstance(p, bytes))]
    assert sum(len(gzip.compress(part)) for part in parts) < 100_000
