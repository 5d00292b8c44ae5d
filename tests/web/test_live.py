"""What is served follows the files, in one step; while they are bad, the last good ones stay."""

import os
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from scheduler.actions import snapshot as reading
from scheduler.actions.snapshot import Snapshot, snapshot
from scheduler.domain.rotation import Rotation
from scheduler.errors import BadFiles
from scheduler.files import read_team, store
from scheduler.files.rotation_file import read_rotation
from scheduler.files.team import Team
from scheduler.web import Live, build
from tests.actions.roster import change, roster
from tests.web.serving import BASE, NOW, SECRET, Clock, Served

ANA = "members/ana.ics"


def broken(served: Served) -> None:
    change(served.folder, "roster.yaml", "budget: 8h, skills: [triage, release]", "budget: octopus")
    assert served.live.refresh()


def test_a_change_shows_on_feeds_and_pages_at_once(served: Served) -> None:
    before = served.get("/people"), served.get(served.feed(ANA))
    change(served.folder, "roster.yaml", "name: Ana Silva", "name: Ana Souza")
    assert served.live.refresh()
    after = served.get("/people"), served.get(served.feed(ANA))
    for old, new in zip(before, after, strict=True):
        assert "Ana Souza" in new.text
        assert old.headers["etag"] != new.headers["etag"]


def test_without_a_change_nothing_is_read(served: Served) -> None:
    site = served.live.state.site
    assert not served.live.refresh()
    assert served.live.state.site is site
    assert served.live.reloads == 1


def test_what_is_the_same_keeps_its_tag(served: Served) -> None:
    before = served.get(served.feed(ANA)).headers["etag"]
    change(served.folder, "roster.yaml", "budget: 4h", "budget: 5h")
    assert served.live.refresh()
    assert served.get(served.feed(ANA)).headers["etag"] == before


def test_a_broken_roster_keeps_the_last_good_one_and_says_so_everywhere(served: Served) -> None:
    feed = served.get(served.feed(ANA))
    broken(served)
    assert served.get(served.feed(ANA)).content == feed.content
    ready = served.get("/readyz")
    assert ready.status_code == 200
    assert ready.json()["roster"] == "last good"
    assert ready.json()["mistakes"] == ["roster.yaml, line 4"]
    for path in ("/", "/people", "/members/ana"):
        page = served.get(path)
        assert "The newest files hold mistakes (roster.yaml, line 4)" in page.text
        assert "octopus" not in page.text


def test_once_mended_the_notice_goes(served: Served) -> None:
    broken(served)
    since = served.live.state.since
    served.clock.now += timedelta(hours=1)
    change(served.folder, "roster.yaml", "budget: octopus", "budget: nine")
    served.live.refresh()
    assert served.live.state.since == since
    change(served.folder, "roster.yaml", "budget: nine", "budget: 8h, skills: [triage, release]")
    served.live.refresh()
    assert served.get("/readyz").json() == {"status": "ready", "roster": "current"}
    assert "hold mistakes" not in served.get("/").text


def test_a_folder_that_vanishes_leaves_what_was(served: Served) -> None:
    path = served.feed(ANA)
    served.folder.rename(served.folder.with_name("gone"))
    assert served.live.refresh()
    assert served.get(path).status_code == 200
    served.folder.with_name("gone").rename(served.folder)
    assert served.live.refresh()
    assert served.get("/readyz").json()["roster"] == "current"


def test_a_broken_file_is_read_once_not_at_every_look(served: Served) -> None:
    broken(served)
    state = served.live.state
    assert not served.live.refresh()
    assert served.live.state is state


def test_a_new_day_is_counted_from_its_midnight_where_the_team_is(served: Served) -> None:
    served.clock.now = datetime.fromisoformat("2027-01-13T23:59:59+00:00")
    assert not served.live.refresh()
    served.clock.now += timedelta(seconds=1)
    assert served.live.refresh()
    assert "On duty on 14 Jan 2027" in served.get("/").text


def test_while_git_changes_files_nothing_is_read(served: Served) -> None:
    lock = served.folder / ".git" / "index.lock"
    lock.parent.mkdir()
    lock.touch()
    moment = NOW.timestamp()
    os.utime(lock, (moment, moment))
    change(served.folder, "roster.yaml", "name: Ana Silva", "name: Ana Souza")
    assert not served.live.refresh()
    lock.unlink()
    assert served.live.refresh()


def test_a_lock_that_git_left_behind_counts_no_more(served: Served) -> None:
    lock = served.folder / ".git" / "index.lock"
    lock.parent.mkdir()
    lock.touch()
    os.utime(lock, (NOW.timestamp() - 60,) * 2)
    change(served.folder, "roster.yaml", "name: Ana Silva", "name: Ana Souza")
    assert served.live.refresh()


