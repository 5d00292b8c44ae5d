"""contributions.yaml: what people did of their own accord, logged and never counted as load."""

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from scheduler.domain.contributions import Contribution
from scheduler.errors import Mistake
from scheduler.files.located import Data
from scheduler.files.parts import Part
from scheduler.files.suggest import did_you_mean, quoted
from scheduler.files.words import Day, Entries, Id, Line, Shape, Work, between, standing

STAND_INS: dict[str, Data] = {"date": "2027-01-04", "hours": "1h", "what": "work"}
"""For required keys that are wrong, so that the rest can be looked at."""


class ContributionShape(Shape):
    """One contribution of a member."""

    member: Id
    date: Day
    hours: Annotated[Work, between(1, 1000 * 60, "write from 1m to 1000h")]
    upstream: Id | None = None
    what: Line


class ContributionsShape(Shape):
    """What people did of their own accord."""

    contributions: Entries[ContributionShape] = Field([])


def contributions_of(shape: ContributionsShape | None) -> tuple[Contribution, ...]:
    """The contributions in order of time."""
    entries = standing(shape.contributions) if shape else []
    found = (
        Contribution(entry.member, entry.date, entry.hours, entry.what, entry.upstream or "")
        for _, entry in entries
    )
    return tuple(sorted(found, key=lambda contribution: (contribution.day, contribution.member)))


def check_contributions(
    part: Part[ContributionsShape], members: list[str], upstreams: list[str]
) -> Iterator[Mistake]:
    """Members and upstreams that there are not."""
    for index, entry in standing(part.value.contributions) if part.value else []:
        for what, name, known in (
            ("member", entry.member, members),
            ("upstream", entry.upstream, upstreams),
        ):
            if name is not None and name not in known:
                file = "roster" if what == "member" else "duties"
                remedy = did_you_mean(name, known) or f"; add it to {file}.yaml or delete it here"
                sentence = f"there is no {what} {quoted(name)}{remedy}"
                yield part.mistake(("contributions", index, what), sentence)
