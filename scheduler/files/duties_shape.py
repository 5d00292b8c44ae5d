"""duties.yaml: the work that a team does, for which upstreams, and the seats that it offers."""

from collections.abc import Iterator
from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from scheduler.domain.cadence import Cadence
from scheduler.domain.duties import (
    FOUNDATIONAL_KINDS,
    Clock,
    Duty,
    Handoff,
    Role,
    SeatPlan,
    Upstream,
)
from scheduler.domain.people import Level
from scheduler.domain.reminding import DAYS_AHEAD
from scheduler.files.cadences import CadenceShape
from scheduler.files.chat_words import DaysAhead, Handles
from scheduler.files.efforts import Effort, EffortEntry
from scheduler.files.located import Data
from scheduler.files.milestones import ByMilestones, Calendar, MilestoneShape
from scheduler.files.seats_shape import SeatEntry, SeatShape
from scheduler.files.shape import AtKey
from scheduler.files.words import (
    ClockTime,
    Day,
    Entries,
    Id,
    Length,
    Line,
    Percent,
    Shape,
    Switch,
    Term,
    Weekday,
    Work,
    Zone,
    between,
    standing,
    whole,
)

STAND_INS: dict[str, Data] = {
    "kind": FOUNDATIONAL_KINDS[0],
    "why": "it is useful",
    "cadence": "weekly",
    "every": "week",
    "dates": ["2027-01-04"],
    "once": "2027-01-04",
    "rrule": "FREQ=DAILY",
    "effort": "1m",
    "duties": [],
    "lasts": "1m",
    "at": "12:00",
}
"""For required keys that are wrong, so that the rest can be looked at."""

_VALUE_BY_PRIORITY = {1: 16, 2: 8, 3: 4, 4: 2, 5: 1}
_DEFAULT_SEATS: list[Any] = [SeatShape(seat="lead")]


class UpstreamShape(Shape):
    """A community that duties serve."""

    id: Id
    name: Line | None = None
    share: Percent | None = Field(None, description="of the effort, by the team's strategy")
    milestones: Entries[MilestoneShape] = Field([], description="such as its releases")
    issues: Annotated[
        str,
        Field(
            pattern=r"^https?://\S+$",
            description="where its work is discussed; shown to the community",
            examples=["https://example.org/hub/issues"],
        ),
    ] = ""


class HandoffShape(Shape):
    """When one holder hands over to the next."""

    on: Weekday
    at: ClockTime | None = None


class DutyShape(Shape):
    """A piece of foundational work."""

    id: Id
    name: Line | None = Field(None, description="as it is shown; the id where it is absent")
    upstream: Id | None = Field(None, description="absent = it serves all of them")
    kind: Line = Field(examples=list(FOUNDATIONAL_KINDS))
    why: Line = Field(description="the goal that the duty serves")
    priority: Annotated[int, whole(1, 5)] = Field(3, description="1 is the most useful")
    value: Annotated[int, whole(0, 10_000)] | None = Field(
        None, description="what one filled optional seat is worth; default 16, 8, 4, 2, 1"
    )
    cadence: CadenceShape
    from_: Day | None = Field(None, alias="from", description="the first day of its first shift")
    until: Day | None = Field(None, description="the last day on which a shift may start")
    term: Annotated[Term, between(1, 366, "a shift lasts from one day to a year")] | None = Field(
        None, description="length of a shift; default: until the next one, with at one day"
    )
    at: ClockTime | None = Field(
        None, description="makes it a duty at a time of day, on the first day of each shift"
    )
    lasts: (
        Annotated[
            Work,
            between(
                1,
                24 * 60,
                "at a time of day, a duty lasts up to 24h; one that lasts for days has term, and"
                " neither at nor lasts",
            ),
        ]
        | None
    ) = None
    timezone: Zone | None = Field(None, description="of the time of day; default: the team's")
    handoff: HandoffShape | None = None
    effort: EffortEntry | None = Field(
        None, description="of each seat: in a shift (4h), or for as long as it lasts (1h/day)"
    )
    exclusive: Switch = False
    together: Switch = False
    differ: Entries[Literal["employer", "region"]] = Field(
        [], description="what the people of a shift must differ in"
    )
    rest: Annotated[Length, between(0, 3660, "a rest lasts from 0d to ten years")] | None = None
    most: Annotated[int, whole(1, 1000)] | None = Field(
        None, description="turns of one person in a horizon at most; absent = any number"
    )
    skill: Id | None = None
    checklist: Annotated[
        str, Field(pattern=r"^https?://\S+$", examples=["https://example.org/checklist"])
    ] = ""
    channel: Line = ""
    group: Handles = Field([], description="user groups at Slack of whoever is on duty")
    remind: Entries[DaysAhead] = Field(
        [*DAYS_AHEAD], description="days before a turn on which its holder is reminded; [] = none"
    )
    morning: Switch = Field(True, description="reminds once more on the first morning of a turn")
    seats: Annotated[Entries[SeatEntry], Field(min_length=1)] = _DEFAULT_SEATS

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.from_ and self.until and self.until < self.from_:
            raise AtKey(f"until ({self.until}) is before from ({self.from_}); swap them", "until")
        self._check_clock()
        seats = [(index, seat) for index, seat in standing(self.seats)]
        if self.effort is None and any(seat.effort is None for _, seat in seats):
            raise AtKey('"effort" is missing: of each seat, a shift, such as effort: 4h', "effort")
        if seats and all(seat.plays is Role.shadow for _, seat in seats):
            raise AtKey("a shadow needs somebody to learn from; add a seat such as lead", "seats")
        self._check_names(seats)
        for index, seat in seats:
            if seat.level is not None and not (seat.skill or self.skill):
                sentence = '"level" is of a skill; name the skill too, or delete the level'
                raise AtKey(sentence, "seats", index, "level")
        return self

    def _check_clock(self) -> None:
        if self.at is not None and self.lasts is None:
            raise AtKey('"lasts" is missing: with "at", say how long it lasts, such as 1h', "lasts")
        if self.at is None and self.lasts is not None:
            raise AtKey('"lasts" needs "at", the time of day when it starts', "lasts")

    def _check_names(self, seats: list[tuple[int, SeatShape]]) -> None:
        seen: set[str] = set()
        for index, seat in seats:
            for name in seat.names:
                if name.casefold() in seen:
                    sentence = f'the seat "{name}" is here twice; write count: 2, or another name'
                    raise AtKey(sentence, "seats", index, "seat")
                seen.add(name.casefold())


