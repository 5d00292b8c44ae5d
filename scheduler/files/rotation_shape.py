"""rotations/<name>.yaml: who holds which seat, what stayed empty, and at which price."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from scheduler.domain.rotation import Ledger, Placed, Price, Rotation, Share, TierResult
from scheduler.domain.shifts import SeatKey
from scheduler.domain.span import DAY, Span
from scheduler.domain.training import BusFactor, Progress, Turns
from scheduler.files.changes_shape import ChangeShape, check_changes, entry_of
from scheduler.files.shape import AtKey
from scheduler.files.suggest import quoted
from scheduler.files.words import Day, Id, Instant, LevelName, Line, Shape, Switch, whole

_MOST = 10**15


def _known(schema: object) -> object:
    if schema != 1:
        raise ValueError(f"this file is of schema {schema}, and this rota knows schema 1 only")
    return schema


Whole = Annotated[int, whole(-_MOST, _MOST)]
Minutes = Annotated[int, whole(0, _MOST)]
Number = Annotated[int, whole(0, _MOST)]


def _price(price: int | list[int]) -> Price:
    return tuple(price) if isinstance(price, list) else price


class TierShape(Shape):
    """What a tier costs, and the bound below which no rotation can go."""

    name: Id
    price: Whole | list[Whole]
    bound: Whole | list[Whole]
    proved: Switch
    given: Whole = 0


class ShareShape(Shape):
    """A member's line of the fairness table, in minutes."""

    member: Id
    available: Whole
    load: Whole
    fair: Whole
    entitlement: Whole
    carried: Whole
    ledgers: list[tuple[str, Whole, Whole]] = Field(
        [], description="load and fair share of each kind of work, and of burdensome time"
    )


class ProgressShape(Shape):
    """How far a member is on the way to a goal: the turns done at the end of this rotation, and
    those that the goal takes."""

    member: Id
    skill: Id
    level: LevelName
    by: Day | None = None
    shadow: Number
    shadow_turns: Number
    lead: Number
    lead_turns: Number
    leads_from: Day | None = Field(None, description="the first day in the lead, with a mentor")
    reached: Switch = False


class BusFactorShape(Shape):
    """How many people can lead a duty: now, and after this rotation."""

    duty: Id
    now: Number
    after: Number


class PlacedShape(Shape):
    """A seat of a shift. Write a member, or pinned: true, to decide it by hand."""

    seat: Id
    role: Literal["lead", "secondary", "shadow"]
    must: Switch = False
    first: Day | None = None
    last: Day | None = None
    start: Instant | None = None
    end: Instant | None = None
    effort: Minutes
    member: Id | None = None
    why: str = ""
    empty: list[str] = Field([], description="why nobody holds it")
    price: str = Field("", description="what it would take to fit it in")
    pinned: Switch = False
    revision: Minutes = 0
    revised: Instant | None = None
    waives: list[Id] = Field([], description="requirements that a lead broke knowingly")


class ShiftShape(Shape):
    """A dated span of a duty with its seats."""

    id: Annotated[str, Field(min_length=1, max_length=200)]
    duty: Id
    upstream: Id | None = None
    first: Day
    last: Day
    start: Instant | None = None
    end: Instant | None = None
    seats: Annotated[list[PlacedShape], Field(min_length=1)]

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.last < self.first:
            raise AtKey(f"last ({self.last}) is before first ({self.first}); swap them", "last")
        if self.start and self.end and self.end <= self.start:
            raise AtKey("end is not after start; correct one of them", "end")
        if (self.start is None) != (self.end is None):
            raise AtKey("start and end belong together; write both", "start")
        seen: set[str] = set()
        for index, seat in enumerate(self.seats):
            if seat.seat in seen:
                sentence = f"the seat {quoted(seat.seat)} is in this shift twice; delete one"
                raise AtKey(sentence, "seats", index, "seat")
            seen.add(seat.seat)
            if (seat.last or self.last) < (seat.first or self.first):
                raise AtKey("last is before first; swap them", "seats", index, "last")
        return self


