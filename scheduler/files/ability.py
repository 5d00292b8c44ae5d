"""Seats that nobody could ever hold: what stands in the way, and of whom."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import islice

from scheduler.domain.cadence import EPOCH, OnDates
from scheduler.domain.duties import Duty, Role, SeatPlan
from scheduler.domain.people import Member
from scheduler.domain.problem import Problem
from scheduler.domain.shifts import Seat, seats_of, shifts_of
from scheduler.domain.span import Span
from scheduler.errors import Mistake, Severity
from scheduler.files.duties_shape import DutiesShape
from scheduler.files.located import Loc
from scheduler.files.parts import Part
from scheduler.files.roster_shape import RosterShape
from scheduler.files.words import standing
from scheduler.rules.book import Policy

_WEEKLY_BUDGET = "weekly_budget"
# A member or duty of which such a key is wrong may turn out to fit.
_MEMBER_KEYS = {
    *("skills", "goals", "permissions", "region", "timezone", "hours", "days", "budget", "wishes")
}
_DUTY_KEYS = {"skill", "cadence", "term", "at", "lasts", "timezone", "effort"}
_DECADE = timedelta(days=3660)
# More than a year of weeks, so that summer and winter time are both among them.
_SAMPLE = 60


def check_ability(
    roster: Part[RosterShape],
    duties: Part[DutiesShape],
    members: Sequence[Member],
    laid_out: Sequence[Duty],
    policy: Policy,
) -> Iterator[Mistake]:
    """Seats that nobody could hold on any day, and duties that never start."""
    if roster.value is None or duties.value is None or not members:
        return
    wild = _may_hold_more(roster)
    problem = Problem(roster.value.team, _horizon(None), _timeless(members), (), ())
    indices = [index for index, _ in standing(duties.value.duties)]
    for index, duty in zip(indices, laid_out, strict=True):
        if duties.salvaged.keys_cut("duties", index) & _DUTY_KEYS:
            continue
        samples = _samples(duty)
        if not any(samples.values()):
            yield _never_starts(duties, index, duty)
        elif not wild:
            yield from _unheld(duties, index, duty, samples, problem, policy)


def _may_hold_more(roster: Part[RosterShape]) -> bool:
    """Whether a mistake hides what somebody can do."""
    members = roster.value.members if roster.value else []
    unzoned = any(member.timezone is None for _, member in standing(members) if member.hours)
    return (roster.salvaged.damaged("timezone") and unzoned) or any(
        len(cut) < 3 or cut[2] in _MEMBER_KEYS
        for cut in roster.salvaged.cuts
        if cut[:1] == ("members",)
    )


def _timeless(members: Sequence[Member]) -> tuple[Member, ...]:
    """People as they are when nobody is away, new or gone."""
    return tuple(replace(member, away=(), paused=(), joined=None, left=None) for member in members)


# -------------------------------------------------------------------------------- seats to look at


def _samples(duty: Duty) -> dict[SeatPlan, list[Seat]]:
    """Some seats of each plan, all over a year."""
    found: dict[SeatPlan, list[Seat]] = {plan: [] for plan in duty.seats}
    for shift in islice(shifts_of(duty, _horizon(duty)), _SAMPLE):
        for seat in seats_of([shift]):
            found[seat.plan].append(seat)
    return found


def _horizon(duty: Duty | None) -> Span:
    if duty is None:
        return Span(EPOCH, EPOCH + _DECADE)
    if isinstance(duty.cadence, OnDates) and duty.cadence.dates:
        firsts = [span.first for span in duty.cadence.dates]
        return Span(min(firsts), max(firsts) + timedelta(days=1))
    first = duty.from_day or EPOCH
    if duty.from_day is None and duty.until_day is not None:
        first = duty.until_day - timedelta(days=366)
    return Span(first, first + _DECADE)


def _never_starts(duties: Part[DutiesShape], index: int, duty: Duty) -> Mistake:
    sentence = (
        f'{duty.name} never starts: its cadence yields no day, or none between "from" and "until"'
    )
    return duties.mistake(("duties", index, "cadence"), sentence, "warning")


# ------------------------------------------------------------------------------------ who may not


def _unheld(
    duties: Part[DutiesShape],
    index: int,
    duty: Duty,
    samples: dict[SeatPlan, list[Seat]],
    problem: Problem,
    policy: Policy,
) -> Iterator[Mistake]:
    working = [plan for plan in duty.seats if plan.role is not Role.shadow]
    lost = [plan for plan in working if not _anybody(problem, policy, samples[plan])]
    for plan in lost:
        place = _place(duties, index, duty, plan)
        if len(place) > 2 and duties.salvaged.damaged(*place):
            continue
        grave = len(lost) == len(working) or (plan.must and plan.least > 0)
        severity: Severity = "error" if grave else "warning"
        seat = samples[plan][0]
        sentence = (
            f"nobody can hold the seat {plan.name} of {duty.name}:"
            f" {_reasons(problem, policy, seat)}; ask for less, or add to what somebody has"
        )
        yield duties.mistake(place, sentence, severity)


def _anybody(problem: Problem, policy: Policy, seats: Sequence[Seat]) -> bool:
    return any(
        _barred(problem, policy, member, seat) is None
        for seat in seats
        for member in problem.members
    )


def _barred(problem: Problem, policy: Policy, member: Member, seat: Seat) -> str | None:
    for rule in policy.fits:
        phrase = rule.barred(problem, member, seat)
        if phrase is not None:
            return phrase
    if all(rule.id() != _WEEKLY_BUDGET for rule in policy.rules):
        return None
    most = max((minutes for _, minutes in seat.weeks), default=0)
    if most <= member.budget:
        return None
    return f"has {_hours(member.budget)} a week, and it takes {_hours(most)} in one week"


def _hours(minutes: int) -> str:
    return f"{minutes / 60:.2f}".rstrip("0").rstrip(".") + " h"


def _reasons(problem: Problem, policy: Policy, seat: Seat) -> str:
    names: dict[str, list[str]] = {}
    for member in problem.members:
        phrase = _barred(problem, policy, member, seat)
        if phrase is not None:
            names.setdefault(phrase, []).append(member.name)
    return "; ".join(f"{who[0]} {phrase}{_others(len(who) - 1)}" for phrase, who in names.items())


def _others(number: int) -> str:
    if not number:
        return ""
    return f" (like {number} {'other' if number == 1 else 'others'})"


def _place(duties: Part[DutiesShape], index: int, duty: Duty, plan: SeatPlan) -> Loc:
    """The seat where it is written, else the duty."""
    assert duties.value is not None
    written = duties.value.duties[index].seats
    for place, seat in standing(written):
        if seat.seat == plan.name and "seats" in duties.value.duties[index].model_fields_set:
            return ("duties", index, "seats", place)
    return ("duties", index)
