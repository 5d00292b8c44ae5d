"""A member's time away as roster.yaml states it: days, or a calendar and what counts in it."""

import re
import warnings
from typing import Annotated, Any, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from scheduler.domain.people import Hours
from scheduler.domain.time_away import CalendarSource, Counts
from scheduler.files.shape import AtKey
from scheduler.files.suggest import quoted
from scheduler.files.words import (
    Day,
    Days,
    Entries,
    Line,
    Shape,
    Switch,
    Work,
    between,
    one_day,
    standing,
)

_LONGEST_PATTERN = 200
_CHOICES = ("categories", "title", "busy", "out_of_office", "all_day", "at_least")


class AwayShape(Days):
    """Days without the member; nobody is told the reason."""

    reason: Line = ""


def _pattern(text: str) -> str:
    if len(text) > _LONGEST_PATTERN:
        raise ValueError(f"this pattern is longer than {_LONGEST_PATTERN} characters; shorten it")
    try:
        with warnings.catch_warnings():
            # Python warns of patterns that it may read otherwise one day; they are right today.
            warnings.simplefilter("ignore")
            re.compile(text)
    except (re.error, OverflowError, RecursionError) as error:
        raise ValueError(f"{quoted(text)} is no regular expression: {error}") from error
    return text


class CountsShape(Shape):
    """Which events count as time away: those of which all holds that is stated here."""

    categories: Entries[Line] = Field([], description="one of these, in any case of letters")
    title: Annotated[str, AfterValidator(_pattern)] = Field(
        "", description="a regular expression that is found in the title", examples=["(?i)leave"]
    )
    busy: Switch = Field(False, description="only events that block time")
    out_of_office: Switch = Field(False, description="only what Outlook calls out of office")
    all_day: Switch = Field(False, description="only events of whole days")
    at_least: Annotated[
        Work, between(0, 366 * 24 * 60, "no leave lasts longer than a year; write such as 4h")
    ] = Field(0, description="only events that last as long")

    @property
    def counts(self) -> Counts:
        """The choice as the domain knows it."""
        return Counts(
            categories=tuple(category for _, category in standing(self.categories)),
            title=self.title,
            busy=self.busy,
            out_of_office=self.out_of_office,
            all_day=self.all_day,
            at_least=self.at_least,
        )


class CalendarShape(CountsShape):
    """A calendar that tells when the member is away."""

    calendar: Line = Field(
        description="a file, an https address, or ${NAME} for an address in the environment",
        examples=["calendars/ana.ics", "${ANA_CALENDAR}"],
    )
    insecure: Switch = Field(False, description="allows http")
    private: Switch = Field(False, description="allows addresses of private networks")

    @model_validator(mode="after")
    def _reachable(self) -> Self:
        wrong = _wrong_address(self.calendar, insecure=self.insecure)
        if wrong:
            raise AtKey(wrong, "calendar")
        return self

    def source(
        self, member: str, timezone: str, hours: Hours | None, default: Counts
    ) -> CalendarSource:
        """The source as the domain knows it; ``default`` counts where nothing is chosen here."""
        chosen = any(choice in self.model_fields_set for choice in _CHOICES)
        return CalendarSource(
            member=member,
            address=self.calendar,
            timezone=timezone,
            hours=hours,
            counts=self.counts if chosen else default,
            insecure=self.insecure,
            private=self.private,
        )


def _wrong_address(address: str, *, insecure: bool) -> str:
    """What is wrong with an address, or ""; the address itself may be secret and is not said."""
    if "://" not in address:
        if address.startswith(("/", "~")) or re.match(r"[A-Za-z]:", address):
            return "name the file by its path from the folder of roster.yaml"
        if "$" in address and not CalendarSource("", address).variable:
            return "write an address of the environment as ${NAME}, and nothing beside it"
        return ""
    if address.partition("://")[0] not in ("https", "http", "webcal"):
        return "only https addresses and files can be read; write one of them"
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname, parts.port
    except ValueError:
        host = None
    if not host:
        return "this is no web address such as https://example.org/ana.ics"
    if parts.scheme == "http" and not insecure:
        return "http shows the calendar to everybody on the way; use https, or add insecure: true"
    return ""


def _days_or_calendar(value: Any) -> Any:
    """Read a bare date as that day, and refuse what is both days and a calendar."""
    if isinstance(value, dict) and "calendar" in value:
        for key in ("first", "last", "reason"):
            if key in value:
                raise AtKey("a calendar tells its own days; make two entries of this", key)
    return one_day(value)


AwayEntry = Annotated[
    CalendarShape | AwayShape,
    BeforeValidator(_days_or_calendar, json_schema_input_type=Day | AwayShape | CalendarShape),
]