class RotationShape(Shape):
    """A rotation, as rota writes it."""

    schema_: Annotated[Literal[1], BeforeValidator(_known), Field(alias="schema")]
    team: Line
    name: Id
    first: Day
    last: Day
    published: Instant | None = Field(None, description="absent in a draft")
    inputs: str = Field(description="a fingerprint of the roster that it was planned from")
    version: str
    seed: Whole
    interrupted: Switch = False
    notes: list[str] = Field([])
    tiers: list[TierShape]
    shares: list[ShareShape]
    training: list[ProgressShape] = Field([])
    bus_factor: list[BusFactorShape] = Field([])
    shifts: list[ShiftShape]
    dropped: list[ShiftShape] = Field(
        [], description="seats that were published and that a replan left out"
    )
    changes: list[ChangeShape] = Field([], description="what happened since publication")

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.last < self.first:
            raise AtKey(f"last ({self.last}) is before first ({self.first}); swap them", "last")
        seen: set[str] = set()
        for index, shift in enumerate(self.shifts):
            if shift.id in seen:
                sentence = f"the shift {quoted(shift.id)} is here twice; delete one"
                raise AtKey(sentence, "shifts", index, "id")
            seen.add(shift.id)
        holders = {(s.id, seat.seat): seat.member or "" for s in self.shifts for seat in s.seats}
        holders |= _dropped(self.dropped, holders)
        check_changes(self.changes, holders)
        return self


def _dropped(
    shifts: Iterable[ShiftShape], holders: Mapping[SeatKey, str]
) -> Iterator[tuple[SeatKey, str]]:
    """The dropped seats, which nobody holds and which stand nowhere else."""
    seen = set(holders)
    for index, shift in enumerate(shifts):
        for number, seat in enumerate(shift.seats):
            at = ("dropped", index, "seats", number)
            if (shift.id, seat.seat) in seen:
                raise AtKey(f"{shift.id}/{seat.seat} is here twice; delete one", *at, "seat")
            if seat.member:
                raise AtKey("nobody holds a dropped seat; delete the member", *at, "member")
            seen.add((shift.id, seat.seat))
            yield (shift.id, seat.seat), ""


def rotation_of(shape: RotationShape) -> Rotation:
    """The rotation as the domain knows it."""
    return Rotation(
        team=shape.team,
        name=shape.name,
        horizon=_span(shape.first, shape.last),
        placed=_seats(shape.shifts),
        dropped=_seats(shape.dropped),
        tiers=tuple(
            TierResult(tier.name, _price(tier.price), _price(tier.bound), tier.proved, tier.given)
            for tier in shape.tiers
        ),
        shares=tuple(_share(share) for share in shape.shares),
        inputs=shape.inputs,
        version=shape.version,
        seed=shape.seed,
        published=shape.published,
        interrupted=shape.interrupted,
        notes=tuple(shape.notes),
        changes=tuple(entry_of(change) for change in shape.changes),
        training=tuple(_progress(line) for line in shape.training),
        bus_factors=tuple(BusFactor(**line.model_dump()) for line in shape.bus_factor),
    )


def _progress(shape: ProgressShape) -> Progress:
    return Progress(
        member=shape.member,
        skill=shape.skill,
        level=shape.level,
        by=shape.by,
        done=Turns(shape.shadow, shape.lead),
        needed=Turns(shape.shadow_turns, shape.lead_turns),
        leads_from=shape.leads_from,
        reached=shape.reached,
    )


def _share(shape: ShareShape) -> Share:
    ledgers = tuple(Ledger(name, load, fair) for name, load, fair in shape.ledgers)
    return Share(**{**shape.model_dump(), "ledgers": ledgers})


def _seats(shifts: Iterable[ShiftShape]) -> tuple[Placed, ...]:
    return tuple(_placed(shift, seat) for shift in shifts for seat in shift.seats)


def _placed(shift: ShiftShape, seat: PlacedShape) -> Placed:
    return Placed(
        shift=shift.id,
        seat=seat.seat,
        duty=shift.duty,
        upstream=shift.upstream or "",
        role=seat.role,
        span=_span(seat.first or shift.first, seat.last or shift.last),
        start=seat.start or shift.start,
        end=seat.end or shift.end,
        effort=seat.effort,
        must=seat.must,
        member=seat.member or "",
        why=seat.why,
        pinned=seat.pinned,
        # Whoever writes a member into an empty seat need not delete the reasons.
        reasons=() if seat.member else tuple(seat.empty),
        price="" if seat.member else seat.price,
        revision=seat.revision,
        revised=seat.revised,
        waives=tuple(seat.waives),
    )


def _span(first: date, last: date) -> Span:
    return Span(first, last + DAY)
