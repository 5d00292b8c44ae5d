from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scheduler.domain.growth import beside, learns_to_lead, named_mentor, teaches
from scheduler.domain.people import Member
from scheduler.domain.problem import Problem
from scheduler.domain.rotation import Seating
from scheduler.domain.shifts import Seat, at_once
from scheduler.rules.card import Finding, Requirement, option

if TYPE_CHECKING:
    from scheduler.rules.model import Expression, Literal, Model


@dataclass(frozen=True)
class MentorLimits(Requirement):
    """Nobody accompanies more than ``at_once`` turns of learners at the same time, nor more people
    in the horizon than their own ``mentees`` in ``roster.yaml``. A shadow is accompanied by
    everybody who leads the skill in a working seat of that skill in the same shift; a learner in
    the lead by everybody who leads the skill in another seat of the shift, and by the mentor whom
    the goal names."""

    at_once: int = option(2, "turns of learners that one person accompanies at the same time")

    def enforce(self, model: Model, problem: Problem) -> None:
        for mentor, seats in _could_accompany(model, problem).items():
            if self._may_be_many(seats):
                self._limit_at_once(model, problem, mentor, seats)
            learners = {m for s in seats for m, _ in _learners(model, mentor, s)}
            if mentor.mentees is not None and len(learners) > mentor.mentees:
                _limit_mentees(model, problem, mentor, seats, mentor.mentees)

    def _may_be_many(self, seats: Iterable[Seat]) -> bool:
        return any(len(running) > self.at_once for _, _, running in at_once(seats))

    def _limit_at_once(
        self, model: Model, problem: Problem, mentor: Member, seats: list[Seat]
    ) -> None:
        turns = {seat: model.total(_turns(model, problem, mentor, seat)) for seat in seats}
        for _, _, running in at_once(seats):
            if len(running) > self.at_once:
                model.at_most(model.total(turns[seat] for seat in running), self.at_once)

    def explain(self, problem: Problem, seating: Seating) -> Iterator[Finding]:
        for mentor, taught in _accompanied(problem, seating).items():
            for _, _, running in at_once(taught):
                if len(running) > self.at_once:
                    yield Finding(
                        f"{mentor.name} would accompany {len(running)} learners at once, "
                        f"{_named(taught[seat] for seat in running)}, and takes {self.at_once}",
                        members=(mentor, *(taught[seat] for seat in running)),
                        seats=tuple(running),
                    )
                    break
            learners = dict.fromkeys(taught.values())
            if mentor.mentees is not None and len(learners) > mentor.mentees:
                yield Finding(
                    f"{mentor.name} would accompany {_named(learners)}, and takes "
                    f"{mentor.mentees} in all",
                    members=(mentor, *learners),
                    seats=tuple(taught),
                )


def _named(people: Iterable[Member]) -> str:
    return ", ".join(dict.fromkeys(member.name for member in people))


def _learns(member: Member, seat: Seat) -> bool:
    """Whether a turn on a seat is one of a learner."""
    if not seat.is_shadow:
        return learns_to_lead(member, seat.plan)
    return not seat.plan.skill or not teaches(member, seat.plan.skill)


def _places(problem: Problem, seat: Seat) -> list[Seat]:
    """The seats whose holders accompany a learner on a seat, if they lead its skill."""
    others = beside(problem, seat)
    if not seat.is_shadow:
        return others
    return [o for o in others if not o.is_shadow and o.plan.skill == seat.plan.skill]


# -------------------------------------------------------------------------------- for the solver


def _learners(model: Model, mentor: Member, seat: Seat) -> list[tuple[Member, Literal]]:
    return [(m, x) for m, x in model.candidates(seat) if m is not mentor and _learns(m, seat)]


def _could_accompany(model: Model, problem: Problem) -> dict[Member, list[Seat]]:
    """By mentor, the seats on which they could accompany somebody."""
    found: dict[Member, dict[Seat, None]] = {}
    for seat in problem.seats:
        learners = [m for m, _ in model.candidates(seat) if _learns(m, seat)]
        named = [m for learner in learners for m in _by_name(problem, learner, seat)]
        sitting = [m for o in _places(problem, seat) for m, _ in model.candidates(o)]
        for mentor in (*named, *(sitting if learners else ())):
            if teaches(mentor, seat.plan.skill) and any(m is not mentor for m in learners):
                found.setdefault(mentor, {})[seat] = None
    return {mentor: list(seats) for mentor, seats in found.items()}


def _by_name(problem: Problem, learner: Member, seat: Seat) -> list[Member]:
    """The mentor whom a learner in the lead has by name."""
    mentor = None if seat.is_shadow else named_mentor(problem, learner, seat)
    return [] if mentor is None else [mentor]


def _turns(
    model: Model, problem: Problem, mentor: Member, seat: Seat, learners: Collection[Member] = ()
) -> Iterator[Expression]:
    """1 where a mentor accompanies one of some learners on a seat, as terms of a sum."""
    held = [x for o in _places(problem, seat) if (x := model.holds(o, mentor)) is not None]
    sitting: list[Expression] = []
    for learner, x in _learners(model, mentor, seat):
        if learners and learner not in learners:
            continue
        if mentor in _by_name(problem, learner, seat):
            yield x
        else:
            sitting.append(x)
    if held and sitting:
        yield model.excess(model.total(sitting) + model.any(held), 1, 1)


def _limit_mentees(
    model: Model, problem: Problem, mentor: Member, seats: list[Seat], most: int
) -> None:
    learners = dict.fromkeys(m for seat in seats for m, _ in _learners(model, mentor, seat))
    accompanied: list[Expression] = []
    for learner in learners:
        some = model.flag()
        for seat in seats:
            for turn in _turns(model, problem, mentor, seat, [learner]):
                model.at_most(turn, some)
        accompanied.append(some)
    model.at_most(model.total(accompanied), most)


# -------------------------------------------------------------------------------------- for people


def _accompanied(problem: Problem, seating: Seating) -> dict[Member, dict[Seat, Member]]:
    """By mentor, the seats on which they accompany somebody, and whom."""
    found: dict[Member, dict[Seat, Member]] = {}
    for seat, learner in seating:
        if not _learns(learner, seat):
            continue
        sitting = (seating[other] for other in _places(problem, seat))
        for mentor in (*_by_name(problem, learner, seat), *sitting):
            if mentor is None or mentor is learner or not teaches(mentor, seat.plan.skill):
                continue
            found.setdefault(mentor, {})[seat] = learner
    return found
