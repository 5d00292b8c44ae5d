"""Why somebody holds a seat, and why nobody does: sentences that go into the rotation file.

They never tell why somebody is away, and those about holders depend on the roster alone, so that
a swap elsewhere does not change them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from scheduler.domain.growth import learns_to_lead
from scheduler.domain.people import Goal, Level, Member
from scheduler.domain.problem import Problem
from scheduler.domain.rotation import Seating
from scheduler.domain.shifts import Seat
from scheduler.review.wording import day, joined, names, said_of
from scheduler.rules.book import Policy, able
from scheduler.rules.card import Fit, OrderedPreference

_IN_SHORT = {
    "distinct_seats": "already holds another seat of it at that time",
    "exclusive_duties": "holds another exclusive duty then",
    "mentor_limits": "would be one learner too many for a mentor",
    "shadow_beside_lead": "would shadow nobody",
    "not_together": "is not to be together with somebody who holds another seat of the shift",
    "differ": "is too much like somebody who holds another seat of the shift",
    "most_turns": "has as many turns of it as they may",
    "weekly_budget": "has too little budget left that week",
}
"""What to say of several people at once; a rule that is not here speaks through its findings."""


def why_empty(problem: Problem, policy: Policy, seating: Seating, seat: Seat) -> tuple[str, ...]:
    """Why nobody holds an empty seat: each member's first obstacle, those with the same together.

    What no date changes is told first. Whoever could take the seat by the rules is named last, also
    where the seat is closed: too near to be given to anybody else by planning again.
    """
    if not problem.members:
        return ("The team has no members",)
    groups: dict[tuple[str, str], list[Member]] = {}
    free: list[Member] = []
    for member in problem.members:
        obstacle = _obstacle(problem, policy, seating, seat, member)
        if obstacle is None:
            free.append(member)
        else:
            groups.setdefault(obstacle, []).append(member)
    order = sorted(groups, key=lambda group: -len(groups[group]))
    reasons = [said_of(groups[rule, phrase], phrase) + rule for rule, phrase in order]
    if seat.key in problem.closed:
        could = f": {names(free)} could cover it" if free else ""
        reasons.append(f"No turn this near is given to anybody else (freeze){could}")
    elif free:
        reasons.append(
            f"{names(free)} could take it by the rules, but it would cost more elsewhere "
            "or the search ended too early"
        )
    return tuple(reasons)


def fits_beside(
    problem: Problem, policy: Policy, seating: Seating, seat: Seat, member: Member
) -> bool:
    """Whether a member could take an empty seat of a rotation, everything else as it stands."""
    return _obstacle(problem, policy, seating, seat, member) is None


def _obstacle(
    problem: Problem, policy: Policy, seating: Seating, seat: Seat, member: Member
) -> tuple[str, str] | None:
    """The first requirement in the member's way: its name in brackets where the rotation and not
    the roster brings it about, and a phrase that goes on from the member's name."""
    phrase = _barred(problem, policy, seat, member)
    if phrase is not None:
        return "", phrase
    beside = dict(seating.on(seat.shift))
    around = Seating({**beside, **dict.fromkeys(seating.turns(member), member)})
    # Rules go through the members of a problem: few of them make a large team quick.
    mentors = (m for m in problem.members if any(goal.mentor == m.id for goal in member.goals))
    few = replace(problem, members=tuple(dict.fromkeys((member, *mentors, *beside.values()))))
    for rule in policy.requirements:
        if isinstance(rule, Fit):
            continue
        found = list(rule.explain(few, around.plus(seat, member)))
        new = set(found).difference(rule.explain(few, around)) if found else ()
        if new:
            said = next(f.sentence for f in found if f in new).removeprefix(f"{member.name} ")
            return f" ({rule.id()})", _IN_SHORT.get(rule.id(), said)
    return None


def _barred(problem: Problem, policy: Policy, seat: Seat, member: Member) -> str | None:
    """Why the member may not hold the seat whatever else they hold, or ``None``."""
    fits = policy.fits
    for rule in fits:
        if (phrase := rule.bars(problem, member, seat)) is not None:
            return phrase
    for rule in fits:
        if (phrase := rule.bars_on(problem, member, seat)) is not None:
            return phrase
    return None


