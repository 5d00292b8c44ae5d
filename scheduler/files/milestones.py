"""Milestones of upstreams, such as their releases, and duties that go by them."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date, timedelta
from typing import Annotated

from pydantic import BeforeValidator, Field

from scheduler.domain.cadence import Cadence, OnDates
from scheduler.domain.span import DAY, Span
from scheduler.files.words import Day, Entries, Id, Length, Line, Shape, between, standing

Calendar = Mapping[str, Collection[tuple[str, date]]]
"""Names and days of milestones, by upstream."""

_Margin = Annotated[Length, between(0, 366, "write from 0d to a year")]
Name = Annotated[
    Line, BeforeValidator(lambda value: str(value) if isinstance(value, int | float) else value)
]
"""A text that may be a bare number: 2.0 is a fine name for a release."""


class MilestoneShape(Shape):
    """A day on which an upstream plans something that duties go by."""

    name: Name
    date: Day


class ByMilestones(Shape):
    """A cadence by the milestones of upstreams: a shift around each of them."""

    milestones: Id | Annotated[Entries[Name], Field(min_length=1)] = Field(
        description="an upstream, for all of its milestones, or a list of their names"
    )
    before: _Margin = Field(0, description="how long before the day a shift starts")
    after: _Margin = Field(0, description="how long after the day it ends")

    def cadence(self, upstream: str, calendar: Calendar) -> Cadence:
        """The domain's cadence, for a duty of an upstream (of none: "")."""
        spans = {}
        for day in sorted(self._days(upstream, calendar)):
            span = Span(day - timedelta(days=self.before), day + timedelta(days=self.after) + DAY)
            spans[span.first] = span
        return OnDates(tuple(spans.values()))

    def _days(self, upstream: str, calendar: Calendar) -> Iterator[date]:
        if isinstance(self.milestones, str):
            yield from (day for _, day in calendar.get(self.milestones, ()))
            return
        names = {name for _, name in standing(self.milestones)}
        for known, milestones in calendar.items():
            if upstream in ("", known):
                yield from (day for name, day in milestones if name in names)

    def unknown(self, upstream: str, calendar: Calendar) -> Iterator[tuple[int | None, str]]:
        """Each upstream or milestone that there is not, with its place in the list."""
        if isinstance(self.milestones, str):
            if self.milestones not in calendar:
                yield None, self.milestones
            return
        known = set(names_in(upstream, calendar))
        yield from ((index, n) for index, n in standing(self.milestones) if n not in known)


def names_in(upstream: str, calendar: Calendar) -> list[str]:
    """The names of milestones that a duty of an upstream (of none: "") may go by."""
    return [
        name
        for known, milestones in calendar.items()
        if upstream in ("", known)
        for name, _ in milestones
    ]
