"""roster.yaml: the people of a team, what they can do and when they are there."""

from datetime import date
from typing import Annotated, Self
from uuid import UUID

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from scheduler.domain.people import Directed, Goal, Level, Member
from scheduler.domain.span import DAY
from scheduler.domain.time_away import CalendarSource, Counts
from scheduler.files import public_holidays
from scheduler.files.away_shape import AwayEntry, AwayShape, CalendarShape, CountsShape
from scheduler.files.chat_words import SlackShape
from scheduler.files.located import Data
from scheduler.files.shape import AtKey
from scheduler.files.words import (
    LEVELS,
    Day,
    Days,
    DaysOrDay,
    Entries,
    Id,
    LevelName,
    Line,
    Region,
    Shape,
    Switch,
    Weekday,
    WishName,
    Work,
    WorkingHours,
    Zone,
    between,
    standing,
    whole,
)

STAND_INS: dict[str, Data] = {
    "team": "team",
    "installation": "00000000-0000-0000-0000-000000000000",
    "members": [],
    "budget": 168,
    "level": "learning",
    "takes": 1,
}
"""For required keys that are wrong, so that the rest can be looked at."""


class DirectedShape(Days):
    """Work that the team's own stakeholders direct, and what it takes from the budget."""

    takes: Annotated[
        Work, between(1, 168 * 60, "a week has 168 hours; write from 1m to 168h a week")
    ] = Field(description="hours a week")


class GoalShape(Shape):
    """A level that the member wants to reach in a skill."""

    skill: Id
    level: LevelName
    by: Day | None = None
    value: Annotated[int, whole(1, 1000)] = 1
    mentor: Id | None = Field(
        None, description="who accompanies the first turns in the lead without a seat of their own"
    )


def _all_led(value: object) -> object:
    """Read a list of skills as skills that the member leads."""
    if not isinstance(value, list):
        return value
    for index, skill in standing(value):
        if isinstance(skill, list | dict) or skill is None:
            raise AtKey(f"write the skill alone, or skill: level ({', '.join(LEVELS)})", index)
    return {str(skill): "leads" for _, skill in standing(value)}


Skills = Annotated[
    dict[Id, LevelName],
    BeforeValidator(_all_led, json_schema_input_type=list[Id] | dict[Id, LevelName]),
]
HolidayCalendar = Annotated[
    str,
    Field(pattern=r"^([A-Z]{2,3}(-[A-Z0-9]{1,6})?)?$", examples=["DE", "US-CA"]),
    AfterValidator(public_holidays.known),
]
Permissions = Entries[Id]


class MemberShape(Shape):
    """A person of the team."""

    id: Id
    name: Line | None = Field(None, description="as it is shown; the id where it is absent")
    email: Annotated[str, Field(pattern=r"^[^@\s]+@[^@\s]+$", examples=["ana@example.org"])] = ""
    slack: Line = ""
    github: Line = ""
    timezone: Zone | None = Field(None, description="the team's where it is absent")
    hours: WorkingHours | None = Field(None, description="local; absent = any time is fine")
    days: Annotated[Entries[Weekday], Field(min_length=1)] | None = None
    prefers: Entries[Weekday] = Field(
        [], description="weekdays for single days of duty, such as meetings"
    )
    holidays: HolidayCalendar | None = None
    extra_holidays: Entries[DaysOrDay] = Field([], description="beside those of the team")
    region: Region | None = Field(None, description="default: the first part of the time zone")
    employer: Line = ""
    budget: Annotated[
        Work, between(0, 168 * 60, "a week has 168 hours; write a smaller budget")
    ] = Field(description="hours a week for foundational work")
    joined: Day | None = None
    left: Day | None = Field(None, description="the last day there")
    paused: Entries[DaysOrDay] = Field([])
    away: Entries[AwayEntry] = Field([])
    directed: Entries[DirectedShape] = Field([], description="lowers the budget while it lasts")
    skills: Skills = Field({})
    permissions: Permissions = Field([])
    goals: Entries[GoalShape] = Field([])
    mentees: Annotated[int, whole(0, 1000)] | None = Field(
        None, description="people to accompany in a horizon at most; absent = any number"
    )
    wishes: dict[Id, WishName] = Field({})
    most: dict[Id, Annotated[int, whole(0, 1000)]] = Field(
        {}, description="turns of a duty in a horizon at most"
    )
    feed_generation: Annotated[int, whole(0, 1_000_000)] = 0
    lead: Switch = Field(False, description="may decide who serves, and knowingly break a rule")

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.joined and self.left and self.left < self.joined:
            raise AtKey(f"left ({self.left}) is before joined ({self.joined})", "left")
        return self


