"""Mentors whom goals name, and skills that have a path of their own: whether they are there."""

from collections.abc import Iterator

from scheduler.domain.people import Level
from scheduler.errors import Mistake
from scheduler.files.duties_shape import DutiesShape
from scheduler.files.parts import Part
from scheduler.files.policy_shape import PolicyShape
from scheduler.files.roster_shape import RosterShape
from scheduler.files.suggest import did_you_mean, quoted
from scheduler.files.words import standing


def without_learners(roster: Part[RosterShape]) -> tuple[str, ...]:
    """The rules about learning to lead that find nobody who does in this file."""
    members = standing(roster.value.members) if roster.value else []
    levels = (goal.level for _, member in members for _, goal in standing(member.goals))
    return () if any(level >= Level.leads for level in levels) else ("bus_factor",)


def check_training(
    roster: Part[RosterShape], duties: Part[DutiesShape], policy: Part[PolicyShape]
) -> Iterator[Mistake]:
    """Mentors and skills that are named and do not exist, and mentors who cannot be one."""
    if roster.located and roster.value:
        yield from _mentors(roster, roster.value)
    if duties.located and duties.value and policy.value:
        yield from _skills(duties.value, policy, policy.value)


def _mentors(roster: Part[RosterShape], team: RosterShape) -> Iterator[Mistake]:
    known = {name: None for _, name in roster.ids("members")}
    levels = {member.id: member.skills for _, member in standing(team.members)}
    for index, member in standing(team.members):
        for place, goal in standing(member.goals):
            loc = ("members", index, "goals", place, "mentor")
            if goal.mentor is None:
                continue
            if goal.mentor == member.id:
                yield roster.mistake(loc, f"{member.id} cannot be their own mentor; name another")
            elif goal.mentor not in known:
                remedy = did_you_mean(goal.mentor, known) or "; name one of the team"
                yield roster.mistake(loc, f"there is no member {quoted(goal.mentor)}{remedy}")
            elif levels.get(goal.mentor, {}).get(goal.skill, Level.none) < Level.leads:
                sentence = f"{goal.mentor} does not lead {goal.skill}, so accompanies nobody in it"
                yield roster.mistake(loc, sentence, "warning")


def _skills(work: DutiesShape, policy: Part[PolicyShape], shape: PolicyShape) -> Iterator[Mistake]:
    known = {
        skill
        for _, duty in standing(work.duties)
        for skill in (duty.skill, *(seat.skill for _, seat in standing(duty.seats)))
        if skill
    }
    for skill in shape.training.skills:
        if skill not in known:
            remedy = did_you_mean(skill, sorted(known)) or "; delete it, or let a seat ask for it"
            yield policy.key_mistake(
                ("training", "skills", skill), f"no duty uses the skill {quoted(skill)}{remedy}"
            )
