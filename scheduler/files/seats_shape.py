"""The seats of a duty in duties.yaml: a bare name, or a few keys."""

import re
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, WithJsonSchema, model_validator

from scheduler.domain.duties import Role
from scheduler.domain.people import Level
from scheduler.files.efforts import EffortEntry
from scheduler.files.shape import AtKey
from scheduler.files.suggest import quoted
from scheduler.files.words import (
    Id,
    LevelName,
    Offset,
    Region,
    Shape,
    Switch,
    between,
)

_MOST_SEATS = 50
_USUAL_LEVELS = {
    Role.lead: Level.leads,
    Role.secondary: Level.shadowed,
    Role.shadow: Level.learning,
}


def _count(value: object) -> tuple[int, int]:
    if isinstance(value, tuple):
        return value
    found = re.fullmatch(r"(?:(\d{1,3}) ?[-–] ?)?(\d{1,3})", str(value))
    if not found:
        raise ValueError(f"{quoted(str(value))} is not a number of seats such as 2 or 1-3")
    most = int(found[2])
    least = most if found[1] is None else int(found[1])
    if not (least <= most and 1 <= most <= _MOST_SEATS):
        raise ValueError(
            f"{quoted(str(value))} should run from the least to the most, 1 to {_MOST_SEATS} seats"
        )
    return least, most


Count = Annotated[
    tuple[int, int],
    BeforeValidator(_count),
    WithJsonSchema(
        {
            "anyOf": [{"type": "integer"}, {"type": "string", "pattern": r"^\d{1,3} ?- ?\d{1,3}$"}],
            "examples": [2, "1-3"],
        }
    ),
]


class SeatShape(Shape):
    """A place in each shift, or several alike."""

    seat: Id
    role: Literal["lead", "secondary", "shadow"] | None = None
    must: Switch = False
    level: LevelName | None = None
    skill: Id | None = None
    permission: Id | None = None
    region: Region | None = None
    count: Count = (1, 1)
    offset: Annotated[Offset, between(-366, 366, "an offset is a year at most")] = 0
    effort: EffortEntry | None = None

    @model_validator(mode="after")
    def _shadows_are_free(self) -> Self:
        if self.must and self.plays is Role.shadow:
            raise AtKey("a shadow learns, so the seat may stay empty; delete must", "must")
        return self

    @property
    def plays(self) -> Role:
        """The role, which the seat's name tells where nothing else does."""
        if self.role is not None:
            return Role(self.role)
        return Role(self.seat) if self.seat in Role.__members__ else Role.lead

    @property
    def usual_level(self) -> Level:
        """The level that the role asks for where the seat does not say."""
        return _USUAL_LEVELS[self.plays]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the seats in a shift, as the domain makes them."""
        most = self.count[1]
        if most == 1:
            return (self.seat,)
        return tuple(f"{self.seat}-{number}" for number in range(1, most + 1))


def _named(value: Any) -> Any:
    return {"seat": value} if isinstance(value, str) else value


SeatEntry = Annotated[SeatShape, BeforeValidator(_named, json_schema_input_type=Id | SeatShape)]
