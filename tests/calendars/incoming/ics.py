"""Small calendars, for tests."""

from datetime import date

from scheduler.domain.span import Span

WINDOW = Span(date(2027, 1, 1), date(2028, 4, 1))


def ics(*events: str, head: str = "") -> bytes:
    """A calendar of events, each given as its lines with ``|`` between them."""
    parts = [f"BEGIN:VEVENT|{event}|END:VEVENT" for event in events]
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Somebody//EN", head, *parts]
    text = "|".join([line for line in lines if line] + ["END:VCALENDAR", ""])
    return text.replace("|", "\r\n").encode()


def day(number: int, *lines: str, month: int = 2) -> str:
    """An event of a whole day in 2027."""
    start = f"DTSTART;VALUE=DATE:2027{month:02}{number:02}"
    return "|".join([f"UID:{month}-{number}", start, *lines])
