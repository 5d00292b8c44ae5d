"""Feeds as calendars expect them, and secret addresses that open one feed each."""

from datetime import timedelta
from pathlib import Path

import pytest

from scheduler.actions.feed_address import feed_address, feed_addresses, feed_tokens
from scheduler.errors import BadRequest
from scheduler.files import read_team
from tests.actions.roster import change
from tests.web.serving import BASE, NOW, SECRET, Served

ANA, BEN = "members/ana.ics", "members/ben.ics"


def test_every_feed_has_its_address_and_shows_its_own(served: Served) -> None:
    team = read_team(served.folder)
    tokens = feed_tokens(team, SECRET)
    assert set(tokens) == {
        ANA, BEN, "members/chi.ics", "duties/triage.ics", "duties/release.ics",
        "upstreams/hub.ics", "team.ics",
    }  # fmt: skip
    assert len(set(tokens.values())) == len(tokens)
    ana = served.get(served.feed(ANA))
    assert (ana.status_code, ana.headers["content-type"]) == (200, "text/calendar; charset=utf-8")
    assert "Release (lead): Ana Silva" in ana.text
    assert "Release" not in served.get(served.feed(BEN)).text


def test_a_feed_says_how_it_may_be_kept_and_where_it_is(served: Served) -> None:
    path = served.feed(ANA)
    found = served.get(path)
    assert found.headers["cache-control"] == "private, no-cache"
    assert found.headers["x-robots-tag"] == "noindex"
    assert found.headers["x-content-type-options"] == "nosniff"
    assert not found.headers["etag"].startswith("W/")
    assert f"{BASE}{path}" in found.text.replace("\r\n ", "")


def test_whoever_has_it_is_told_so_in_every_way_to_ask(served: Served) -> None:
    path = served.feed(ANA)
    tag = served.get(path).headers["etag"]
    for asked in (tag, "*", f'"other", {tag}', f"W/{tag}"):
        found = served.get(path, headers={"if-none-match": asked})
        assert (found.status_code, found.content, found.headers["etag"]) == (304, b"", tag)
    assert served.get(path, headers={"if-none-match": '"other"'}).status_code == 200


def test_the_instant_of_the_change_also_tells(served: Served) -> None:
    path = served.feed(ANA)
    modified = served.get(path).headers["last-modified"]
    assert served.get(path, headers={"if-modified-since": modified}).status_code == 304
    # A tag is more exact, so that it alone counts where both are asked.
    both = {"if-modified-since": modified, "if-none-match": '"old"'}
    assert served.get(path, headers=both).status_code == 200


def test_within_the_second_of_a_change_no_instant_is_told(served: Served) -> None:
    site = served.live.state.site
    assert site is not None
    modified = site.snapshot.modified
    served.clock.now = modified + timedelta(seconds=1)
    assert "last-modified" not in served.get(served.feed(ANA)).headers
    served.clock.now = modified + timedelta(seconds=2)
    assert "last-modified" in served.get(served.feed(ANA)).headers


def test_head_tells_all_but_the_bytes(served: Served) -> None:
    path = served.feed(ANA)
    whole, head = served.get(path), served.get(path, "HEAD")
    assert head.content == b""
    assert head.headers == whole.headers


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "BREW"])
def test_no_other_method_is_taken_whether_or_not_the_feed_exists(
    served: Served, method: str
) -> None:
    there, nowhere = served.get(served.feed(ANA), method), served.get("/feeds/x.ics", method)
    assert (there.status_code, there.headers["allow"]) == (405, "GET, HEAD")
    assert (there.content, there.headers) == (nowhere.content, nowhere.headers)


