"""Every requirement, checked by its definition in the manual and by nobody else's code."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import TypeAlias

from scheduler.audit.case import Case, Held, breach
from scheduler.audit.claim import Turn
from scheduler.audit.company import differ, not_together
from scheduler.audit.fit import ALWAYS, ON_A_DAY
from scheduler.audit.mentors import earned_lead, mentor_limits
from scheduler.audit.report import Breach
from scheduler.audit.seam import still_held, taken
from scheduler.audit.words import Week

Check: TypeAlias = Callable[[Case], Iterator[Breach]]


def breaches(case: Case) -> list[Breach]:
    """Everything that is broken, in the order of the rules; waived or not."""
    found = [
        *case.strays,
        *one_holder(case),
        *pins(case),
        *missing(case),
        *changes(case),
        *_misfits(case),
    ]
    for rule, check in TOGETHER.items():
        if case.roster.policy.in_force(rule):
            found.extend(check(case))
    return found


def _misfits(case: Case) -> Iterator[Breach]:
    policy = case.roster.policy
    for rule, check in {**ON_A_DAY, **ALWAYS}.items():
        for held in case.held if policy.in_force(rule) else ():
            if why := check(held.member, held.seat, policy):
                yield breach(rule, f"{held.member.name} {why} ({held.seat.name})", held)


# ---------------------------------------------------------------------- what a rotation must be


def one_holder(case: Case) -> Iterator[Breach]:
    """A seat stands in a rotation once, with one holder or none."""
    lines = Counter(turn.key for turn in case.turns)
    for key, count in lines.items():
        if count > 1:
            turns = [turn for turn in case.turns if turn.key == key]
            who = [turn.member for turn in turns]
            names = " and ".join(case.roster.name(m) if m else "nobody" for m in who)
            sentence = f"{turns[0].name} stands there {count} times, held by {names}"
            yield Breach("one_holder", sentence, tuple(filter(None, who)), (turns[0].name,))


def pins(case: Case) -> Iterator[Breach]:
    """A seat that policy.yaml pins is held by whom it names."""
    holders = {turn.key: turn for turn in case.turns}
    for pin in case.roster.policy.pins:
        key = pin.shift, pin.seat
        turn = holders.get(key)
        if (turn is None and key not in case.asked) or (turn and turn.member == pin.member):
            continue
        holder = case.roster.name(turn.member) if turn and turn.member else "nobody"
        sentence = f"{pin.shift}/{pin.seat} is pinned to {case.roster.name(pin.member)}"
        waived = turn is not None and "pins" in turn.waives
        yield Breach(
            "pins",
            f"{sentence} and held by {holder}",
            (pin.member,),
            (f"{pin.shift}/{pin.seat}",),
            waived,
        )


def missing(case: Case) -> Iterator[Breach]:
    """A seat that nobody holds is shown as such, never hidden. A CSV lists only turns."""
    if not case.claim.complete:
        return
    told = {turn.key for turn in case.turns}
    for key, seat in case.asked.items():
        if key not in told and not seat.is_shadow:
            sentence = f"{seat.name} from {seat.days.first} is neither filled nor named as empty"
            yield Breach("missing", sentence, (), (seat.name,))


def changes(case: Case) -> Iterator[Breach]:
    """The changes since publication follow one another, and end at the seats as they stand."""
    for fault in case.claim.faults:
        yield Breach("changes", fault)


# ------------------------------------------------------------------- several turns of one member


def distinct_seats(case: Case) -> Iterator[Breach]:
    """Seats of one duty that run at the same time are held by different people; ``together``
    allows it within a shift."""
    for one, other in _at_once(case):
        duty = one.seat.duty
        bundled = duty.together and one.seat.shift == other.seat.shift
        if duty is other.seat.duty and not bundled:
            sentence = f"{_both(one, other)}, two seats of {duty.name}"
            yield breach("distinct_seats", sentence, one, other)
    for held, turn, duty in still_held(case):
        if duty is held.seat.duty:
            yield breach("distinct_seats", f"{_still(held, turn)}, of the same duty", held)


def exclusive_duties(case: Case) -> Iterator[Breach]:
    """Two different exclusive duties of one member never overlap."""
    for one, other in _at_once(case):
        different = one.seat.duty is not other.seat.duty
        if different and one.seat.duty.exclusive and other.seat.duty.exclusive:
            sentence = f"{_both(one, other)}, and both are exclusive"
            yield breach("exclusive_duties", sentence, one, other)
    for held, turn, duty in still_held(case):
        if duty is not held.seat.duty and duty.exclusive and held.seat.duty.exclusive:
            yield breach("exclusive_duties", f"{_still(held, turn)}, and both are exclusive", held)


def weekly_budget(case: Case) -> Iterator[Breach]:
    """Nobody works more in an ISO week than their budget leaves after time away; learning as a
    shadow takes time too, and what turns of earlier rotations take of a week is gone."""
    for member, turns in case.by_member.items():
        gone = taken(case, member)
        work: dict[Week, int] = Counter()
        held_in: dict[Week, list[Held]] = defaultdict(list)
        for held in turns:
            for week, minutes in held.seat.days.by_week(held.seat.effort).items():
                work[week] += minutes
                held_in[week].append(held)
        for week in sorted(work):
            monday = date.fromisocalendar(*week, 1)
            days = [monday + timedelta(days=number) for number in range(7)]
            budget = max(0, member.budget_over(days) - gone.get(week, 0))
            if work[week] > budget:
                left = " left by earlier rotations" if week in gone else ""
                sentence = (
                    f"{member.name} is to work {_hours(work[week])} of {_hours(budget)} hours"
                    f"{left} in week {week[1]} of {week[0]} (from {monday}): "
                    + ", ".join(held.seat.name for held in held_in[week])
                )
                yield breach("weekly_budget", sentence, *held_in[week])


def most_turns(case: Case) -> Iterator[Breach]:
    """Nobody has more turns of a duty in a rotation than the duty, or they themselves, allow;
    shadow turns count."""
    for member, turns in case.by_member.items():
        for duty in dict.fromkeys(held.seat.duty for held in turns):
            of_it = [held for held in turns if held.seat.duty is duty]
            allowed = [n for n in (duty.most, member.most.get(duty.id)) if n is not None]
            if allowed and len(of_it) > min(allowed):
                sentence = f"{member.name} has {len(of_it)} turns of {duty.name}"
                yield breach("most_turns", f"{sentence}, and {min(allowed)} is the most", *of_it)


def shadow_beside_lead(case: Case) -> Iterator[Breach]:
    """A shadow sits beside somebody who does the work: another seat of the shift is filled."""
    for held in case.held:
        if held.seat.is_shadow and not _has_guide(case, held):
            sentence = f"{held.member.name} shadows nobody from {held.seat.days.first}"
            yield breach("shadow_beside_lead", f"{sentence} ({held.seat.name})", held)


TOGETHER: dict[str, Check] = {
    "distinct_seats": distinct_seats,
    "exclusive_duties": exclusive_duties,
    "weekly_budget": weekly_budget,
    "most_turns": most_turns,
    "shadow_beside_lead": shadow_beside_lead,
    "not_together": not_together,
    "differ": differ,
    "earned_lead": earned_lead,
    "mentor_limits": mentor_limits,
}
"""Requirements about more than one turn, by rule."""


def _at_once(case: Case) -> Iterator[tuple[Held, Held]]:
    """Every two turns of one member that run at some same moment; they come in order of time."""
    for turns in case.by_member.values():
        for position, one in enumerate(turns):
            end = one.seat.runs()[1]
            for other in turns[position + 1 :]:
                if other.seat.runs()[0] >= end:
                    break
                yield one, other


def _has_guide(case: Case, shadow: Held) -> bool:
    return any(not held.seat.is_shadow for held in case.by_shift[shadow.seat.shift])


def _both(one: Held, other: Held) -> str:
    begins = max(one.seat.runs()[0], other.seat.runs()[0])
    seats = f"{one.seat.name} and {other.seat.name}"
    return f"{one.member.name} holds {seats} at the same time from {begins:%Y-%m-%d}"


def _still(held: Held, turn: Turn) -> str:
    return f"{held.member.name} still has {turn.name} of an earlier rotation on {held.seat.name}"


def _hours(minutes: int) -> str:
    return f"{minutes / 60:.1f}"
