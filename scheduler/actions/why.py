"""Say why somebody holds a seat, why another does not, or why nobody does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from scheduler.actions.assemble import entitle, history, laid_out
from scheduler.actions.horizon import chosen
from scheduler.actions.standing import is_as_planned
from scheduler.domain.facts import as_published
from scheduler.domain.people import Member
from scheduler.domain.problem import Problem
from scheduler.domain.rotation import Rotation, Seating
from scheduler.domain.shifts import Seat, Shift
from scheduler.errors import BadRequest
from scheduler.files import read_rotations, read_team
from scheduler.files.suggest import did_you_mean, quoted
from scheduler.files.team import Team
from scheduler.review.answers import Answer, Question, around, bars, clashes, costs
from scheduler.review.because import Kind, Reason
from scheduler.rules.book import Policy
from scheduler.rules.card import Preference
from scheduler.solver import Limits
from scheduler.solver.counterfactual import WORK, Otherwise, Plan, with_, without
from scheduler.solver.emptiness import emptied


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked: a shift by its id, the beginning of it, or a duty and a day; one of its
    seats; somebody who is not in it; somebody who is. Who is named either way, and sits there, is
    asked away; who does not is asked in."""

    shift: str
    seat: str | None = None
    member: str | None = None
    not_member: str | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Explained:
    """The answers about a rotation; ``broken`` are requirements that it does not keep as it
    stands, so that its prices are those of a plan that is not allowed."""

    team: Team
    rotation: Rotation
    answers: tuple[Answer, ...]
    broken: tuple[str, ...]


def why(folder: Path, asked: Asked, now: datetime, work: float = WORK) -> Explained:
    """Answer for one seat of a rotation, or for all that a question is about.

    ``work`` is what all answers together may take, in deterministic seconds.

    Raises:
        BadFiles: the files hold mistakes.
        BadRequest: there is no such rotation, shift, seat or member.
        Refused: nothing is planned yet.
    """
    team = read_team(folder)
    rotations = read_rotations(folder)
    today = now.astimezone(ZoneInfo(team.timezone)).date()
    rotation = chosen(rotations, asked.name, today)
    problem = _laid_out(team, rotations, rotation)
    plan = plan_of(problem, team, rotation)
    questions = [*_questions(plan, asked, _seats(problem, asked))]
    limits = Limits(work=work / max(1, len(questions)))
    answers = [_answer(plan, seat, member, limits) for seat, member in questions]
    broken = (f for rule in team.policy.requirements for f in rule.explain(problem, plan.seating))
    return Explained(team, rotation, tuple(answers), tuple(f.sentence for f in broken))


def _laid_out(team: Team, rotations: Sequence[Rotation], rotation: Rotation) -> Problem:
    """The seats of a rotation: what is published stands, whatever the duties say today."""
    horizon = rotation.horizon
    problem = laid_out(team, history(rotations, horizon), horizon, rotation)
    if rotation.is_published:
        problem = as_published(problem, rotation)
    return entitle(problem, team.policy)


def plan_of(problem: Problem, team: Team, rotation: Rotation) -> Plan:
    """The rotation as it stands, as the plan that questions are about."""
    return Plan(
        problem,
        team.policy,
        Seating(dict(problem.drafted)),
        is_best=all(tier.proved for tier in rotation.tiers)
        and _is_from_scratch(team.policy, rotation)
        and is_as_planned(rotation, problem, team),
    )


def _is_from_scratch(policy: Policy, rotation: Rotation) -> bool:
    """Whether no earlier rotation had a say in what was proved: then no tier that looks back was
    opened."""
    back = {r.tier for r in policy.rules if isinstance(r, Preference) and r.looks_back}
    return not any(tier.name in back for tier in rotation.tiers)


# --------------------------------------------------------------------------------- what is meant


def _seats(problem: Problem, asked: Asked) -> tuple[Seat, ...]:
    shift = _shift(problem, asked.shift)
    seats = tuple(seat for seat in problem.seats if seat.shift is shift)
    if asked.seat is None:
        return seats
    named = tuple(seat for seat in seats if seat.name == asked.seat)
    if not named:
        known = [seat.name for seat in seats]
        raise BadRequest(
            f"{shift.id} has no seat {quoted(asked.seat)}"
            f"{did_you_mean(asked.seat, known) or '; it has: ' + ', '.join(known)}"
        )
    return named


