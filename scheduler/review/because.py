"""Reasons as data, and the sentences that are made from them.

A sentence claims no more than its reason holds, so that a test can work every claim out again.
Nothing here tells why somebody is away.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum

from scheduler.domain.people import Member
from scheduler.domain.rotation import Price
from scheduler.domain.shifts import Seat
from scheduler.domain.span import Week
from scheduler.review.scorecard import above
from scheduler.review.wording import counted, day, joined, names, plural, said_of

SHARE = "the highest share"


class Kind(Enum):
    """What a reason claims."""

    barred = "barred"
    """The roster keeps the members from the seat on every plan; ``name`` is the rule."""
    pinned = "pinned"
    """The first seat is given to the member by hand."""
    clash = "clash"
    """In this plan the member's other turns, ``seats``, stand against it; ``name`` is the rule."""
    price = "price"
    """The price of the tier ``name``: ``before`` in this plan, ``after`` in the best other plan
    found, and ``bound``, below which no other plan can go."""
    moved = "moved"
    """So many other turns (``after``) have another holder in the other plan."""
    limit = "limit"
    """A requirement, ``name``, about what else the members hold."""
    claim = "claim"
    """Another duty needs people too: its filled ``seats`` stay filled."""
    goal = "goal"
    """A tier before this seat's, ``name``, must not cost more than in this plan."""
    open = "open"
    """The member could take the seat and every other filled seat would stay filled."""
    allow = "allow"
    """A repair: the member may hold the seat, against which ``name``, rules, speak today."""
    hours = "hours"
    """A repair: ``after`` minutes more budget, in ``weeks``, for the member."""
    drop = "drop"
    """A repair: the ``seats`` stay empty, which costs ``after`` of value."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One claim. ``proved`` is false where the search ended before it was certain."""

    kind: Kind
    name: str = ""
    members: tuple[Member, ...] = ()
    seats: tuple[Seat, ...] = ()
    phrase: str = ""
    before: Price | None = None
    after: Price | None = None
    bound: Price | None = None
    proved: bool = True
    weeks: tuple[Week, ...] = ()


def told(reasons: Iterable[Reason]) -> Iterator[str]:
    """Sentences; those whom the same fact keeps away are named together."""
    together: dict[tuple[Kind, str, str], list[Reason]] = {}
    for reason in reasons:
        alike = reason.kind in {Kind.barred, Kind.limit, Kind.allow} and reason.members
        key = reason.kind, reason.name, reason.phrase if alike else repr(id(reason))
        together.setdefault(key, []).append(reason)
    for group in together.values():
        people = tuple(member for reason in group for member in reason.members)
        yield sentence(group[0], people)


def sentence(reason: Reason, people: tuple[Member, ...] = ()) -> str:
    """One reason in words, without the full stop; ``people`` stand for its members."""
    people = people or reason.members
    match reason.kind:
        case Kind.barred | Kind.clash | Kind.limit | Kind.pinned | Kind.open if people:
            return said_of(people, reason.phrase)
        case Kind.allow:
            return _allow(reason, people)
        case Kind.price:
            return risen(reason)
        case Kind.moved:
            return _moved(reason)
        case Kind.claim:
            needed = counted(len(reason.seats), "seat")
            return f"{reason.seats[0].duty.name} needs people for its {needed}"
        case Kind.hours:
            return _hours(reason)
        case Kind.drop:
            left = joined([seat_name(seat) for seat in reason.seats])
            return f"leave out {left}, worth {reason.after}"
        case _:
            return reason.phrase


def seat_name(seat: Seat) -> str:
    """A seat as people call it: ``Release, shadow (4 Jan 2027)``."""
    several = len(seat.duty.seats) > 1 or seat.plan.most > 1
    name = f"{seat.duty.name}, {seat.name}" if several else seat.duty.name
    return f"{name} ({day(seat.span.first)})"


def shown(price: Price | None) -> str:
    """A price; of a list, equal entries together: ``1050 1000×2``."""
    if not isinstance(price, tuple):
        return str(price)
    parts = []
    for entry in dict.fromkeys(price):
        times = price.count(entry)
        parts.append(str(entry) if times == 1 else f"{entry}×{times}")
    return " ".join(parts) or "0"


def is_worse(reason: Reason) -> bool:
    """Whether a price is higher afterwards, in the plan found."""
    return above(reason.after, reason.before)


def is_certain(reason: Reason) -> bool:
    """Whether no other plan at all keeps the price of before."""
    return above(reason.bound, reason.before)


def risen(reason: Reason) -> str:
    """What becomes of a price, with no more certainty than was proved."""
    what, before, after = f"the price of {reason.name}", shown(reason.before), shown(reason.after)
    one, other = reason.before, reason.after
    if isinstance(one, tuple) and isinstance(other, tuple) and one[:1] != other[:1]:
        what, before, after = SHARE, _share(one), _share(other)
    if reason.before == reason.after:
        return f"{what} stays {before}" + ("" if reason.proved else " at most")
    if not is_worse(reason):
        return f"{what} falls from {before} to {after}" + ("" if reason.proved else " or less")
    if not is_certain(reason):
        return f"{what} would rise from {before} to at most {after}; that it must was not proved"
    if reason.proved:
        return f"{what} rises from {before} to {after}"
    least = _share(reason.bound) if what == SHARE else shown(reason.bound)
    return f"{what} rises from {before} to at most {after}, and at least {least}"


def _share(price: Price | None) -> str:
    return f"{price[0] / 1000:.2f}" if isinstance(price, tuple) else shown(price)


def _moved(reason: Reason) -> str:
    if reason.after == 0:
        return "no other turn moves"
    number = reason.after if isinstance(reason.after, int) else 0
    verb = "moves" if number == 1 else "move"
    few = "" if reason.proved else " at most"
    return f"{counted(number, 'other turn')}{few} {verb}"


def _allow(reason: Reason, people: tuple[Member, ...]) -> str:
    first, *others = [member.name for member in people]
    anyone = f"{', '.join([first, *others[:-1]])} or {others[-1]}" if others else first
    if reason.name == "away":
        return f"move the time away of {anyone}"
    phrases = reason.phrase.split("; ")
    return f"let {anyone} do it, who {' and '.join(map(plural, phrases) if others else phrases)}"


def _hours(reason: Reason) -> str:
    minutes = reason.after if isinstance(reason.after, int) else 0
    number = f"{minutes / 60:.1f}".removesuffix(".0")
    unit = "hour" if minutes == 60 else "hours"
    weeks = joined([str(week) for _, week in reason.weeks])
    when = f"week {weeks}" if len(reason.weeks) == 1 else f"weeks {weeks}"
    return f"give {names(reason.members)} {number} more {unit} in {when}"
