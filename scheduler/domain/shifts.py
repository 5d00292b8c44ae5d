"""Shifts and seats: a duty laid out over the days of a horizon."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise
from zoneinfo import ZoneInfo

from scheduler.domain.duties import Duty, Role, SeatPlan
from scheduler.domain.people import Hours
from scheduler.domain.span import DAY, Span, Week, spread

ShiftId = str
SeatKey = tuple[ShiftId, str]
"""The id of a shift and the name of a seat in it: the lasting address of a seat."""

_DAY = 24 * 60
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, eq=False, slots=True)
class Shift:
    """One dated span of a duty. ``start`` and ``end`` are UTC instants of a timed duty."""

    id: ShiftId
    duty: Duty
    span: Span
    start: datetime | None = None
    end: datetime | None = None


@dataclass(frozen=True, eq=False, slots=True)
class Seat:
    """One place in a shift, with its own span and effort.

    ``effort`` is in minutes; ``weeks`` is the effort by ISO week. ``opens`` and ``closes`` are
    minutes since 1970 (UTC; whole days run from midnight to midnight), so that any two seats can
    be compared.
    """

    shift: Shift
    plan: SeatPlan
    name: str
    must: bool
    span: Span
    effort: int
    weeks: tuple[tuple[Week, int], ...]
    opens: int
    closes: int
    working_days: tuple[date, ...]
    """Of its span."""

    @property
    def key(self) -> SeatKey:
        return self.shift.id, self.name

    @property
    def duty(self) -> Duty:
        return self.shift.duty

    @property
    def is_shadow(self) -> bool:
        return self.plan.role is Role.shadow

    def overlaps(self, other: Seat) -> bool:
        """Whether both run at the same moment."""
        return self.opens < other.closes and other.opens < self.closes

    def days_at(self, timezone: str) -> tuple[date, ...]:
        """The days on which somebody in a time zone works on the seat: the local day of a timed
        seat's start, else the working days of its span."""
        if self.shift.start is None:
            return self.working_days
        return (self.opens_at(timezone).date(),)

    def opens_at(self, timezone: str) -> datetime:
        """The moment at which the seat opens, on the clock of a time zone."""
        return _on_clock(self.opens, timezone)

    def closes_at(self, timezone: str) -> datetime:
        """The moment at which the seat closes, on the clock of a time zone."""
        return _on_clock(self.closes, timezone)

    def lies_within(self, hours: Hours, timezone: str) -> bool:
        """Whether the seat opens and closes within daily hours, on the clock of a time zone."""
        begins, ends = self.opens_at(timezone), self.closes_at(timezone)
        start = begins.hour * 60 + begins.minute
        stop = ends.hour * 60 + ends.minute + (ends.date() - begins.date()).days * _DAY
        opens = hours.start.hour * 60 + hours.start.minute
        closes = hours.end.hour * 60 + hours.end.minute
        if closes <= opens:
            closes += _DAY
        # Hours past midnight also cover the small hours of the day that follows.
        return any(opens <= start + day and stop + day <= closes for day in (0, _DAY))

    def __repr__(self) -> str:
        return f"{self.shift.id}/{self.name}"


def at_once(seats: Iterable[Seat]) -> Iterator[tuple[int, int, list[Seat]]]:
    """Sweep over time: each stretch (from minute, to minute) with the seats that run all through
    it. Every set of seats that overlap at one moment is among them."""
    seats = list(seats)
    edges = sorted({edge for seat in seats for edge in (seat.opens, seat.closes)})
    opening = sorted(seats, key=lambda seat: seat.opens)
    running: list[Seat] = []
    position = 0
    for begin, end in pairwise(edges):
        running = [seat for seat in running if seat.closes > begin]
        while position < len(opening) and opening[position].opens <= begin:
            running.append(opening[position])
            position += 1
        if running:
            yield begin, end, list(running)


def shifts_of(duty: Duty, horizon: Span) -> Iterator[Shift]:
    """The shifts of a duty that start within a horizon, in order of their first day."""
    for occurrence in duty.cadence.spans(horizon):
        if duty.from_day is not None and occurrence.first < duty.from_day:
            continue
        if duty.until_day is not None and occurrence.first > duty.until_day:
            continue
        yield shift_on(duty, f"{duty.id}@{occurrence.first}", _term(duty, occurrence))


def shift_on(duty: Duty, shift_id: ShiftId, span: Span) -> Shift:
    """A shift of a duty on given days; a timed duty runs at its clock time on the first of them."""
    if duty.clock is None:
        return Shift(shift_id, duty, span)
    start = instant(span, duty.clock.at, duty.clock.timezone)
    return Shift(shift_id, duty, span, start, start + timedelta(minutes=duty.clock.minutes))


def instant(span: Span, at: time, timezone: str) -> datetime:
    """A local time on the first day of a span as a UTC instant.

    A time that the clocks skip is taken as the same time before the change (PEP 495, fold 0).
    """
    return datetime.combine(span.first, at, tzinfo=ZoneInfo(timezone)).astimezone(UTC)


def _term(duty: Duty, occurrence: Span) -> Span:
    if duty.term is not None:
        return Span(occurrence.first, occurrence.first + timedelta(days=duty.term))
    if duty.clock is not None:
        return Span(occurrence.first, occurrence.first + DAY)
    return occurrence


def seats_of(shifts: Iterable[Shift]) -> Iterator[Seat]:
    """Every seat of the shifts, in the order of shifts and of the duty's seat plans."""
    for shift in shifts:
        for plan in shift.duty.seats:
            for number in range(1, plan.most + 1):
                name = plan.name if plan.most == 1 else f"{plan.name}-{number}"
                yield _seat(shift, plan, name, must=plan.must and number <= plan.least)


def _seat(shift: Shift, plan: SeatPlan, name: str, *, must: bool) -> Seat:
    span = shift.span.shifted(plan.offset)
    # Laid out anew: a week later the clocks may have changed.
    own = shift_on(shift.duty, shift.id, span)
    opens, closes = runs(span, own.start, own.end)
    days = span.working_days
    effort = plan.effort_over(len(days))
    weeks = tuple(sorted(spread(effort, span).items()))
    return Seat(shift, plan, name, must, span, effort, weeks, opens, closes, days)


def runs(span: Span, start: datetime | None, end: datetime | None) -> tuple[int, int]:
    """From which minute since 1970 to which something runs: between two instants where it is
    timed, else from midnight to midnight (UTC)."""
    first = start or datetime.combine(span.first, time(), tzinfo=UTC)
    last = end or datetime.combine(span.end, time(), tzinfo=UTC)
    return _minute(first), _minute(last)


@lru_cache(maxsize=65_536)
def _on_clock(minute: int, timezone: str) -> datetime:
    """A minute since 1970 (UTC) in a time zone; every member is asked about every timed seat."""
    return (_EPOCH + timedelta(minutes=minute)).astimezone(ZoneInfo(timezone))


def _minute(moment: datetime) -> int:
    return (moment - _EPOCH) // timedelta(minutes=1)
