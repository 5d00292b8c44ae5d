"""policy.yaml: the rules that a team plans by. What it may say comes from the rule classes."""

import dataclasses
from inspect import getdoc
from typing import TYPE_CHECKING, Annotated, Any, Literal, get_type_hints

from pydantic import BeforeValidator, Field, create_model

from scheduler.domain.burden import Burden
from scheduler.domain.problem import QuietPeriod
from scheduler.files.located import Data
from scheduler.files.training import TrainingShape
from scheduler.files.words import (
    Days,
    Entries,
    Id,
    Length,
    Line,
    Percent,
    Shape,
    Switch,
    between,
    standing,
    whole,
)
from scheduler.rules.book import RULES, TIERS, Tier, complete
from scheduler.rules.card import Rule

STAND_INS: dict[str, Data] = {}
"""Nothing in this file is required."""

_MOST = 1_000_000
_DEFAULT_TIERS: list[Any] = [tier.name for tier in TIERS]


# ------------------------------------------------------------------------ the rules' own options


def _kind(field: "dataclasses.Field[Any]", hint: Any) -> Any:
    if hint is int:
        return Annotated[int, whole(field.metadata.get("least", 0), _MOST)]
    return Id if hint is str else Annotated[hint, Field(strict=True)]


def _options_shape(rule: type[Rule]) -> type[Shape]:
    hints = get_type_hints(rule)
    fields: dict[str, Any] = {
        field.name: (
            _kind(field, hints[field.name]),
            Field(field.default, description=field.metadata.get("help")),
        )
        for field in dataclasses.fields(rule)
    }
    return create_model(f"{rule.id()} options", __base__=Shape, __doc__=getdoc(rule), **fields)


def _off(value: Any) -> Any:
    return "off" if value is False else value


def _entry(rule: type[Rule]) -> Any:
    options = Literal["off"] | _options_shape(rule)
    said = BeforeValidator(_off, json_schema_input_type=Literal[False] | options)
    return Annotated[options, said] | None


if TYPE_CHECKING:

    class RulesShape(Shape):
        """What differs from the rule book: a rule and its options, or ``off``."""
else:
    RulesShape = create_model(
        "RulesShape",
        __base__=Shape,
        __doc__="What differs from the rule book: a rule and its options, or off.",
        **{rule.id(): (_entry(rule), Field(None, description=getdoc(rule))) for rule in RULES},
    )


def rules_of(shape: RulesShape) -> tuple[Rule, ...]:
    """The rules that are in force, in the order of the book."""
    said = {rule: getattr(shape, rule.id()) for rule in RULES}
    return tuple(
        rule(**(options.model_dump() if options is not None else {}))
        for rule, options in said.items()
        if options != "off"
    )


# --------------------------------------------------------------------------------------- the rest


class GiveShape(Shape):
    """How much of its price a tier may give up for the tiers after it."""

    give: Percent | None = None
    spare: Annotated[int, whole(0, 1_000_000)] | None = Field(
        None, description="units of its price that the tier may give up, whatever it costs"
    )


def _tier(value: Any) -> Any:
    if isinstance(value, str):
        return {value: {}}
    if isinstance(value, dict) and len(value) != 1:
        raise ValueError("write one tier an entry, such as comfort: {give: 5%}")
    return value


TierEntry = Annotated[
    dict[Id, GiveShape], BeforeValidator(_tier, json_schema_input_type=Id | dict[Id, GiveShape])
]


Heavier = Annotated[Percent, between(100, 1000, "ordinary time weighs 100%; write 100% to 1000%")]


class QuietShape(Days):
    """Days that weigh more than others."""

    name: Line = ""
    weight: Percent = 150
    reduced: Annotated[int, whole(1, 5)] | None = Field(
        None, description="duties of this priority or a lower one (up to 5) have no shift then"
    )
    remember: Switch = Field(False, description="who served then is spared the next time")


class BurdenShape(Shape):
    """What time weighs that is burdensome for its holder."""

    holidays: Heavier = Field(150, description="public holidays where the holder is")
    odd_hours: Heavier = Field(
        150, description="timed duties outside the holder's hours, or 08:00-18:00"
    )


class PinShape(Shape):
    """A seat whose holder is decided by hand."""

    shift: Annotated[str, Field(examples=["hub-triage@2027-01-04"])]
    seat: Id
    member: Id


class PolicyShape(Shape):
    """How a team wants to plan."""

    tiers: Annotated[Entries[TierEntry], Field(min_length=1)] = Field(
        default_factory=lambda: [{name: GiveShape(spare=None)} for name in _DEFAULT_TIERS]
    )
    rules: RulesShape = Field(default_factory=RulesShape)
    quiet: Entries[QuietShape] = Field([])
    burden: BurdenShape = Field(default_factory=lambda: BurdenShape(holidays=150, odd_hours=150))
    pins: Entries[PinShape] = Field([])
    training: TrainingShape = Field(default_factory=TrainingShape)
    warn_weeks: Annotated[int, whole(0, 520)] = 4
    max_share_on_duty: Percent = 40
    freeze: Annotated[Length, between(0, 366, "write from 0d to a year")] = Field(
        0, description="from today on, the days in which no published turn is given to another"
    )
    most_moves: Annotated[int, whole(0, 1_000_000)] | None = Field(
        None, description="published turns that one command may move without --force"
    )
    half_life: Annotated[float, Field(strict=True, gt=0, le=1000)] = Field(
        2.0, description="quarters after which a carried balance counts half"
    )


def tiers_of(shape: PolicyShape) -> tuple[Tier, ...]:
    """The order of goals."""
    named = (
        _given(name, given) for _, entry in standing(shape.tiers) for name, given in entry.items()
    )
    return complete(tuple(named))


def _given(name: str, given: GiveShape) -> Tier:
    """A tier; what the policy leaves unsaid is as in the book."""
    known = next((tier for tier in TIERS if tier.name == name), Tier(name))
    return Tier(
        name,
        known.give if given.give is None else given.give,
        known.spare if given.spare is None else given.spare,
    )


def burden_of(shape: PolicyShape) -> Burden:
    """What burdensome time weighs."""
    return Burden(shape.burden.holidays, shape.burden.odd_hours)


def quiet_of(shape: PolicyShape) -> tuple[QuietPeriod, ...]:
    """The periods that weigh more, in the order of the file."""
    return tuple(
        QuietPeriod(quiet.span, quiet.name, quiet.weight, quiet.reduced, quiet.remember)
        for _, quiet in standing(shape.quiet)
    )
