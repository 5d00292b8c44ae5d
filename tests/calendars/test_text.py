"""Names of every kind come through unharmed and never start a line of their own."""

import pytest

from scheduler.calendars import feeds
from scheduler.calendars.text import Text, line, link, plain
from tests.calendars.making import directory, events, rotation, texts, turn

FIRST = turn("2027-01-04", "ana", "2027-01-10")
NAMES = [
    "Silva, Ana; the 1st",
    r"back\slash \n \N \\ \, end\ ",
    "😀" * 200,
    "👩🏽‍💻 Zoë ﬀ é é",
    "שרה כהן",
    "محمد \u200f(x)",
    "名" * 200,
    'quote " colon : caret ^n ^^',
    "BEGIN:VEVENT",
    "a" * 73 + "\\" * 9 + "," * 80,
]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_reads_back_as_it_is(name: str) -> None:
    found = feeds([rotation(FIRST)], directory(members={"ana": name}))["members/ana.ics"]
    assert texts(events(found), "SUMMARY") == [f"JupyterHub triage (lead): {name}"]


@pytest.mark.parametrize("name", NAMES)
def test_lines_end_in_crlf_and_hold_75_octets_at_most(name: str) -> None:
    for feed in feeds([rotation(FIRST)], directory(members={"ana": name})).values():
        lines = feed.split(b"\r\n")
        assert max(len(octets) for octets in lines) <= 75
        assert lines.pop() == b""
        assert b"\n" not in b"".join(lines)
        feed.decode("utf-8")
        for octets in lines:
            octets.decode("utf-8")


@pytest.mark.parametrize(
    "end", ["\r\n", "\n", "\r", "\v", "\f", "\x85", "\u2028", "\u2029", "\x00"]
)
def test_no_text_starts_a_line(end: str) -> None:
    evil = f"x{end}END:VEVENT{end}BEGIN:VEVENT{end}UID:evil{end}ATTENDEE:mailto:a@b"
    [placed] = [turn("2027-01-04", "ana", why=evil, seat=evil, shift=evil, upstream=evil)]
    world = directory(members={"ana": evil}, team=evil, timezone=evil, upstreams={evil: evil})
    quiet = feeds([rotation(FIRST)], directory(), "https://example.org")["team.ics"]
    loud = feeds([rotation(placed)], world, f"https://example.org/{evil}")["team.ics"]
    assert starts(loud) == starts(quiet)


def starts(feed: bytes) -> list[str]:
    """The names of all properties, as a client that ends lines at any separator sees them."""
    unfolded = feed.decode().replace("\r\n ", "")
    return [text.replace(":", ";").partition(";")[0] for text in unfolded.splitlines()]


def test_icalendar_alone_would_break_a_line_at_a_capital_n() -> None:
    # The reason for a text type of our own; the day this fails it can go.
    assert super(Text, Text(r"\N")).to_ical() == rb"\n"
    assert Text(r"\N").to_ical() == rb"\\N"


@pytest.mark.parametrize(
    ("raw", "clean"),
    [("a\r\nb", "a b"), ("a\tb", "a b"), ("\x1b[31ma\x7f", "[31ma"), ("a\ud800b", "ab")],
)
def test_control_characters_go(raw: str, clean: str) -> None:
    assert line(raw) == clean


def test_a_calendar_name_needs_no_escaping() -> None:
    assert plain("a, b; c\\d\ne") == "a b c d e"


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("https://example.org/a?b=1,2#c", "https://example.org/a?b=1,2#c"),
        ("https://example.org/ü b", "https://example.org/%C3%BC%20b"),
        ("https://example.org/%20", "https://example.org/%20"),
        ("example.org", ""),
        ("javascript:alert(1)", ""),
        ("https://[", ""),
        ("", ""),
    ],
)
def test_a_link_is_a_web_address_or_nothing(address: str, kept: str) -> None:
    assert link(address) == kept
