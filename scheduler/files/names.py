"""Names that must be unique, and names that must name something in another file."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping

from scheduler.domain.duties import FOUNDATIONAL_KINDS
from scheduler.errors import Mistake, Severity
from scheduler.files.duties_shape import DutiesShape, DutyShape, calendar_of
from scheduler.files.located import Loc
from scheduler.files.milestones import ByMilestones, names_in
from scheduler.files.parts import Part
from scheduler.files.roster_shape import MemberShape, RosterShape
from scheduler.files.seats_shape import SeatShape
from scheduler.files.suggest import did_you_mean, quoted
from scheduler.files.words import standing

_CONTACTS = ("email", "slack", "github")


def check_names(roster: Part[RosterShape], duties: Part[DutiesShape]) -> Iterator[Mistake]:
    """Everything that is wrong or doubtful about the names of people, duties and skills."""
    yield from _twice(roster, "members", "the member")
    yield from _twice(duties, "upstreams", "the upstream")
    yield from _twice(duties, "duties", "the duty")
    yield from _same_person(roster)
    yield from _upstreams(duties)
    yield from _kinds(duties)
    yield from _milestones(duties)
    yield from _not_together(roster)
    if roster.located and duties.located:
        yield from _about_duties(roster, duties)
        yield from _vocabularies(roster, duties)


# -------------------------------------------------------------------------------------- uniqueness


def _twice(part: Part[RosterShape] | Part[DutiesShape], key: str, what: str) -> Iterator[Mistake]:
    first: dict[str, int] = {}
    for index, name in part.ids(key):
        loc = (key, index, "id")
        if name.casefold() in first:
            known = first[name.casefold()]
            yield part.mistake(
                loc,
                f"{what} {quoted(name)} is here twice, in line {known} and in line"
                f" {part.line(loc)}; delete one, or give one another id",
            )
        first.setdefault(name.casefold(), part.line(loc))


def _same_person(roster: Part[RosterShape]) -> Iterator[Mistake]:
    for key in _CONTACTS:
        yield from _shared(roster, key)
    seen: dict[str, MemberShape] = {}
    for index, member in _members(roster):
        name = member.name or member.id
        other = seen.setdefault(name.casefold(), member)
        if other.id.casefold() != member.id.casefold():
            sentence = f"{quoted(name)} is also the name of {other.id}; is this one person?"
            yield roster.mistake(("members", index, "name"), sentence, "warning")


def _shared(roster: Part[RosterShape], key: str) -> Iterator[Mistake]:
    seen: dict[str, str] = {}
    for index, member in _members(roster):
        value = str(getattr(member, key))
        other = seen.setdefault(value.casefold(), member.id) if value else member.id
        if other.casefold() != member.id.casefold():
            sentence = f"{quoted(value)} is of {other} too; correct one, or delete the double entry"
            yield roster.mistake(("members", index, key), sentence)


# -------------------------------------------------------------------------------------- references


def _upstreams(duties: Part[DutiesShape]) -> Iterator[Mistake]:
    known = [name for _, name in duties.ids("upstreams")]
    for index, duty in _duties(duties):
        if duty.upstream is not None and duty.upstream not in known:
            yield duties.mistake(
                ("duties", index, "upstream"), _unknown("upstream", duty.upstream, known, "duties")
            )


def _about_duties(roster: Part[RosterShape], duties: Part[DutiesShape]) -> Iterator[Mistake]:
    known = [name for _, name in duties.ids("duties")]
    for index, member in _members(roster):
        said = [("wishes", duty) for duty in member.wishes]
        for key, duty in (*said, *(("most", duty) for duty in member.most)):
            if duty not in known:
                loc = ("members", index, key, duty)
                yield roster.key_mistake(loc, _unknown("duty", duty, known, "duties"))


def _milestones(duties: Part[DutiesShape]) -> Iterator[Mistake]:
    calendar = calendar_of(duties.value) if duties.value else {}
    if duties.salvaged.damaged("upstreams"):
        return
    for index, duty in _duties(duties):
        if isinstance(duty.cadence, ByMilestones):
            upstream = duty.upstream or ""
            for place, name in duty.cadence.unknown(upstream, calendar):
                what, known = "milestone", names_in(upstream, calendar)
                if place is None:
                    what, known = "upstream", list(calendar)
                loc: Loc = ("duties", index, "cadence", "milestones")
                loc = loc if place is None else (*loc, place)
                yield duties.mistake(loc, _unknown(what, name, known, "duties"))


def _not_together(roster: Part[RosterShape]) -> Iterator[Mistake]:
    known = [name for _, name in roster.ids("members")]
    for index, group in standing(roster.value.not_together) if roster.value else []:
        for place, member in standing(group):
            loc = ("not_together", index, place)
            if member not in known:
                yield roster.mistake(loc, _unknown("member", member, known, "roster"))


def _unknown(what: str, name: str, known: Collection[str], file: str) -> str:
    remedy = did_you_mean(name, known) or f"; add it to {file}.yaml or delete it here"
    return f"there is no {what} {quoted(name)}{remedy}"


def _kinds(duties: Part[DutiesShape]) -> Iterator[Mistake]:
    for index, duty in _duties(duties):
        if duty.kind not in FOUNDATIONAL_KINDS:
            remedy = did_you_mean(duty.kind, FOUNDATIONAL_KINDS) or (
                f"; foundational are {', '.join(FOUNDATIONAL_KINDS)}; other work lowers budgets"
            )
            sentence = f"{quoted(duty.kind)} is no kind of foundational work{remedy}"
            yield duties.mistake(("duties", index, "kind"), sentence, "warning")


# --------------------------------------------------------------------- skills and permissions


def _vocabularies(roster: Part[RosterShape], duties: Part[DutiesShape]) -> Iterator[Mistake]:
    """Skills and permissions are declared by use: here by people, there by seats."""
    if roster.value is None or duties.value is None:
        return
    skills = _skill_places(duties)
    had = Counter(skill for _, skill in (*_skills_had(roster), *_goal_skills(roster)))
    for loc, skill in _skills_had(roster):
        if skill not in skills and not _fault_of_duty(skill, skills, had):
            sentence = f"no duty uses the skill {quoted(skill)}"
            yield roster.key_mistake(loc, *_unused(skill, skills, sentence))
    for loc, skill in _goal_skills(roster):
        if skill not in skills and not _fault_of_duty(skill, skills, had):
            sentence = f"no duty needs the skill {quoted(skill)}, so nothing leads to this goal"
            yield roster.mistake(loc, *_unused(skill, skills, sentence))
    for skill, loc in skills.items():
        right = {other for other in had if other in skills or _fault_of_duty(other, skills, had)}
        yield from _misspelt(duties, loc, "skill", skill, right)
    yield from _permissions(roster, duties)


def _fault_of_duty(skill: str, asked: Collection[str], had: Mapping[str, int]) -> bool:
    """Whether a skill is right, as several people have it, and the duty's slip is nobody's."""
    return had[skill] > 1 and (slip := _slip(skill, asked)) is not None and slip not in had


def _unused(name: str, known: Collection[str], sentence: str) -> tuple[str, Severity]:
    slip = _slip(name, known)
    if slip is not None:
        return f"{sentence}; did you mean {quoted(slip)}?", "error"
    return f"{sentence}{did_you_mean(name, known)}", "warning"


def _permissions(roster: Part[RosterShape], duties: Part[DutiesShape]) -> Iterator[Mistake]:
    asked = {
        seat.permission: ("duties", index, "seats", place, "permission")
        for index, place, seat in _seats(duties)
        if seat.permission
    }
    given = {
        permission: ("members", index, "permissions", place)
        for index, member in _members(roster)
        for place, permission in standing(member.permissions)
    }
    for permission, loc in asked.items():
        yield from _misspelt(duties, loc, "permission", permission, given.keys() & asked.keys())
    for permission, where in given.items():
        if permission not in asked:
            slip = _slip(permission, asked)
            if slip is not None:
                sentence = f"no duty asks for the permission {quoted(permission)}"
                yield roster.mistake(where, f"{sentence}; did you mean {quoted(slip)}?")


def _misspelt(
    duties: Part[DutiesShape], loc: Loc, what: str, name: str, known: Collection[str]
) -> Iterator[Mistake]:
    """What nobody has may be rare, but is a slip when somebody has nearly the same."""
    if name not in known and (slip := _slip(name, known)) is not None:
        sentence = f"nobody has the {what} {quoted(name)}; did you mean {quoted(slip)}?"
        yield duties.mistake(loc, sentence)


def _slip(name: str, known: Iterable[str]) -> str | None:
    """The known name that differs by one slip of the finger, digits apart (tier-1, tier-2)."""
    if len(name) < 4:
        return None
    return next((other for other in sorted(known) if _one_slip(name, other)), None)


def _one_slip(one: str, other: str) -> bool:
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    end = 0
    while end < min(len(one), len(other)) - start and one[-1 - end] == other[-1 - end]:
        end += 1
    left, right = one[start : len(one) - end], other[start : len(other) - end]
    if any(character.isdigit() for character in left + right):
        return False
    swapped = len(left) == len(right) == 2 and left == right[::-1]
    return swapped or max(len(left), len(right)) == 1


# ------------------------------------------------------------------------------------- where what


def _members(roster: Part[RosterShape]) -> list[tuple[int, MemberShape]]:
    return standing(roster.value.members) if roster.value else []


def _duties(duties: Part[DutiesShape]) -> Iterator[tuple[int, DutyShape]]:
    if duties.value:
        yield from standing(duties.value.duties)


def _seats(duties: Part[DutiesShape]) -> Iterator[tuple[int, int, SeatShape]]:
    for index, duty in _duties(duties):
        for place, seat in standing(duty.seats):
            yield index, place, seat


def _skill_places(duties: Part[DutiesShape]) -> dict[str, Loc]:
    places: dict[str, Loc] = {}
    for index, duty in _duties(duties):
        if duty.skill:
            places.setdefault(duty.skill, ("duties", index, "skill"))
    for index, place, seat in _seats(duties):
        if seat.skill:
            places.setdefault(seat.skill, ("duties", index, "seats", place, "skill"))
    return places


def _skills_had(roster: Part[RosterShape]) -> Iterator[tuple[Loc, str]]:
    for index, member in _members(roster):
        for skill in member.skills:
            yield ("members", index, "skills", skill), skill


def _goal_skills(roster: Part[RosterShape]) -> Iterator[tuple[Loc, str]]:
    for index, member in _members(roster):
        for place, goal in standing(member.goals):
            yield ("members", index, "goals", place, "skill"), goal.skill
