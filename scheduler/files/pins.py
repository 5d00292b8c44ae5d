"""The pins of policy.yaml: whether their shift, seat and member exist."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from scheduler.domain.duties import Duty
from scheduler.domain.shifts import SeatKey, Shift, seats_of, shifts_of
from scheduler.domain.span import DAY, Span
from scheduler.errors import Mistake
from scheduler.files.parts import Part
from scheduler.files.policy_shape import PinShape, PolicyShape
from scheduler.files.suggest import did_you_mean, quoted
from scheduler.files.words import standing

Place = tuple[str, int, int]
"""File, line and column."""

_NEAR = timedelta(days=400)


def pins_of(policy: PolicyShape) -> dict[SeatKey, str]:
    """Who is pinned to which seat."""
    return {(pin.shift, pin.seat): pin.member for _, pin in standing(policy.pins)}


def places_of(policy: Part[PolicyShape]) -> dict[SeatKey, Place]:
    """Where each pin stands."""
    if policy.value is None or policy.located is None:
        return {}
    return {
        (pin.shift, pin.seat): (policy.shown, *policy.located.at(("pins", index)))
        for index, pin in standing(policy.value.pins)
    }


def check_pins(
    policy: Part[PolicyShape], duties: Mapping[str, Duty | None], members: Sequence[str]
) -> Iterator[Mistake]:
    """Pins that name what is not there. ``None`` stands for a duty that is itself wrong."""
    if policy.value is None:
        return
    lines: dict[SeatKey, int] = {}
    for index, pin in standing(policy.value.pins):
        yield from _shift(policy, index, pin, duties)
        if pin.member not in members:
            sentence = f"there is no member {quoted(pin.member)}{did_you_mean(pin.member, members)}"
            yield policy.mistake(("pins", index, "member"), sentence)
        key = pin.shift, pin.seat
        if key in lines:
            sentence = f"this seat is pinned in line {lines[key]} already; delete one of the pins"
            yield policy.mistake(("pins", index), sentence)
        lines.setdefault(key, policy.line(("pins", index)))


def _shift(
    policy: Part[PolicyShape], index: int, pin: PinShape, duties: Mapping[str, Duty | None]
) -> Iterator[Mistake]:
    loc = ("pins", index, "shift")
    name, _, day = pin.shift.rpartition("@")
    try:
        first = date.fromisoformat(day)
    except ValueError:
        sentence = f"{quoted(pin.shift)} is no shift; write duty@first day, as hub@2027-01-04"
        yield policy.mistake(loc, sentence)
        return
    if name not in duties:
        yield policy.mistake(loc, f"there is no duty {quoted(name)}{did_you_mean(name, duties)}")
        return
    duty = duties[name]
    if duty is None:
        return
    if not any(shifts_of(duty, Span(first, first + DAY))):
        sentence = f"{name} has no shift that starts on {first}{_nearest(duty, first)}"
        yield policy.mistake(loc, sentence)
    seats = [seat.name for seat in seats_of([Shift(pin.shift, duty, Span(first, first + DAY))])]
    if pin.seat not in seats:
        remedy = did_you_mean(pin.seat, seats) or f"; it has {', '.join(seats)}"
        sentence = f"{name} has no seat {quoted(pin.seat)}{remedy}"
        yield policy.mistake(("pins", index, "seat"), sentence)


def _nearest(duty: Duty, day: date) -> str:
    around = [shift.span.first for shift in shifts_of(duty, Span(day - _NEAR, day + _NEAR))]
    if not around:
        return ""
    nearest = min(around, key=lambda first: (abs(first - day), first))
    return f"; the nearest is {duty.id}@{nearest}"
