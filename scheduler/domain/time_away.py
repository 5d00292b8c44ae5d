"""Time away that stands in calendars: which calendars, what counts in them, and what was read."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import astuple, dataclass
from datetime import date, datetime
from hashlib import sha256
from urllib.parse import urlsplit

from scheduler.domain.people import Hours
from scheduler.domain.span import DAY, Span

_FROM_ENVIRONMENT = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")


@dataclass(frozen=True, slots=True)
class Counts:
    """Which events of a calendar count as time away: those of which all holds that is stated.

    ``categories`` asks for one of them, ``title`` is a regular expression, the three switches ask
    for events that block time, that say "out of office", that last whole days; ``at_least`` is in
    minutes.
    """

    categories: tuple[str, ...] = ()
    title: str = ""
    busy: bool = False
    out_of_office: bool = False
    all_day: bool = False
    at_least: int = 0


@dataclass(frozen=True, slots=True)
class CalendarSource:
    """A calendar that tells when a member is away.

    ``address`` is a file, a web address, or ``${NAME}`` for an address that stands in the
    environment. Events without a zone are read on the member's own clock, and a timed event is
    held against the member's ``hours``.
    """

    member: str
    address: str
    timezone: str = "UTC"
    hours: Hours | None = None
    counts: Counts = Counts()
    insecure: bool = False
    """``http`` is allowed."""
    private: bool = False
    """Addresses of private networks and of this machine are allowed."""

    @property
    def variable(self) -> str:
        """The variable of the environment that holds the address, or ""."""
        found = _FROM_ENVIRONMENT.fullmatch(self.address)
        return found[1] if found else ""

    @property
    def is_file(self) -> bool:
        """Whether the address is the path of a file."""
        return not self.variable and "://" not in self.address

    @property
    def name(self) -> str:
        """How the source is shown: of a web address, which may be secret, only the host and a few
        digits that tell it from others there."""
        return self.address if self.variable or self.is_file else masked(self.address)

    @property
    def asked(self) -> str:
        """Changes with the address, with what counts, and with the member's clock and hours."""
        asked = repr((self.address, self.timezone, self.hours, astuple(self.counts)))
        return sha256(asked.encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class Reading:
    """The days away that one source told, and when it did. ``tried`` is the moment of the last
    attempt where that failed: what was read before is kept then."""

    member: str
    source: str
    asked: str
    read: datetime
    away: tuple[Span, ...]
    tried: datetime | None = None


def masked(address: str) -> str:
    """A web address without what may be secret in it: ``calendar.example.org/…-3f9a``."""
    host = urlsplit(address).hostname or "calendar"
    return f"{host}/…-{sha256(address.encode()).hexdigest()[:4]}"


def spans_of(days: Iterable[date]) -> tuple[Span, ...]:
    """The fewest spans that hold these days and no others, in order."""
    spans: list[Span] = []
    for day in sorted(set(days)):
        if spans and spans[-1].end == day:
            spans[-1] = Span(spans[-1].first, day + DAY)
        else:
            spans.append(Span(day, day + DAY))
    return tuple(spans)
