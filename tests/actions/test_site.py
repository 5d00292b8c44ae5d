"""The site is written whole, only where it changed, and only from what is published."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from scheduler.actions.site import site
from scheduler.errors import BadRequest, Refused
from tests.actions.published import published
from tests.actions.roster import change, roster

NOW = datetime(2027, 1, 13, 9, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = roster(tmp_path / "team")
    published(found, t4="ana", t11="chi", t18="ben", t25="chi", release="ana")
    return found


def test_pages_calendars_and_what_they_need_are_written(folder: Path, tmp_path: Path) -> None:
    done = site(folder, tmp_path / "site", NOW)
    names = {path.relative_to(done.out).as_posix() for path in done.written}
    assert {
        "index.html",
        "members/ana.html",
        "upstreams/hub.html",
        "rotations/2027-01-04_2027-01-31.html",
        "rotations/2027-01-04_2027-01-31/backlog.html",
        "assets/rota.css",
        "feeds/members/ana.ics",
    } <= names
    assert (done.removed, done.unchanged) == ((), 0)
    page = done.out.joinpath("members", "ana.html").read_text(encoding="utf-8")
    assert "../feeds/members/ana.ics" in page
    assert done.out.joinpath("feeds/members/ana.ics").is_file()


def test_a_second_run_writes_nothing(folder: Path, tmp_path: Path) -> None:
    first = site(folder, tmp_path / "site", NOW)
    again = site(folder, tmp_path / "site", NOW)
    assert (again.written, again.removed) == ((), ())
    assert again.unchanged == len(first.written)


def test_the_pages_of_whoever_left_without_a_turn_are_removed_but_nobody_elses(
    folder: Path, tmp_path: Path
) -> None:
    dee = "  - {id: dee, name: Dee, budget: 1h}\n"
    change(folder, "roster.yaml", "  - {id: chi", f"{dee}  - {{id: chi")
    out = tmp_path / "site"
    site(folder, out, NOW)
    out.joinpath("members", "mine.html").write_text("<p>by hand</p>", encoding="utf-8")
    change(folder, "roster.yaml", dee, "")
    done = site(folder, out, NOW)
    gone = {path.relative_to(out).as_posix() for path in done.removed}
    assert gone == {"members/dee.html", "feeds/members/dee.ics"}
    assert out.joinpath("members", "mine.html").is_file()


def test_where_it_is_served_is_what_people_subscribe_to(folder: Path, tmp_path: Path) -> None:
    site(folder, tmp_path / "site", NOW, "https://example.org/rota/")
    page = tmp_path.joinpath("site/members/ana.html").read_text(encoding="utf-8")
    assert "webcal://example.org/rota/feeds/members/ana.ics" in page


def test_no_reason_of_an_absence_is_on_any_page(folder: Path, tmp_path: Path) -> None:
    done = site(folder, tmp_path / "site", NOW)
    whole = "".join(path.read_text(encoding="utf-8") for path in done.written)
    assert "11–17 Jan" in whole
    assert "honeymoon" not in whole


def test_today_is_the_teams_own_day(folder: Path, tmp_path: Path) -> None:
    change(folder, "roster.yaml", "team: Moons", "team: Moons\ntimezone: Pacific/Auckland")
    late = datetime(2027, 1, 10, 12, tzinfo=UTC)  # the eleventh in Auckland: a turn is over
    site(folder, tmp_path / "site", late)
    page = tmp_path.joinpath("site/upstreams/hub.html").read_text(encoding="utf-8")
    assert "over by 11 Jan 2027" in page


def test_a_day_can_be_marked(folder: Path, tmp_path: Path) -> None:
    site(folder, tmp_path / "site", NOW, on=date(2027, 1, 20))
    page = tmp_path.joinpath("site/index.html").read_text(encoding="utf-8")
    assert "On duty on 20 Jan 2027" in page


def test_before_anything_is_published_there_is_no_site(tmp_path: Path) -> None:
    folder = roster(tmp_path / "team")
    with pytest.raises(Refused, match="Nothing is published yet"):
        site(folder, tmp_path / "site", NOW)
    assert not tmp_path.joinpath("site").exists()


def test_an_address_that_is_none_is_refused(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(BadRequest, match="no web address"):
        site(folder, tmp_path / "site", NOW, "example")


def test_a_folder_that_cannot_be_written_is_told(folder: Path, tmp_path: Path) -> None:
    tmp_path.joinpath("site").write_text("a file", encoding="utf-8")
    with pytest.raises(Refused, match="cannot be written"):
        site(folder, tmp_path / "site", NOW)