class RosterShape(Shape):
    """Who is in the team."""

    team: Line
    installation: UUID = Field(description="made by rota init; calendars know this team by it")
    timezone: Zone | None = Field(None, description="of the team and its meetings, default UTC")
    holidays: HolidayCalendar = ""
    extra_holidays: Entries[DaysOrDay] = Field(
        [], description="days that weigh like public holidays, for everybody"
    )
    counts_as_away: CountsShape | None = Field(
        None, description="for calendars that choose nothing themselves"
    )
    not_together: Entries[Annotated[Entries[Id], Field(min_length=2)]] = Field(
        [], description="groups of members of whom no two ever share a shift"
    )
    slack: SlackShape | None = None
    feed_generation: Annotated[int, whole(0, 1_000_000)] = Field(
        0, description="raised by one, every secret calendar address becomes another"
    )
    members: Entries[MemberShape]

    @property
    def zone(self) -> str:
        """The team's time zone, by name."""
        return self.timezone.key if self.timezone else "UTC"


def apart_of(roster: RosterShape) -> tuple[tuple[str, ...], ...]:
    """The groups of members, by id, of whom no two share a shift."""
    groups = (group for _, group in standing(roster.not_together))
    return tuple(tuple(member for _, member in standing(group)) for group in groups)


def members_of(roster: RosterShape) -> tuple[Member, ...]:
    """The people as the domain knows them, in the order of the file."""
    return tuple(_member(shape, roster) for _, shape in standing(roster.members))


def calendars_of(roster: RosterShape) -> dict[tuple[int, int], CalendarSource]:
    """The calendars of time away, by the place of the member and of the entry."""
    default = roster.counts_as_away.counts if roster.counts_as_away else Counts()
    return {
        (index, place): entry.source(member.id, _zone(member, roster), member.hours, default)
        for index, member in standing(roster.members)
        for place, entry in standing(member.away)
        if isinstance(entry, CalendarShape)
    }


def leads_of(roster: RosterShape) -> tuple[str, ...]:
    """The ids of the members who may decide for the team."""
    return tuple(shape.id for _, shape in standing(roster.members) if shape.lead)


def _member(shape: MemberShape, roster: RosterShape) -> Member:
    zone = _zone(shape, roster)
    return Member(
        id=shape.id,
        name=shape.name or shape.id,
        timezone=zone,
        budget=shape.budget,
        hours=shape.hours,
        days=_weekdays(shape),
        prefers=frozenset(weekday for _, weekday in standing(shape.prefers)),
        holidays=roster.holidays if shape.holidays is None else shape.holidays,
        public_holidays=_extra_holidays(shape, roster),
        region=region_of(zone) if shape.region is None else shape.region,
        employer=shape.employer,
        email=shape.email,
        slack=shape.slack,
        github=shape.github,
        joined=shape.joined,
        left=shape.left + DAY if shape.left else None,
        paused=tuple(days.span for _, days in standing(shape.paused)),
        away=tuple(days.span for _, days in standing(shape.away) if isinstance(days, AwayShape)),
        directed=tuple(Directed(work.span, work.takes) for _, work in standing(shape.directed)),
        skills=_skills(shape),
        permissions=frozenset(permission for _, permission in standing(shape.permissions)),
        goals=tuple(_goal(goal) for _, goal in standing(shape.goals)),
        mentees=shape.mentees,
        wishes=dict(shape.wishes),
        most=dict(shape.most),
        feed_generation=shape.feed_generation,
    )


def _zone(shape: MemberShape, roster: RosterShape) -> str:
    return shape.timezone.key if shape.timezone else roster.zone


def _weekdays(shape: MemberShape) -> frozenset[int]:
    if shape.days is None:
        return frozenset(range(5))
    return frozenset(weekday for _, weekday in standing(shape.days))


def _extra_holidays(shape: MemberShape, roster: RosterShape) -> frozenset[date]:
    """Days that no calendar of public holidays knows: those of the team, and the member's own."""
    entries = (*standing(roster.extra_holidays), *standing(shape.extra_holidays))
    return frozenset(day for _, days in entries for day in days.span)


def _skills(shape: MemberShape) -> dict[str, Level]:
    """The stated levels; whoever has a goal is learning at least."""
    skills = dict(shape.skills)
    for _, goal in standing(shape.goals):
        skills.setdefault(goal.skill, Level.learning)
    return skills


def _goal(shape: GoalShape) -> Goal:
    return Goal(shape.skill, shape.level, shape.by, shape.value, shape.mentor or "")


def region_of(zone: str) -> str:
    """The part of the world that a time zone names, such as ``europe``; "" for UTC."""
    area, _, place = zone.partition("/")
    return area.lower() if place and area != "Etc" else ""
