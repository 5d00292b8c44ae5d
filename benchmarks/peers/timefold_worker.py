# mypy: ignore-errors
# It runs in Timefold's own environment, which has neither mypy nor anything of this project.
"""The model for Timefold. Prints "complete" when no must seat is empty, and at last the holders.

python timefold_worker.py DATA SECONDS SEED
"""

import json
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

from timefold.solver import SolverFactory
from timefold.solver.config import (
    Duration,
    ScoreDirectorFactoryConfig,
    SolverConfig,
    SolverConfigOverride,
    TerminationConfig,
)
from timefold.solver.domain import (
    PlanningEntityCollectionProperty,
    PlanningId,
    PlanningScore,
    PlanningVariable,
    ProblemFactCollectionProperty,
    ValueRangeProvider,
    planning_entity,
    planning_solution,
)
from timefold.solver.score import (
    ConstraintCollectors,
    HardMediumSoftScore,
    Joiners,
    constraint_provider,
)

MUST = 1000


@dataclass(unsafe_hash=True)
class Member:
    id: Annotated[int, PlanningId]
    entitled: int = field(hash=False)
    served: int = field(hash=False)


@planning_entity
@dataclass
class Seat:
    id: Annotated[int, PlanningId]
    shift: str
    shadow: bool
    cost: int
    loads: dict[int, int]
    dislikes: dict[int, int]
    able: Annotated[list[Member], ValueRangeProvider(id="able")]
    member: Annotated[
        Member | None,
        PlanningVariable(value_range_provider_refs=["able"], allows_unassigned=True),
    ] = field(default=None)


@dataclass
class Work:
    seat: int
    week: int
    minutes: int


@dataclass
class Budget:
    member: int
    week: int
    minutes: int


@dataclass
class Clash:
    one: int
    other: int


@dataclass
class Meeting:
    one: int
    other: int
    first: int
    second: int


