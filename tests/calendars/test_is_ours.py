"""Only files that we wrote are ever removed."""

import pytest

from scheduler.calendars import feeds, is_ours
from tests.calendars.making import directory, rotation, turn

FEEDS = feeds([rotation(turn("2027-01-04", "ana"))], directory())
FOREIGN = b"BEGIN:VCALENDAR\r\nPRODID:-//x//y//EN\r\nBEGIN:VEVENT\r\n"


def test_every_feed_is_ours() -> None:
    assert all(is_ours(path, content) for path, content in FEEDS.items())


@pytest.mark.parametrize("path", ["holidays/ana.ics", "ana.ics", "members/ana.txt"])
def test_a_feed_elsewhere_is_not(path: str) -> None:
    assert not is_ours(path, FEEDS["members/ana.ics"])


@pytest.mark.parametrize(
    "content", [FOREIGN, FOREIGN + b"PRODID:-//Rota//Rota//EN\r\n", b"", b"\xff\x00"]
)
def test_a_calendar_that_another_program_wrote_is_not(content: bytes) -> None:
    assert not is_ours("members/ana.ics", content)
