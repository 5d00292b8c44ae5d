"""Learners and those who accompany them."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.audit.case import Case, Held, breach
from scheduler.audit.learning import learns_in_the_lead, left, masters
from scheduler.audit.people import Member
from scheduler.audit.report import Breach


def earned_lead(case: Case) -> Iterator[Breach]:
    """A learner leads after enough shadow turns, and with a mentor beside where the path asks for
    turns with one."""
    for held in case.held:
        member, skill = held.member, held.seat.kind.skill
        if not learns_in_the_lead(member, held.seat.kind):
            continue
        needed = left(case.roster, member, skill)[0]
        begins = held.seat.runs()[0]
        before = sum(
            turn.seat.is_shadow and turn.seat.kind.skill == skill and turn.seat.runs()[1] <= begins
            for turn in case.by_member[member]
        )
        if before < needed:
            sentence = f"{member.name} leads {held.seat.name} from {held.seat.days.first}"
            said = f"{sentence} after {before} of {needed} shadow turns of {skill}"
            yield breach("earned_lead", said, held)
        if case.roster.policy.path(skill)[1] and not _mentors(case, held):
            sentence = f"{member.name} leads {held.seat.name} from {held.seat.days.first}"
            yield breach("earned_lead", f"{sentence} without a mentor of {skill} beside", held)


def mentor_limits(case: Case) -> Iterator[Breach]:
    """Nobody accompanies too many learners, at once or in all."""
    accompanied: dict[Member, list[Held]] = {}
    for held in case.held:
        for mentor in _mentors(case, held) if _is_learner(held) else ():
            accompanied.setdefault(mentor, []).append(held)
    most = case.roster.policy.option("mentor_limits", "at_once")
    for mentor, turns in accompanied.items():
        crowd = max((_at_once(turns, turn) for turn in turns), key=len)
        if len(crowd) > most:
            seats = ", ".join(f"{held.member.name} on {held.seat.name}" for held in crowd)
            sentence = f"{mentor.name} accompanies {len(crowd)} turns at once, {seats}"
            yield breach("mentor_limits", f"{sentence}, and the most are {most}", *crowd)
        people = dict.fromkeys(held.member for held in turns)
        if mentor.mentees is not None and len(people) > mentor.mentees:
            names = ", ".join(person.name for person in people)
            sentence = f"{mentor.name} accompanies {names} from {turns[0].seat.days.first}"
            yield breach("mentor_limits", f"{sentence}, and takes {mentor.mentees} in all", *turns)


def _at_once(turns: list[Held], turn: Held) -> list[Held]:
    """The turns that run when one begins: the most that run together do so when one of them
    begins."""
    moment = turn.seat.runs()[0]
    return [t for t in turns if t.seat.runs()[0] <= moment < t.seat.runs()[1]]


def _is_learner(held: Held) -> bool:
    kind = held.seat.kind
    if not held.seat.is_shadow:
        return learns_in_the_lead(held.member, kind)
    return not kind.skill or not masters(held.member, kind.skill)


def _mentors(case: Case, held: Held) -> list[Member]:
    """Who accompanies a learner: those in other seats of the shift who master the skill (beside a
    shadow, in working seats of that skill), and by name the mentor of a goal."""
    skill = held.seat.kind.skill
    found = [
        other.member
        for other in case.by_shift[held.seat.shift]
        if other is not held and _meet(other, held) and _is_guide(held, other)
    ]
    if not held.seat.is_shadow:
        found += _named(case, held)
    return [m for m in dict.fromkeys(found) if m is not held.member and masters(m, skill)]


def _meet(one: Held, other: Held) -> bool:
    """Whether two turns run at some same moment."""
    (begins, ends), (others_begin, others_end) = one.seat.runs(), other.seat.runs()
    return max(begins, others_begin) < min(ends, others_end)


def _is_guide(held: Held, other: Held) -> bool:
    if not held.seat.is_shadow:
        return True
    return not other.seat.is_shadow and other.seat.kind.skill == held.seat.kind.skill


def _named(case: Case, held: Held) -> list[Member]:
    """The first mentor whom a goal names and who is there on all days of the seat."""
    for goal in held.member.goals:
        mentor = case.roster.members.get(goal.mentor)
        if mentor is None or mentor is held.member or goal.skill != held.seat.kind.skill:
            continue
        days = held.seat.work_days(mentor.timezone)
        there = all(mentor.is_member_on(day) and not mentor.is_away_on(day) for day in days)
        if there and masters(mentor, goal.skill):
            return [mentor]
    return []