class DutiesShape(Shape):
    """What there is to do, and for whom."""

    upstreams: Entries[UpstreamShape] = Field([])
    kinds: dict[Id, Percent] = Field(
        {}, description="of the effort, by the team's strategy, for a kind of work"
    )
    duties: Entries[DutyShape]


def upstreams_of(shape: DutiesShape) -> tuple[Upstream, ...]:
    """The upstreams as the domain knows them, in the order of the file."""
    return tuple(
        Upstream(entry.id, entry.name or entry.id, entry.share)
        for _, entry in standing(shape.upstreams)
    )


def issues_of(shape: DutiesShape) -> dict[str, str]:
    """Where the work of an upstream is discussed, by its id."""
    return {entry.id: entry.issues for _, entry in standing(shape.upstreams) if entry.issues}


def duties_of(shape: DutiesShape, zone: str) -> tuple[Duty, ...]:
    """The duties as the domain knows them; ``zone`` is the team's time zone."""
    calendar = calendar_of(shape)
    return tuple(_duty(entry, zone, calendar) for _, entry in standing(shape.duties))


def calendar_of(shape: DutiesShape) -> Calendar:
    """The milestones of every upstream."""
    return {
        upstream.id: [(known.name, known.date) for _, known in standing(upstream.milestones)]
        for _, upstream in standing(shape.upstreams)
    }


def _duty(shape: DutyShape, zone: str, calendar: Calendar) -> Duty:
    handoff = Handoff(shape.handoff.on, shape.handoff.at) if shape.handoff else None
    return Duty(
        id=shape.id,
        name=shape.name or shape.id,
        kind=shape.kind,
        why=shape.why,
        cadence=_cadence(shape, calendar),
        seats=tuple(_seats(shape)),
        upstream=shape.upstream or "",
        priority=shape.priority,
        value=_VALUE_BY_PRIORITY[shape.priority] if shape.value is None else shape.value,
        term=shape.term,
        clock=_clock(shape, zone),
        handoff=handoff,
        exclusive=shape.exclusive,
        together=shape.together,
        differ=tuple(dict.fromkeys(what for _, what in standing(shape.differ))),
        rest=shape.rest,
        most=shape.most,
        checklist=shape.checklist,
        channel=shape.channel,
        from_day=shape.from_,
        until_day=shape.until,
    )


def _cadence(shape: DutyShape, calendar: Calendar) -> Cadence:
    if isinstance(shape.cadence, ByMilestones):
        return shape.cadence.cadence(shape.upstream or "", calendar)
    return shape.cadence.cadence(shape.handoff.on if shape.handoff else None)


def _clock(shape: DutyShape, zone: str) -> Clock | None:
    if shape.at is None or shape.lasts is None:
        return None
    return Clock(shape.at, shape.timezone.key if shape.timezone else zone, shape.lasts)


def _seats(shape: DutyShape) -> Iterator[SeatPlan]:
    for _, seat in standing(shape.seats):
        skill = seat.skill or shape.skill or ""
        least, most = seat.count
        effort = seat.effort or shape.effort or Effort()
        yield SeatPlan(
            name=seat.seat,
            role=seat.plays,
            level=(seat.level or seat.usual_level) if skill else Level.none,
            skill=skill,
            permission=seat.permission or "",
            region=seat.region or "",
            least=least,
            most=most,
            must=seat.must,
            effort=effort.minutes,
            offset=seat.offset,
            weekly=effort.weekly,
        )