def test_what_opens_nothing_looks_the_same_everywhere(served: Served) -> None:
    token = served.token(ANA)
    near = [
        f"/feeds/{token[:-1]}.ics",
        f"/feeds/{token[:-1]}{'A' if token[-1] != 'A' else 'B'}.ics",
        f"/feeds/{token.swapcase()}.ics",
        f"/feeds/{token}",
        f"/feeds/{token}.ics.ics",
        f"/feeds/{token}.ics/",
        f"/feeds/{token}%00.ics",
        f"/feeds/x/%2e%2e/{token}.ics",
        f"/feeds//{token}.ics",
        "/feeds/members/ana.ics",
        "/feeds/ana.ics",
        "/feeds/.ics",
        "/feeds/%ED%A0%80.ics",
        "/feeds/" + "a" * 60_000 + ".ics",
    ]
    found = [served.get(path) for path in near]
    assert {answer.status_code for answer in found} == {404}
    assert len({answer.content for answer in found}) == 1
    assert served.get(f"/FEEDS/{token}.ics").status_code == 404
    assert len({tuple(answer.headers.items()) for answer in found}) == 1


def test_raising_the_generation_revokes_one_address_and_no_other(served: Served) -> None:
    ana, ben = served.feed(ANA), served.feed(BEN)
    change(served.folder, "roster.yaml", "{id: ana,", "{id: ana, feed_generation: 1,")
    assert served.live.refresh()
    assert served.get(ana).status_code == 404
    assert served.get(ben).status_code == 200
    assert served.get(served.feed(ANA)).status_code == 200


def test_raising_the_teams_generation_revokes_all(served: Served) -> None:
    old = feed_tokens(read_team(served.folder), SECRET)
    change(served.folder, "roster.yaml", "team: Moons", "team: Moons\nfeed_generation: 1")
    new = feed_tokens(read_team(served.folder), SECRET)
    assert set(old.values()).isdisjoint(new.values())


@pytest.mark.parametrize("line", ["team: Moons", "  - id: ben"])
def test_revoking_an_address_asks_for_no_new_plan(served: Served, line: str) -> None:
    before = read_team(served.folder).inputs
    indent = " " * (len(line) - len(line.lstrip(" -")))
    change(served.folder, "roster.yaml", line, f"{line}\n{indent}feed_generation: 1")
    assert read_team(served.folder).inputs == before


def test_who_left_the_roster_has_no_address(served: Served) -> None:
    ben = served.feed(BEN)
    text = served.folder.joinpath("roster.yaml").read_text(encoding="utf-8")
    begin, end = text.index("  - id: ben"), text.index("  - {id: chi")
    served.folder.joinpath("roster.yaml").write_text(text[:begin] + text[end:], encoding="utf-8")
    assert served.live.refresh()
    assert served.get(ben).status_code == 404


def test_another_installation_or_secret_makes_other_tokens(served: Served) -> None:
    team = read_team(served.folder)
    mine = set(feed_tokens(team, SECRET).values())
    assert mine.isdisjoint(feed_tokens(team, SECRET[::-1]).values())
    change(served.folder, "roster.yaml", "0b8f3e7c", "1b8f3e7c")
    assert mine.isdisjoint(feed_tokens(read_team(served.folder), SECRET).values())


def test_the_addresses_that_are_handed_out_are_those_that_open(served: Served) -> None:
    team = read_team(served.folder)
    told = {(f.kind, f.id): f.address for f in feed_addresses(served.folder, SECRET, f"{BASE}/")}
    assert told["members", "ana"] == f"{BASE}{served.feed(ANA)}"
    assert told["team", ""] == f"{BASE}{served.feed('team.ics')}"
    assert feed_address(team, team.members[0], SECRET, BASE) == told["members", "ana"]
    with pytest.raises(BadRequest, match="no web address"):
        feed_addresses(served.folder, SECRET, "example")


def test_two_servers_answer_alike(served: Served, tmp_path: Path) -> None:
    other = Served(served.folder)
    other.clock.now = NOW + timedelta(hours=5)
    for path in (ANA, "team.ics", "upstreams/hub.ics"):
        one, two = served.get(served.feed(path)), other.get(other.feed(path))
        assert (one.content, one.headers["etag"]) == (two.content, two.headers["etag"])
