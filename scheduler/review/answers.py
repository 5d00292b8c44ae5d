"""Answers to "why this person, why not that one, why nobody": reasons in order, and their lines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from scheduler.domain.people import Member
from scheduler.domain.problem import Problem
from scheduler.domain.rotation import Seating
from scheduler.domain.shifts import Seat
from scheduler.review.because import Kind, Reason, is_worse, seat_name, sentence, told
from scheduler.review.wording import joined, names
from scheduler.rules.book import Policy
from scheduler.rules.card import Fit, OrderedPreference, Preference


class Question(Enum):
    """What is asked about a seat."""

    without = "without"
    """What if the member did not hold it?"""
    held_by = "with"
    """What if the member held it?"""
    empty = "empty"
    """Why does nobody hold it?"""


@dataclass(frozen=True, slots=True)
class Answer:
    """What is known about a question, all of it worked out or solved anew.

    ``facts`` speak of this plan and the roster. ``prices``, ``moved`` and ``taker`` (who holds the
    seat then) tell the best other plan found; where ``facts`` rule every such plan out and
    ``is_impossible`` is set, they tell what it would be if the roster allowed it (``is_allowed``).
    """

    seat: Seat
    holder: Member | None
    question: Question
    member: Member | None = None
    facts: tuple[Reason, ...] = ()
    prices: tuple[Reason, ...] = ()
    moved: Reason | None = None
    taker: Member | None = None
    costs: tuple[str, ...] = ()
    """What the first tier that changes has to say of the other plan and not of this one."""
    repairs: tuple[Reason, ...] = ()
    is_impossible: bool = False
    is_allowed: bool = False
    is_proved: bool = True


def bars(problem: Problem, policy: Policy, member: Member, seat: Seat) -> Iterator[Reason]:
    """All that keeps a member from a seat whatever else they hold."""
    for rule in policy.fits:
        phrase = rule.barred(problem, member, seat)
        if phrase is not None:
            yield Reason(Kind.barred, rule.id(), (member,), (seat,), phrase)


def clashes(
    problem: Problem, policy: Policy, seating: Seating, member: Member, seat: Seat
) -> Iterator[Reason]:
    """What keeps a member from a seat in this plan, all else as it is, but not in every plan."""
    before = seating.without([seat])
    for rule in policy.requirements:
        if isinstance(rule, Fit):
            continue
        old = set(rule.explain(problem, before))
        for finding in rule.explain(problem, before.plus(seat, member)):
            if finding not in old:
                others = tuple(other for other in finding.seats if other is not seat)
                said = finding.sentence.removeprefix(f"{member.name} ")
                phrase = f"holds {_listed(others)} in this plan" if others else said
                yield Reason(Kind.clash, rule.id(), (member,), others, phrase)
                break


def around(problem: Problem, policy: Policy, seating: Seating, seat: Seat) -> tuple[Reason, ...]:
    """What keeps everybody else from a held seat: by the roster, else in this plan."""
    found: list[Reason] = []
    for member in problem.members:
        if member is seating[seat]:
            continue
        barred = next(bars(problem, policy, member, seat), None)
        clash = barred or next(clashes(problem, policy, seating, member, seat), None)
        if clash is not None:
            found.append(clash)
    return tuple(found)


def costs(
    problem: Problem, policy: Policy, seating: Seating, other: Seating, tier: str
) -> Iterator[str]:
    """What the rules of a tier have to say of another rotation and not of this one; of a tier with
    goals in order, whose price tells it all, nothing."""
    for rule in policy.rules:
        if not isinstance(rule, Preference) or rule.tier != tier or not rule.weight:
            continue
        if not isinstance(rule, OrderedPreference):
            old = {finding.sentence for finding in rule.explain(problem, seating)}
            new = (finding.sentence for finding in rule.explain(problem, other))
            yield from (sentence for sentence in new if sentence not in old)


def _listed(seats: tuple[Seat, ...]) -> str:
    if len(seats) > 2:
        return f"{seat_name(seats[0])} and {len(seats) - 1} more turns"
    return joined([seat_name(seat) for seat in seats])


# ------------------------------------------------------------------------------------- in words


def headline(answer: Answer) -> str:
    """Which seat is asked about, and whose it is."""
    holder = answer.holder.name if answer.holder is not None else "nobody"
    return f"{seat_name(answer.seat)}: {holder}"


def lines(answer: Answer) -> Iterator[str]:
    """The answer, a sentence a line; what fills a seat follows as a list."""
    match answer.question:
        case Question.empty:
            yield from _empty(answer)
        case Question.without:
            yield from _pinned(answer)
            yield from _effect(answer, f"Without {_who(answer)}")
            yield from _others(answer)
        case Question.held_by:
            yield from _pinned(answer)
            yield from _not_that_one(answer)


def _who(answer: Answer) -> str:
    return answer.member.name if answer.member is not None else "them"


def _pinned(answer: Answer) -> Iterator[str]:
    for fact in answer.facts:
        if fact.kind is Kind.pinned:
            yield _full(sentence(fact))


def _others(answer: Answer) -> Iterator[str]:
    kept = [fact for fact in answer.facts if fact.kind in {Kind.barred, Kind.clash}]
    yield from (_full(line) for line in told(kept))


def _not_that_one(answer: Answer) -> Iterator[str]:
    barred = [fact for fact in answer.facts if fact.kind is Kind.barred]
    if answer.is_impossible and not barred:
        yield f"In no plan does {_who(answer)} hold it: the requirements and the pins rule it out."
        return
    if answer.is_impossible:
        yield f"In no plan does {_who(answer)} hold it: {'; '.join(told(barred))}."
        if not answer.is_allowed:
            yield "Nor in one where only that were otherwise: other requirements rule it out."
    for fact in answer.facts:
        if fact.kind is Kind.clash:
            yield _full(sentence(fact))
    otherwise = f"Were {_who(answer)} let do it" if answer.is_allowed else f"With {_who(answer)}"
    if not answer.is_impossible or answer.is_allowed:
        yield from _effect(answer, otherwise)


def _effect(answer: Answer, start: str) -> Iterator[str]:
    """The first tier whose price changes decides; what comes after it is told as JSON only."""
    if not answer.prices:
        if answer.is_impossible:
            yield f"{start}: no plan is left by the requirements and the pins."
        else:
            yield f"{start}: no plan was found within the work allowed."
        return
    is_out = answer.question is Question.without
    decisive = next((price for price in answer.prices if price.before != price.after), None)
    if decisive is None:
        taken = f", and {answer.taker.name} holds it" if answer.taker and is_out else ""
        yield f"{start}, every goal can keep its price{taken}{_moves(answer)}."
        return
    taken = ""
    if is_out:
        taken = f"; {answer.taker.name} holds it then" if answer.taker else "; nobody holds it then"
    yield f"{start}, {sentence(decisive)}{taken}{_moves(answer)}."
    if is_worse(decisive) and answer.costs:
        more = f", and {len(answer.costs) - 2} more like this" if len(answer.costs) > 2 else ""
        yield f"That plan's price: {'; '.join(answer.costs[:2])}{more}."
    if not is_worse(decisive):
        yield (
            "So this plan is not the best one: it was changed since, or its search ended before "
            "this was found (`rota show` tells which goals were proved)."
        )


def _moves(answer: Answer) -> str:
    return "" if answer.moved is None else f" ({sentence(answer.moved)})"


def _empty(answer: Answer) -> Iterator[str]:
    opened = [fact for fact in answer.facts if fact.kind is Kind.open]
    if opened:
        yield _full(sentence(opened[0]))
        if answer.prices:
            yield from _effect(answer, f"With {names(opened[0].members)}")
        return
    if not answer.is_proved:
        yield "Not all of this was proved to be needed within the work allowed:"
    yield from (_full(line) for line in told(answer.facts))
    if answer.repairs:
        yield "What would fill it, the easiest first:"
        yield from (f"- {line}" for line in told(answer.repairs))


def _full(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}."