def _shift(problem: Problem, text: str) -> Shift:
    """The shift of an id, of a unique beginning of one, or of a duty on a day of the shift."""
    shifts = {seat.shift.id: seat.shift for seat in problem.seats}
    if text in shifts:
        return shifts[text]
    found = [*_on_day(problem, text)] or [s for name, s in shifts.items() if name.startswith(text)]
    found = list(dict.fromkeys(found))
    if len(found) == 1:
        return found[0]
    if found:
        some = ", ".join(shift.id for shift in found[:3])
        raise BadRequest(f"{quoted(text)} may be {len(found)} shifts, such as {some}: say which.")
    guess = did_you_mean(text, [*shifts, *problem.duty_by_id])
    raise BadRequest(
        f"There is no shift {quoted(text)} in this rotation"
        f"{guess or '; write its id, or a duty and a day: hub-triage 2027-01-04'}"
    )


def _on_day(problem: Problem, text: str) -> Iterator[Shift]:
    duty, _, day = text.replace("@", " ").rpartition(" ")
    try:
        on = date.fromisoformat(day)
    except ValueError:
        return
    for seat in problem.seats:
        if seat.duty.id == duty.strip() and on in seat.span:
            yield seat.shift


def _questions(
    plan: Plan, asked: Asked, seats: Sequence[Seat]
) -> Iterator[tuple[Seat, Member | None]]:
    """Each seat with the member that it is about; ``None`` asks about whoever holds it, or why
    nobody does."""
    named = [_member(plan.problem, name) for name in (asked.member, asked.not_member) if name]
    if not named:
        yield from ((seat, plan.seating[seat]) for seat in seats)
        return
    for member in dict.fromkeys(named):
        held = [seat for seat in seats if plan.seating[seat] is member]
        yield from ((seat, member) for seat in held or seats)


def _member(problem: Problem, name: str) -> Member:
    if name in problem.member_by_id:
        return problem.member_by_id[name]
    guess = did_you_mean(name, list(problem.member_by_id))
    raise BadRequest(
        f"There is no member {quoted(name)}"
        f"{guess or '; they are: ' + ', '.join(problem.member_by_id)}"
    )


# ------------------------------------------------------------------------------------- the answer


def _answer(plan: Plan, seat: Seat, member: Member | None, limits: Limits) -> Answer:
    if member is None:
        return _nobody(plan, seat, limits)
    if plan.seating[seat] is member:
        return _without(plan, seat, member, limits)
    return _with(plan, seat, member, limits)


def _without(plan: Plan, seat: Seat, member: Member, limits: Limits) -> Answer:
    facts = (*_pins(plan, seat), *around(plan.problem, plan.policy, plan.seating, seat))
    other = without(plan, seat, member, limits)
    return _told(plan, other, Question.without, facts)


def _with(plan: Plan, seat: Seat, member: Member, limits: Limits) -> Answer:
    barred = tuple(bars(plan.problem, plan.policy, member, seat))
    if barred:
        other = with_(plan, seat, member, limits, allow=True)
        return _told(plan, other, Question.held_by, (*_pins(plan, seat), *barred), allowed=True)
    facts = (
        *_pins(plan, seat),
        *clashes(plan.problem, plan.policy, plan.seating, member, seat),
    )
    return _told(plan, with_(plan, seat, member, limits), Question.held_by, facts)


def _nobody(plan: Plan, seat: Seat, limits: Limits) -> Answer:
    found = emptied(plan, seat, limits)
    if found.taker is None:
        return Answer(
            seat,
            None,
            Question.empty,
            facts=found.facts,
            repairs=found.repairs,
            is_proved=found.is_proved,
        )
    (taker,) = found.taker.members
    other = with_(plan, seat, taker, limits)
    return _told(plan, other, Question.empty, (found.taker,))


def _pins(plan: Plan, seat: Seat) -> Iterable[Reason]:
    pinned = dict(plan.problem.pinned).get(seat)
    if pinned is not None:
        yield Reason(Kind.pinned, "", (pinned,), (seat,), "is pinned to it by hand")


def _told(
    plan: Plan,
    other: Otherwise,
    question: Question,
    facts: tuple[Reason, ...],
    *,
    allowed: bool = False,
) -> Answer:
    changed = other.decisive
    found: tuple[str, ...] = ()
    if changed is not None and other.seating is not None:
        found = tuple(costs(plan.problem, plan.policy, plan.seating, other.seating, changed.name))
    return Answer(
        other.seat,
        plan.seating[other.seat],
        question,
        other.member,
        facts,
        other.prices,
        other.moved,
        other.seating[other.seat] if other.seating is not None else None,
        found,
        is_impossible=allowed or other.is_impossible,
        is_allowed=allowed and other.seating is not None,
    )