def interrupted(served: Served, monkeypatch: pytest.MonkeyPatch, by: Callable[[], None]) -> None:
    """Let something happen between two files that are read."""
    left = [by]

    def read(folder: Path) -> Team:
        found = read_team(folder)
        if left:
            left.pop()()
        return found

    monkeypatch.setattr(reading, "read_team", read)


def test_a_change_in_the_midst_of_reading_is_read_again(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    def meanwhile() -> None:
        change(served.folder, "roster.yaml", "name: Ana Silva", "name: Ana Souza")

    interrupted(served, monkeypatch, meanwhile)
    taken = snapshot(served.folder, NOW, SECRET, BASE)
    assert taken.team.members[0].name == "Ana Souza"


def test_what_has_not_changed_is_not_read_again_and_what_has_is(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    rotation = next(served.folder.joinpath("rotations").glob("*.yaml"))
    draft = rotation.with_name("2027-02-01_2027-02-07.yaml")
    first = snapshot(served.folder, NOW, SECRET, BASE)
    read: list[str] = []

    def team_read(folder: Path) -> Team:
        read.append("team")
        return read_team(folder)

    def rotation_read(path: Path) -> Rotation:
        read.append(path.stem)
        return read_rotation(path)

    monkeypatch.setattr(reading, "read_team", team_read)
    monkeypatch.setattr(store, "read_rotation", rotation_read)

    def again(last: Snapshot) -> Snapshot:
        """What a server has after a change, which is what a new one would have."""
        found = snapshot(served.folder, NOW, SECRET, BASE, last)
        told = tuple(read)
        whole = snapshot(served.folder, NOW, SECRET, BASE)
        assert [m.name for m in found.team.members] == [m.name for m in whole.team.members]
        assert (found.rotations, found.feeds) == (whole.rotations, whole.feeds)
        read[:] = told
        return found

    assert again(first).feeds == first.feeds
    assert read == []
    change(rotation, "", "member: chi", "member: ana")
    second = again(first)
    assert read == [rotation.stem]
    assert second.rotations != first.rotations
    change(served.folder, "roster.yaml", "name: Ana Silva", "name: Ana Souza")
    third = again(second)
    assert read == [rotation.stem, "team"]
    text = rotation.read_text(encoding="utf-8").replace(rotation.stem, draft.stem)
    kept = [line for line in text.splitlines() if not line.startswith("published:")]
    draft.write_text("\n".join(kept), encoding="utf-8")
    fourth = again(third)
    assert read == [rotation.stem, "team", draft.stem]
    draft.unlink()
    again(fourth)
    assert read == [rotation.stem, "team", draft.stem]


def test_files_that_never_rest_are_a_mistake(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    def restless(folder: Path) -> Team:
        path = folder / "roster.yaml"
        path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
        return read_team(folder)

    monkeypatch.setattr(reading, "read_team", restless)
    with pytest.raises(BadFiles, match="change all the time"):
        snapshot(served.folder, NOW, SECRET, BASE)


def test_drafts_are_shown_nowhere(served: Served) -> None:
    path = next(served.folder.joinpath("rotations").glob("*.yaml"))
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    draft = [line for line in lines if not line.startswith("published:")]
    assert len(draft) == len(lines) - 1
    path.write_text("".join(draft), encoding="utf-8")
    feed = served.feed(ANA)
    shown = served.get(feed).text
    assert "SUMMARY:Issue triage" in shown
    assert served.live.refresh()
    assert not served.live.state.broken
    assert "Nothing is published yet" in served.get("/").text
    assert served.get("/people").status_code == 404
    assert served.get("/api/rotations").json()["rotations"] == []
    waiting = served.get(feed)
    assert waiting.status_code == 200
    assert "SUMMARY:Nothing published yet" in waiting.text
    assert "triage" not in waiting.text
    assert served.get(feed, headers={"if-none-match": waiting.headers["etag"]}).status_code == 304


def test_a_roster_with_mistakes_is_not_begun_with(tmp_path: Path) -> None:
    folder = roster(tmp_path / "team")
    change(folder, "roster.yaml", "budget: 4h", "budget: four")
    with pytest.raises(BadFiles):
        Live(folder, SECRET, BASE, Clock()).start()


def test_before_the_first_reading_and_when_nobody_looks_it_is_not_ready(served: Served) -> None:
    fresh = Served(served.folder)
    fresh.live = Live(served.folder, SECRET, BASE, fresh.clock)
    fresh.app = build(fresh.live)
    assert fresh.get("/readyz").status_code == 503
    assert fresh.get("/").status_code == 503
    assert fresh.get("/api/now").status_code == 503
    assert served.get("/readyz").status_code == 200
    served.clock.now += timedelta(minutes=1)
    assert served.get("/readyz").status_code == 503
    assert served.get("/healthz").status_code == 200