def why_held(problem: Problem, policy: Policy, seating: Seating, seat: Seat) -> str:
    """Why a seat's holder has it, in one sentence.

    Raises:
        ValueError: nobody holds the seat.
    """
    holder = seating[seat]
    if holder is None:
        raise ValueError(f"nobody holds {seat}")
    if problem.pins.get(seat.key) == holder.id:
        return "Pinned by hand."
    phrase = _barred(problem, policy, seat, holder)
    if phrase is not None:
        return (
            f"{holder.name} holds it although the rules speak against it: {holder.name} {phrase}."
        )
    if seat.is_shadow:
        return _why_shadow(holder, seat)
    if learns_to_lead(holder, seat.plan):
        return _why_learner(holder, seat)
    others = list(islice(_others(problem, policy, seat, holder), 3))
    if not others:
        return _why_alone(problem, policy, seat, holder)
    fair = any(isinstance(rule, OrderedPreference) for rule in policy.rules)
    chosen = "it keeps their shares even" if fair else f"the plan gives it to {holder.name}"
    return f"{_pool(problem, holder, others)}; {chosen}."


def _others(problem: Problem, policy: Policy, seat: Seat, holder: Member) -> Iterator[Member]:
    """The members besides the holder whom nothing in the roster keeps from the seat."""
    return (
        member
        for member in able(problem, policy)[seat]
        if member is not holder and not learns_to_lead(member, seat.plan)
    )


def _pool(problem: Problem, holder: Member, others: list[Member]) -> str:
    """Up to three by name, as the roster has them; a longer list would change with every leave."""
    if len(others) > 2:
        return f"{holder.name} and several others may hold it"
    people = [m for m in problem.members if m is holder or m in others]
    return f"{names(people)} may {'both' if len(people) == 2 else 'all'} hold it"


def _why_alone(problem: Problem, policy: Policy, seat: Seat, holder: Member) -> str:
    groups: dict[str, list[Member]] = {}
    for member in problem.members:
        if member is not holder:
            # Whoever is not barred and yet no other is a learner.
            phrase = _barred(problem, policy, seat, member) or f"learns to lead {seat.plan.skill}"
            groups.setdefault(phrase, []).append(member)
    if not groups:
        return f"{holder.name} is the whole team."
    said = [said_of(people, phrase) for phrase, people in _smallest_first(groups)]
    last_phrase, last = _smallest_first(groups)[-1]
    if len(last) > 1 and len(groups) > 1:
        said[-1] = said_of(last, last_phrase).replace(names(last), "the others", 1)
    if len(said) > 3:
        said = [*said[:2], "the others cannot for other reasons"]
    return f"Only {holder.name} may hold it: {joined(said)}."


def _smallest_first(groups: dict[str, list[Member]]) -> list[tuple[str, list[Member]]]:
    return sorted(groups.items(), key=lambda group: len(group[1]))


def _why_shadow(holder: Member, seat: Seat) -> str:
    goal = next((goal for goal in holder.goals if _is_for(goal, holder, seat)), None)
    if goal is None:
        return f"{holder.name} shadows without a training goal of this skill."
    by = f" by {day(goal.by)}" if goal.by else ""
    return f"{holder.name} shadows to learn {goal.skill} (goal: {goal.level.name}{by})."


def _why_learner(holder: Member, seat: Seat) -> str:
    skill = seat.plan.skill
    goal = next(g for g in holder.goals if g.skill == skill and g.level >= Level.leads)
    by = f" by {day(goal.by)}" if goal.by else ""
    return f"{holder.name} leads it to learn {skill} (goal: {goal.level.name}{by})."


def _is_for(goal: Goal, holder: Member, seat: Seat) -> bool:
    """Whether shadowing on the seat brings the holder nearer to the goal in time."""
    in_time = goal.by is None or seat.span.last <= goal.by
    return goal.skill == seat.plan.skill and in_time and holder.level(goal.skill) < goal.level
