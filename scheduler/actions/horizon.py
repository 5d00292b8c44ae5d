"""Which days are meant: a quarter, or any first and last day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from scheduler.domain.rotation import Rotation, quarter
from scheduler.domain.span import DAY, Span
from scheduler.errors import BadRequest, Refused

LONGEST = 366
"""Days in the longest horizon that can be planned at once."""


def horizon(name: str | None, first: date | None, last: date | None) -> tuple[str, Span]:
    """The name of a rotation and its days, from a quarter or from its first and last day.

    Raises:
        BadRequest: both or neither are given, or they make no sense.
    """
    if name is not None:
        if first is not None or last is not None:
            raise BadRequest("Say either --quarter, or --from and --to, not both.")
        return name, named(name)
    if first is None or last is None:
        raise BadRequest("Say which days to plan: --quarter 2027-Q1, or --from and --to.")
    if last < first:
        raise BadRequest(f"--to {last} lies before --from {first}.")
    if (last - first).days >= LONGEST:
        raise BadRequest(f"{first} to {last} is more than a year: plan a shorter time.")
    return f"{first}_{last}", Span(first, last + DAY)


def named(name: str) -> Span:
    """The days that the name of a rotation stands for.

    Raises:
        BadRequest: it is neither a quarter nor two dates.
    """
    first, joined, last = name.partition("_")
    try:
        if joined:
            return Span(date.fromisoformat(first), date.fromisoformat(last) + DAY)
        return quarter(name)
    except ValueError:
        raise BadRequest(
            f'"{name}" is not a quarter such as 2027-Q1, nor two days such as '
            "2027-01-04_2027-02-28."
        ) from None


def quarter_on(day: date) -> str:
    """The name of the quarter that a day lies in."""
    return f"{day.year}-Q{(day.month + 2) // 3}"


def quarter_after(day: date) -> str:
    """The name of the first quarter that begins after a day."""
    return quarter_on(quarter(quarter_on(day)).end)


def next_to_plan(rotations: Sequence[Rotation], today: date) -> tuple[str, Span]:
    """The first quarter, from today's on, of which no published rotation has a day."""
    name = quarter_on(today)
    taken = [rotation.horizon for rotation in rotations if rotation.is_published]
    while any(quarter(name).overlaps(horizon) for horizon in taken):
        name = quarter_after(quarter(name).first)
    return name, quarter(name)


def running(rotations: Sequence[Rotation], today: date) -> Rotation:
    """The rotation that a person means who names none: the one that runs today, else the newest.

    Raises:
        Refused: there is none.
    """
    if not rotations:
        raise Refused(
            "Nothing is planned yet: run `rota plan` with --quarter and --write, then "
            "`rota publish`."
        )
    for rotation in rotations:
        if today in rotation.horizon:
            return rotation
    return max(rotations, key=lambda rotation: rotation.horizon)


def chosen(rotations: Sequence[Rotation], name: str | None, today: date) -> Rotation:
    """The rotation of a name, or without one the rotation that runs today, else the newest.

    Raises:
        BadRequest: there is none of that name.
        Refused: nothing is planned at all.
    """
    if name is None:
        return running(rotations, today)
    for rotation in rotations:
        if rotation.name == name:
            return rotation
    named(name)
    names = ", ".join(rotation.name for rotation in rotations)
    there_are = f"There are: {names}." if names else "Nothing is planned yet."
    raise BadRequest(f"There is no rotation {name}. {there_are}")
