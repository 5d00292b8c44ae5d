"""The index page: links that subscribe, no text that gets out of its place, nothing loaded."""

import re
from html.parser import HTMLParser
from urllib.parse import parse_qs, urlsplit

import pytest

from scheduler.calendars import feeds, index, is_our_index, subscription, titles
from tests.calendars.making import directory, rotation, turn

ROTATION = rotation(turn("2027-01-04", "ana", "2027-01-10"))
PEOPLE = directory().members
BASE = "https://example.org/calendars"


class Page(HTMLParser):
    """The links of a page, its tags and its text."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.links: list[str] = []
        self.tags: list[str] = []
        self.text = ""
        self.feed(page.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value or "" for name, value in attrs if name in {"href", "src"}]

    def handle_data(self, data: str) -> None:
        self.text += data


def page(base_url: str = "", **changes: object) -> Page:
    world = directory(**changes)
    return Page(index(titles([ROTATION], world), world.team, base_url))


def test_a_feed_that_is_served_has_a_link_for_each_client() -> None:
    links = page(BASE).links
    for path in feeds([ROTATION], directory()):
        assert path in links
        assert f"webcal://example.org/calendars/{path}" in links
    assert len(links) == len(set(links)) == 5 * len(feeds([ROTATION], directory()))


def test_the_links_name_the_feed_as_each_client_wants_it() -> None:
    links = subscription(f"{BASE}/members/ana.ics", "2i2c: Ana & Söhne")
    google, outlook, office = map(urlsplit, (links.google, links.outlook, links.office))
    assert google.hostname == "calendar.google.com"
    assert parse_qs(google.query) == {"cid": ["webcal://example.org/calendars/members/ana.ics"]}
    named = {"url": [f"{BASE}/members/ana.ics"], "name": ["2i2c: Ana & Söhne"]}
    assert parse_qs(outlook.query) == parse_qs(office.query) == named
    assert (outlook.hostname, office.hostname) == ("outlook.live.com", "outlook.office.com")
    assert "+" not in outlook.query  # Outlook shows it as a plus


def test_without_an_address_the_page_says_how_to_import_a_file() -> None:
    found = page()
    assert sorted(found.links) == sorted(feeds([ROTATION], directory()))
    assert "import" in found.text
    assert "import" not in page(BASE).text.casefold()


def test_the_page_says_how_late_each_client_is() -> None:
    told = " ".join(page(BASE).text.split())
    for sentence in ("within a day", "about three hours", "Late changes travel by Slack"):
        assert sentence in told


@pytest.mark.parametrize(
    "evil", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 7 * 7 }}", "a\nb"]
)
def test_no_text_of_a_roster_becomes_a_tag(evil: str) -> None:
    named = page(
        BASE, team=evil, members=dict.fromkeys(PEOPLE, evil), upstreams={"jupyterhub": evil}
    )
    assert named.tags == page(BASE).tags
    assert " ".join(evil.split()) in named.text


def test_nothing_is_loaded_from_anywhere() -> None:
    text = index(titles([ROTATION], directory()), "2i2c", BASE).decode()
    assert not re.search(r"\bsrc=|url\(|@import|<script|<link|<img", text)
    assert "default-src 'none'" in text


def test_a_page_knows_itself() -> None:
    assert is_our_index(index({}, "2i2c"))
    assert not is_our_index(b"<h1>Calendars</h1>")


def test_the_same_feeds_give_the_same_page() -> None:
    found = titles([ROTATION], directory())
    backwards = dict(reversed(found.items()))
    assert index(found, "2i2c", BASE) == index(backwards, "2i2c", f"{BASE}/")
