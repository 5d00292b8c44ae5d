"""Pages, JSON and what machines ask for."""

import gzip
import re

import httpx
import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from scheduler.web import build
from tests.web.serving import Served

JANUARY = "2027-01-04_2027-01-31"


def test_every_link_of_every_page_leads_to_an_answer(served: Served) -> None:
    seen: set[str] = set()
    left = ["/"]
    while left:
        path = left.pop()
        seen.add(path)
        found = served.get(path)
        assert found.status_code == 200, path
        if found.headers["content-type"].startswith("text/html"):
            links = re.findall(r'(?:href|src)="(/[^"#?]*)', found.text)
            left += sorted(set(links) - seen - set(left))
    assert {"/members/ana", "/upstreams/hub", f"/rotations/{JANUARY}/backlog"} <= seen


def test_pages_carry_what_keeps_strangers_out_and_scripts_in_their_place(served: Served) -> None:
    for path in ("/", "/people", "/assets/rota.js", "/api/rotations", "/nothing"):
        headers = served.get(path).headers
        assert "default-src 'self'" in headers["content-security-policy"]
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"


def test_nothing_in_a_page_needs_what_the_policy_forbids(served: Served) -> None:
    for path in ("/", "/people", "/members/ana", "/fairness", "/changes", "/rules"):
        page = served.get(path).text
        assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=|javascript:", page)


def test_a_page_is_packed_for_those_who_take_it_and_has_its_own_tag(served: Served) -> None:
    plain = served.get("/", headers={"accept-encoding": "identity"})
    packed = served.get("/", headers={"accept-encoding": "gzip"})
    assert packed.headers["content-encoding"] == "gzip"
    assert int(packed.headers["content-length"]) < len(plain.content) / 2
    assert packed.content == plain.content  # the client has unpacked it
    assert packed.headers["etag"] != plain.headers["etag"]
    assert "Accept-Encoding" in plain.headers["vary"]
    assert "Accept-Encoding" in packed.headers["vary"]
    again = {"accept-encoding": "gzip", "if-none-match": packed.headers["etag"]}
    assert served.get("/", headers=again).status_code == 304


def test_packing_is_the_same_on_every_replica(served: Served) -> None:
    one, other = (Served(served.folder).live.state.site for _ in range(2))
    assert one is not None
    assert other is not None
    first, second = one.make("/people"), other.make("/people")
    assert first is not None
    assert first.gzip is not None
    assert second is not None
    assert second.gzip is not None
    assert first.gzip.content == second.gzip.content
    assert gzip.decompress(first.gzip.content) == first.plain.content


def test_no_page_and_no_document_shows_a_token_or_a_reason(served: Served) -> None:
    site = served.live.state.site
    assert site is not None
    tokens = set(site.snapshot.feeds)
    paths = ["/", "/people", "/members/ben", "/api/members/ben", "/api/now", "/metrics", "/readyz"]
    for path in paths:
        text = served.get(path).text
        assert "honeymoon" not in text
        assert [token for token in tokens if token in text] == []


@pytest.mark.parametrize(
    "path", ["/index", "/index.html", "/members", "/members/", "/members/nobody", "/people/",
             "/rotations/2020-Q1", "/assets/", "/assets/..%2fview.py", "/api", "/api/", "/%00",
             "/people%0a", "/..%2f..%2fetc/passwd", "/api/members/nobody", "/api/rotations/x",
             "/members/%ED%A0%80"],
)  # fmt: skip
def test_what_is_not_there_is_not_found_and_nothing_redirects(served: Served, path: str) -> None:
    assert served.get(path).status_code == 404


@pytest.mark.parametrize("path", ["/", "/people", "/api/now", "/healthz", "/robots.txt"])
def test_only_reading_is_allowed(served: Served, path: str) -> None:
    assert served.get(path, "POST").status_code == 405
    assert served.get(path, "HEAD").status_code == 200


def test_the_documents_tell_what_is_published(served: Served) -> None:
    listed = served.get("/api/rotations").json()
    assert [rotation["name"] for rotation in listed["rotations"]] == [JANUARY]
    assert served.get(f"/api/rotations/{JANUARY}").json()["status"] == "published"
    ana = served.get("/api/members/ana").json()
    assert [turn["shift"] for turn in ana["turns"]] == ["triage@2027-01-04", "release@2027-01-11"]
    now = served.get("/api/now").json()["on_duty"]
    assert [(turn["duty"], turn["member"]) for turn in now] == [
        ("release", "ana"),
        ("triage", "chi"),
    ]


def test_now_follows_the_clock(served: Served) -> None:
    served.clock.now = served.clock.now.replace(day=25, hour=0)
    now = served.get("/api/now").json()["on_duty"]
    assert [(turn["duty"], turn["member"]) for turn in now] == [("triage", "chi")]


def test_a_guard_stands_before_pages_and_documents_but_not_before_feeds(served: Served) -> None:
    async def nobody(request: Request) -> Response | None:
        return PlainTextResponse("Who are you?", 401)

    async def hello(request: Request) -> Response:
        return PlainTextResponse("hello")

    served.app = build(served.live, guard=nobody, routes=[Route("/sign-in", hello)])
    guarded = ("/", "/people", "/nothing", "/api/now", "/api/rotations", "/api/members/ana")
    assert {served.get(path).status_code for path in guarded} == {401}
    free = ("/sign-in", "/healthz", "/readyz", "/robots.txt", "/assets/rota.css")
    assert {served.get(path).status_code for path in free} == {200}
    assert served.get(served.feed("members/ana.ics")).status_code == 200


def test_metrics_count_routes_and_never_paths(served: Served) -> None:
    served.get(served.feed("members/ana.ics"))
    served.get("/feeds/guess.ics")
    served.get("/no/such/page", "BREW")
    told = served.get("/metrics").text
    assert 'rota_requests_total{method="GET",route="/feeds/{token}.ics",status="200"} 1.0' in told
    assert 'rota_requests_total{method="GET",route="/feeds/{token}.ics",status="404"} 1.0' in told
    assert "rota_roster_current 1.0" in told
    assert "guess" not in told
    assert "such" not in told
    assert "BREW" not in told


def test_what_goes_wrong_is_told_without_its_text(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fails(request: Request) -> Response:
        raise RuntimeError("ana@example.org")

    served.app = build(served.live, routes=[Route("/fails", fails)])
    found: httpx.Response = served.get("/fails")
    assert found.status_code == 500
    assert "ana@" not in found.text
    assert "default-src 'self'" in found.headers["content-security-policy"]


def test_robots_are_sent_away(served: Served) -> None:
    assert served.get("/robots.txt").text == "User-agent: *\nDisallow: /\n"
