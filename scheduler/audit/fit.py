"""Whether one member may hold one seat, whoever else sits where.

Each function returns why not, as words that go on from the member's name, or nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import TypeAlias
from zoneinfo import ZoneInfo

from scheduler.audit.duties import Seat
from scheduler.audit.people import Member
from scheduler.audit.policy import Policy
from scheduler.audit.words import LEVELS, ONE_DAY

Fit: TypeAlias = Callable[[Member, Seat, Policy], str]


def membership(member: Member, seat: Seat, policy: Policy) -> str:
    for day in seat.work_days(member.timezone):
        if member.joined is not None and day < member.joined:
            return f"joins only on {member.joined} and is to work on {day}"
        if member.left is not None and day > member.left:
            return f"leaves after {member.left} and is to work on {day}"
        if member.is_paused_on(day):
            return f"is paused on {day}"
    return ""


def away(member: Member, seat: Seat, policy: Policy) -> str:
    days = seat.work_days(member.timezone)
    missed = [day for day in days if member.is_away_on(day)]
    if 100 * len(missed) <= policy.option("away", "tolerate") * len(days):
        return ""
    return f"is away on {_listed(missed)}, {len(missed)} of {len(days)} working days"


def working_days(member: Member, seat: Seat, policy: Policy) -> str:
    days = seat.work_days(member.timezone)
    if any(day.weekday() in member.weekdays for day in days):
        return ""
    return f"does not work on {_listed(days)}, which is {days[0]:%A}"


def in_hours(hours: tuple[time, time], seat: Seat, timezone: str) -> bool:
    """Whether a timed seat lies within daily hours of a time zone; they may pass midnight."""
    if seat.opens is None or seat.closes is None:
        return True
    zone = ZoneInfo(timezone)
    opens, closes = (m.astimezone(zone).replace(tzinfo=None) for m in (seat.opens, seat.closes))
    for day in (opens.date() - ONE_DAY, opens.date()):
        begin, end = datetime.combine(day, hours[0]), datetime.combine(day, hours[1])
        if end <= begin:
            end += timedelta(days=1)
        if begin <= opens and closes <= end:
            return True
    return False


def local_hours(member: Member, seat: Seat, policy: Policy) -> str:
    if member.hours is None or seat.opens is None or seat.closes is None:
        return ""
    if in_hours(member.hours, seat, member.timezone):
        return ""
    zone = ZoneInfo(member.timezone)
    opens, closes = seat.opens.astimezone(zone), seat.closes.astimezone(zone)
    hours = f"{member.hours[0]:%H:%M} to {member.hours[1]:%H:%M}"
    return f"works {hours}, and there it is {opens:%H:%M} to {closes:%H:%M} on {opens:%Y-%m-%d}"


def skill(member: Member, seat: Seat, policy: Policy) -> str:
    wanted = seat.kind.skill
    if not wanted or member.level(wanted) >= seat.kind.level:
        return ""
    if not seat.is_shadow and LEVELS[seat.kind.level] == "leads" and wanted in member.learnable:
        return ""
    return f"has not reached the level {LEVELS[seat.kind.level]} in {wanted}"


def permission(member: Member, seat: Seat, policy: Policy) -> str:
    wanted = seat.kind.permission
    return "" if not wanted or wanted in member.permissions else f"lacks the permission {wanted}"


def region(member: Member, seat: Seat, policy: Policy) -> str:
    wanted = seat.kind.region
    return "" if not wanted or wanted == member.region else f"is not in the region {wanted}"


def never(member: Member, seat: Seat, policy: Policy) -> str:
    if member.wishes.get(seat.duty.id) != "never":
        return ""
    return f"is never to do {seat.duty.name}"


def shadow_learns(member: Member, seat: Seat, policy: Policy) -> str:
    wanted = seat.kind.skill
    if not seat.is_shadow or not wanted or LEVELS[member.level(wanted)] not in ("leads", "mentors"):
        return ""
    return f"already leads {wanted} and has nothing to learn as a shadow"


ALWAYS: dict[str, Fit] = {
    "skill": skill,
    "permission": permission,
    "region": region,
    "never": never,
    "shadow_learns": shadow_learns,
}
"""What no date changes, by rule."""
ON_A_DAY: dict[str, Fit] = {
    "membership": membership,
    "away": away,
    "working_days": working_days,
    "local_hours": local_hours,
}
"""What depends on the days of the seat, by rule."""


def fits(member: Member, seat: Seat, policy: Policy, rules: dict[str, Fit]) -> bool:
    """Whether no rule in force among these keeps the member from the seat."""
    return not any(
        policy.in_force(rule) and check(member, seat, policy) for rule, check in rules.items()
    )


def _listed(days: list[date]) -> str:
    """Up to three days, and how many more."""
    shown = ", ".join(str(day) for day in days[:3])
    return shown if len(days) <= 3 else f"{shown} and {len(days) - 3} more"
