"""What a seat weighs: its effort, more on quiet days, and on holidays and at odd hours of whoever
holds it."""

from __future__ import annotations

from datetime import date, time
from functools import cache
from zoneinfo import ZoneInfo

from scheduler.audit.duties import Seat
from scheduler.audit.fit import in_hours
from scheduler.audit.people import Member
from scheduler.audit.policy import Policy

USUAL_HOURS = time(8), time(18)
"""The hours of whoever states none."""


def weight(seat: Seat, policy: Policy, member: Member | None = None) -> int:
    """Minutes that a seat weighs for a member, or before anybody holds it: each working day counts
    with the heaviest of what applies to it."""
    percents = _percents(seat, policy, member)
    return seat.effort * sum(percents) // (100 * len(percents))


def burdensome(seat: Seat, policy: Policy, member: Member) -> int:
    """Minutes of a seat that fall into time that weighs more than other time."""
    percents = _percents(seat, policy, member)
    return seat.effort * sum(percent > 100 for percent in percents) // len(percents)


def _percents(seat: Seat, policy: Policy, member: Member | None) -> list[int]:
    days = seat.days.working
    percents = [_quiet(day, policy) for day in days]
    if member is None:
        return percents
    heavier = [0 for _ in days]
    if policy.holidays > 100:
        heavier = [policy.holidays * _is_holiday(day, seat, member) for day in days]
    if policy.odd_hours > 100 and _is_odd(seat, member):
        heavier = [max(percent, policy.odd_hours) for percent in heavier]
    return [max(pair) for pair in zip(percents, heavier, strict=True)]


def _quiet(day: date, policy: Policy) -> int:
    return max((quiet.weight for quiet in policy.quiet if day in quiet.days), default=100)


def _is_odd(seat: Seat, member: Member) -> bool:
    return not in_hours(member.hours or USUAL_HOURS, seat, member.timezone)


def _is_holiday(day: date, seat: Seat, member: Member) -> bool:
    """A timed seat lies on the day on which it opens where the member is."""
    if seat.opens is not None:
        day = seat.opens.astimezone(ZoneInfo(member.timezone)).date()
    if any(day in extra for extra in member.extra_holidays):
        return True
    return bool(member.calendar) and day in _holidays(member.calendar, day.year)


@cache
def _holidays(calendar: str, year: int) -> frozenset[date]:
    # The library takes a while to load, and most rosters name no calendar.
    from holidays import country_holidays

    country, _, part = calendar.partition("-")
    return frozenset(country_holidays(country, part or None, years=year))
