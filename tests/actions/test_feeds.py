"""Feeds on disk: only what changed is written, and only our own files are removed."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from scheduler.actions.feeds import FeedsWritten, feeds
from scheduler.domain.change import Entry, Kind, Move
from scheduler.domain.rotation import Placed, Rotation, quarter
from scheduler.domain.span import Span
from scheduler.errors import BadRequest, Refused
from scheduler.files import write_rotation

ROSTER = """\
team: Moons
installation: 0b8f3e7c-5b0a-4b43-9f0e-0d9c6a4d1f10
members:
  - {id: ana, name: Ana Silva, budget: 8h, email: ana@example.org, slack: U1, github: anagit,
     away: [{first: 2027-02-01, last: 2027-02-12, reason: honeymoon}]}
  - {id: ben, name: Ben Okafor, budget: 8h}
"""
DUTIES = """\
upstreams:
  - {id: hub, name: Hub}
duties:
  - {id: triage, upstream: hub, kind: triage, why: newcomers are heard, cadence: weekly, effort: 4h}
"""
TURN = Placed(
    shift="triage@2027-01-04",
    seat="lead",
    duty="triage",
    upstream="hub",
    role="lead",
    span=Span(date(2027, 1, 4), date(2027, 1, 11)),
    start=None,
    end=None,
    effort=240,
    must=False,
    member="ana",
    why="Ana has had the fewest turns.",
)
QUARTER = Rotation(
    team="Moons",
    name="2027-Q1",
    horizon=quarter("2027-Q1"),
    placed=(TURN,),
    tiers=(),
    shares=(),
    inputs="sha256:0",
    version="0",
    seed=0,
    published=datetime(2026, 12, 1, 9, tzinfo=UTC),
)
TOLD = datetime(2026, 12, 9, 9, tzinfo=UTC)
ALL = ["duties/triage.ics", "members/ana.ics", "members/ben.ics", "team.ics", "upstreams/hub.ics"]
PAGE = "index.html"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    roster = tmp_path / "moons"
    roster.mkdir()
    roster.joinpath("roster.yaml").write_text(ROSTER, encoding="utf-8")
    roster.joinpath("duties.yaml").write_text(DUTIES, encoding="utf-8")
    write_rotation(roster, QUARTER)
    return roster


def names(result: FeedsWritten, paths: tuple[Path, ...]) -> list[str]:
    return sorted(path.relative_to(result.out).as_posix() for path in paths)


def files(out: Path) -> list[str]:
    return sorted(p.relative_to(out).as_posix() for p in out.rglob("*") if p.is_file())


def test_every_feed_is_written_once(folder: Path, tmp_path: Path) -> None:
    first = feeds(folder, tmp_path / "new" / "out")
    again = feeds(folder, tmp_path / "new" / "out")
    assert names(first, first.written) == ALL
    assert files(first.out) == sorted([*ALL, PAGE])
    assert (again.written, again.removed, again.unchanged) == ((), (), 5)


def test_only_changed_feeds_are_written(folder: Path, tmp_path: Path) -> None:
    feeds(folder, tmp_path / "out")
    other = replace(TURN, shift="triage@2027-03-01", member="ben", why="Ben is next.")
    moved = replace(other, span=Span(date(2027, 3, 1), date(2027, 3, 8)), duty="notes", upstream="")
    write_rotation(folder, replace(QUARTER, placed=(TURN, moved)))
    result = feeds(folder, tmp_path / "out")
    assert names(result, result.written) == ["duties/notes.ics", "members/ben.ics", "team.ics"]
    assert result.unchanged == 3


def test_a_feed_that_nobody_has_any_more_goes_and_foreign_files_stay(
    folder: Path, tmp_path: Path
) -> None:
    out = feeds(folder, tmp_path / "out").out
    ours = out.joinpath("members/ana.ics").read_bytes()
    out.joinpath("members/gone.ics").write_bytes(ours)
    out.joinpath("holidays").mkdir()
    foreign = ["holidays/ana.ics", "members/mine.ics", "members/notes.txt"]
    for name, content in zip(foreign, [ours, b"BEGIN:VCALENDAR\r\n", ours], strict=True):
        out.joinpath(name).write_bytes(content)
    result = feeds(folder, out)
    assert names(result, result.removed) == ["members/gone.ics"]
    assert files(out) == sorted([*ALL, *foreign, PAGE])


def test_nothing_private_of_the_roster_gets_out(folder: Path, tmp_path: Path) -> None:
    out = feeds(folder, tmp_path / "out").out
    text = "".join(out.joinpath(name).read_text(encoding="utf-8") for name in files(out))
    assert "Ana Silva" in text
    for secret in ("ana@example.org", "U1", "anagit", "honeymoon", "20270201"):
        assert secret not in text


def test_a_draft_alone_is_refused_and_writes_nothing(folder: Path, tmp_path: Path) -> None:
    write_rotation(folder, replace(QUARTER, published=None))
    with pytest.raises(Refused, match="Nothing is published yet"):
        feeds(folder, tmp_path / "out")
    assert not tmp_path.joinpath("out").exists()


def test_a_folder_that_cannot_be_written_is_told_in_a_sentence(
    folder: Path, tmp_path: Path
) -> None:
    tmp_path.joinpath("out").write_text("a file", encoding="utf-8")
    with pytest.raises(Refused, match="cannot be written"):
        feeds(folder, tmp_path / "out")


def test_the_page_is_written_when_it_changes_and_not_before(folder: Path, tmp_path: Path) -> None:
    page = feeds(folder, tmp_path / "out").index
    assert page is not None
    text, written = page.read_text(encoding="utf-8"), page.stat().st_ino
    assert "Ana Silva" in text
    feeds(folder, tmp_path / "out")
    assert page.stat().st_ino == written  # a file that is put in place anew is another one
    feeds(folder, tmp_path / "out", "https://example.org/c")
    assert page.read_text(encoding="utf-8") != text


def test_a_page_of_somebody_else_stays(folder: Path, tmp_path: Path) -> None:
    theirs = tmp_path / "out" / PAGE
    theirs.parent.mkdir()
    theirs.write_text("<h1>Ours</h1>", encoding="utf-8")
    assert feeds(folder, theirs.parent).index is None
    assert theirs.read_text(encoding="utf-8") == "<h1>Ours</h1>"


@pytest.mark.parametrize("address", ["calendars", "ftp://example.org", "javascript:alert(1)"])
def test_an_address_that_is_none_is_refused(folder: Path, tmp_path: Path, address: str) -> None:
    with pytest.raises(BadRequest, match="no web address"):
        feeds(folder, tmp_path / "out", address)
    assert not tmp_path.joinpath("out").exists()


def test_alarms_and_tombstones_reach_the_files(folder: Path, tmp_path: Path) -> None:
    lost = Entry(1, Kind.cover, TOLD, "ana", (Move(*TURN.key, "ana", "ben"),))
    covered = replace(TURN, member="ben", revision=1, revised=TOLD)
    write_rotation(folder, replace(QUARTER, placed=(covered,), changes=(lost,)))
    out = feeds(folder, tmp_path / "out", alarms=[timedelta(hours=2)], tombstones=True).out
    assert b"TRIGGER:-PT2H" in out.joinpath("members/ben.ics").read_bytes()
    assert b"STATUS:CANCELLED" in out.joinpath("members/ana.ics").read_bytes()