@constraint_provider
def constraints(factory):
    return [
        factory.for_each(Work)
        .join(Seat, Joiners.equal(lambda work: work.seat, lambda seat: seat.id))
        .group_by(
            lambda work, seat: seat.member.id,
            lambda work, seat: work.week,
            ConstraintCollectors.sum(lambda work, seat: work.minutes),
        )
        .join(
            Budget,
            Joiners.equal(lambda member, week, minutes: member, lambda budget: budget.member),
            Joiners.equal(lambda member, week, minutes: week, lambda budget: budget.week),
        )
        .filter(lambda member, week, minutes, budget: minutes > budget.minutes)
        .penalize(
            HardMediumSoftScore.ONE_HARD,
            lambda member, week, minutes, budget: minutes - budget.minutes,
        )
        .as_constraint("weekly budget"),
        factory.for_each(Clash)
        .join(Seat, Joiners.equal(lambda clash: clash.one, lambda seat: seat.id))
        .join(
            Seat,
            Joiners.equal(lambda clash, seat: clash.other, lambda seat: seat.id),
            Joiners.equal(lambda clash, seat: seat.member.id, lambda seat: seat.member.id),
        )
        .penalize(HardMediumSoftScore.ONE_HARD, lambda clash, seat, other: 60)
        .as_constraint("one seat at a time"),
        factory.for_each(Meeting)
        .join(
            Seat,
            Joiners.equal(lambda meeting: meeting.one, lambda seat: seat.id),
            Joiners.equal(lambda meeting: meeting.first, lambda seat: seat.member.id),
        )
        .join(
            Seat,
            Joiners.equal(lambda meeting, seat: meeting.other, lambda seat: seat.id),
            Joiners.equal(lambda meeting, seat: meeting.second, lambda seat: seat.member.id),
        )
        .penalize(HardMediumSoftScore.ONE_HARD, lambda meeting, seat, other: 60)
        .as_constraint("not together"),
        factory.for_each(Seat)
        .filter(lambda seat: seat.shadow)
        .if_not_exists(
            Seat,
            Joiners.equal(lambda seat: seat.shift),
            Joiners.filtering(lambda seat, other: not other.shadow),
        )
        .penalize(HardMediumSoftScore.ONE_HARD, lambda seat: 60)
        .as_constraint("shadow beside somebody"),
        factory.for_each_including_unassigned(Seat)
        .filter(lambda seat: seat.member is None and seat.cost > 0)
        .penalize(HardMediumSoftScore.ONE_MEDIUM, lambda seat: seat.cost)
        .as_constraint("empty seats"),
        factory.for_each_including_unassigned(Seat)
        .filter(lambda seat: seat.member is None and seat.shadow)
        .penalize(HardMediumSoftScore.ONE_SOFT, lambda seat: 50)
        .as_constraint("empty shadow seats"),
        factory.for_each(Seat)
        .filter(lambda seat: seat.member.entitled > 0)
        .group_by(
            lambda seat: seat.member,
            ConstraintCollectors.sum(lambda seat: seat.loads[seat.member.id]),
        )
        .penalize(
            HardMediumSoftScore.ONE_SOFT,
            lambda member, load: (
                (100 * (load + member.served) // member.entitled)
                * (100 * (load + member.served) // member.entitled)
            ),
        )
        .as_constraint("even loads"),
        factory.for_each(Seat)
        .filter(lambda seat: seat.dislikes[seat.member.id] > 0)
        .penalize(HardMediumSoftScore.ONE_SOFT, lambda seat: 20)
        .as_constraint("disliked"),
        factory.for_each(Seat)
        .filter(lambda seat: seat.dislikes[seat.member.id] < 0)
        .reward(HardMediumSoftScore.ONE_SOFT, lambda seat: 20)
        .as_constraint("liked"),
    ]


@planning_solution
@dataclass
class Plan:
    members: Annotated[list[Member], ProblemFactCollectionProperty]
    work: Annotated[list[Work], ProblemFactCollectionProperty]
    budgets: Annotated[list[Budget], ProblemFactCollectionProperty]
    clashes: Annotated[list[Clash], ProblemFactCollectionProperty]
    meetings: Annotated[list[Meeting], ProblemFactCollectionProperty]
    seats: Annotated[list[Seat], PlanningEntityCollectionProperty]
    score: Annotated[HardMediumSoftScore, PlanningScore] = field(default=None)


def read(path):
    """The work as Timefold's domain."""
    data = json.loads(Path(path).read_text(encoding="utf-8"))
    pairs = zip(data["entitlements"], data["served"], strict=True)
    members = [Member(number, *pair) for number, pair in enumerate(pairs)]
    seats = [
        Seat(
            number,
            seat["shift"],
            seat["shadow"],
            seat["cost"],
            dict(zip(seat["able"], seat["loads"], strict=True)),
            dict(zip(seat["able"], seat["dislikes"], strict=True)),
            [members[member] for member in seat["able"]],
        )
        for number, seat in enumerate(data["seats"])
    ]
    return Plan(
        members,
        [Work(*line) for line in data["work"]],
        [Budget(*line) for line in data["budgets"]],
        [Clash(*line) for line in data["clashes"]],
        [Meeting(*line) for line in data["meetings"]],
        seats,
    )


def main():
    """The command line."""
    path, seconds, seed = sys.argv[1], float(sys.argv[2]), int(sys.argv[3])
    plan = read(path)
    config = SolverConfig(
        solution_class=Plan,
        entity_class_list=[Seat],
        score_director_factory_config=ScoreDirectorFactoryConfig(
            constraint_provider_function=constraints
        ),
        random_seed=seed,
    )
    factory = SolverFactory.create(config)
    limit = TerminationConfig(spent_limit=Duration(milliseconds=int(1000 * seconds)))
    solver = factory.build_solver(SolverConfigOverride(termination_config=limit))

    def told(event):
        score = event.new_best_score
        if score.hard_score >= 0 and score.medium_score > -MUST:
            print("complete", flush=True)

    solver.add_event_listener(told)
    best = solver.solve(plan)
    print(json.dumps([None if s.member is None else s.member.id for s in best.seats]), flush=True)


if __name__ == "__main__":
    main()
