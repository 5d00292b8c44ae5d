"""What a message may know of the roster, and nothing else of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from scheduler.domain.duties import Duty
from scheduler.domain.people import Hours
from scheduler.domain.reminding import Chat
from scheduler.domain.span import Span
from scheduler.messages.text import is_slack_id, name

MORNING = time(9)
"""When the day begins for whoever states no working hours."""


@dataclass(frozen=True, slots=True)
class Person:
    """A member as far as messages need them: addresses, reasons and wishes are left out.

    ``off`` are the spans on which they are not there, whatever the reason; ``days`` are the
    weekdays on which they work, Monday = 0; ``holidays`` are the public ones where they live.
    ``slack`` is their id at Slack, or empty.
    """

    id: str
    name: str
    slack: str = ""
    timezone: str = "UTC"
    hours: Hours | None = None
    days: frozenset[int] = frozenset(range(5))
    off: tuple[Span, ...] = ()
    holidays: frozenset[date] = frozenset()

    def works_on(self, day: date) -> bool:
        """Whether a day is a working day on which they are there."""
        if day.weekday() not in self.days or day in self.holidays:
            return False
        return not any(day in span for span in self.off)

    def morning(self, day: date) -> datetime:
        """When their working day begins, on the clock of their own zone."""
        start = self.hours.start if self.hours else MORNING
        return datetime.combine(day, start, tzinfo=ZoneInfo(self.timezone))

    @property
    def mention(self) -> str:
        """How a message names them: so that Slack knows them, else by their escaped name."""
        return f"<@{self.slack}>" if is_slack_id(self.slack) else name(self.name)


@dataclass(frozen=True, slots=True)
class Directory:
    """The people, the duties and what is settled about the chat.

    ``installation`` tells this team's reminders from all others. ``timezone`` is the team's own,
    for hand-over times and overviews. What the roster has since dropped is shown by its id.
    """

    installation: str
    team: str
    timezone: str
    people: Mapping[str, Person]
    duties: Mapping[str, Duty]
    chat: Chat = field(default_factory=Chat)
    leads: tuple[str, ...] = ()

    def person(self, member: str) -> Person:
        """A member by id, also one whom the roster no longer knows."""
        return self.people.get(member) or Person(member, member, timezone=self.timezone)

    def mention(self, member: str) -> str:
        """How a message names a member."""
        return self.person(member).mention

    def plain(self, member: str) -> str:
        """A member's name for headings and buttons, not yet escaped."""
        return self.person(member).name

    def duty(self, duty: str) -> str:
        """The name of a duty within formatted text."""
        return name(self.title(duty))

    def title(self, duty: str) -> str:
        """The name of a duty for headings, not yet escaped."""
        return self.duties[duty].name if duty in self.duties else duty

    def checklist(self, duty: str) -> str:
        """The address of a duty's checklist, or empty."""
        return self.duties[duty].checklist if duty in self.duties else ""

    def channel(self, duty: str) -> str:
        """The channel of a duty with its ``#``, else the team's; empty where there is neither."""
        own = self.duties[duty].channel if duty in self.duties else ""
        found = own or self.chat.channel
        return f"#{found.removeprefix('#')}" if found else ""
