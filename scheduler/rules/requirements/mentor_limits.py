from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
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
        lessons = {seat: _lesson(model, problem, seat) for seat in problem.seats}
        for mentor, taught in _could_accompany(model, lessons).items():
            if self._may_be_many(taught):
                self._limit_at_once(model, mentor, taught)
            learners = {m for lesson in taught.values() for m, _, _ in lesson.of(mentor)}
            if mentor.mentees is not None and len(learners) > mentor.mentees:
                _limit_mentees(model, mentor, taught, mentor.mentees)

    def _may_be_many(self, seats: Iterable[Seat]) -> bool:
        return any(len(running) > self.at_once for _, _, running in at_once(seats))

    def _limit_at_once(self, model: Model, mentor: Member, taught: Mapping[Seat, _Lesson]) -> None:
        turns = {s: model.total(_turns(model, mentor, lesson)) for s, lesson in taught.items()}
        for _, _, running in at_once(taught):
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


@dataclass(frozen=True, slots=True)
class _Lesson:
    """What may be learned on a seat."""

    learners: list[tuple[Member, Literal, list[Member]]]
    """Who may learn there, with the decision and the mentor by name."""
    places: list[Seat]
    """The seats whose holders accompany them, if they lead the skill."""

    def of(self, mentor: Member) -> Iterator[tuple[Member, Literal, list[Member]]]:
        """The learners whom a mentor could accompany."""
        return (learner for learner in self.learners if learner[0] is not mentor)


def _lesson(model: Model, problem: Problem, seat: Seat) -> _Lesson:
    learners = [
        (member, x, _by_name(problem, member, seat))
        for member, x in model.candidates(seat)
        if _learns(member, seat)
    ]
    return _Lesson(learners, _places(problem, seat) if learners else [])


def _could_accompany(
    model: Model, lessons: Mapping[Seat, _Lesson]
) -> dict[Member, dict[Seat, _Lesson]]:
    """By mentor, the seats on which they could accompany somebody."""
    found: dict[Member, dict[Seat, _Lesson]] = {}
    for seat, lesson in lessons.items():
        named = [m for _, _, names in lesson.learners for m in names]
        sitting = [m for place in lesson.places for m, _ in model.candidates(place)]
        for mentor in dict.fromkeys((*named, *sitting)):
            if teaches(mentor, seat.plan.skill) and any(lesson.of(mentor)):
                found.setdefault(mentor, {})[seat] = lesson
    return found


def _by_name(problem: Problem, learner: Member, seat: Seat) -> list[Member]:
    """The mentor whom a learner in the lead has by name."""
    mentor = None if seat.is_shadow else named_mentor(problem, learner, seat)
    return [] if mentor is None else [mentor]


def _turns(
    model: Model, mentor: Member, lesson: _Lesson, learners: Collection[Member] = ()
) -> Iterator[Expression]:
    """1 where a mentor accompanies one of some learners on a seat, as terms of a sum."""
    held = [x for place in lesson.places if (x := model.holds(place, mentor)) is not None]
    sitting: list[Expression] = []
    for learner, x, names in lesson.of(mentor):
        if learners and learner not in learners:
            continue
        if mentor in names:
            yield x
        else:
            sitting.append(x)
    if held and sitting:
        yield model.excess(model.total(sitting) + model.any(held), 1, 1)


def _limit_mentees(model: Model, mentor: Member, taught: Mapping[Seat, _Lesson], most: int) -> None:
    learners = dict.fromkeys(m for lesson in taught.values() for m, _, _ in lesson.of(mentor))
    accompanied: list[Expression] = []
    for learner in learners:
        some = model.flag()
        for lesson in taught.values():
            for turn in _turns(model, mentor, lesson, [learner]):
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
