"""The report of an audit: what is broken, what stays open and how the rotation is graded."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from scheduler.audit.words import Days


@dataclass(frozen=True, slots=True)
class Breach:
    """A requirement that the rotation breaks, as a sentence that names the people and the days.

    ``waived`` means that the rotation says so itself: somebody decided it.
    """

    rule: str
    sentence: str
    members: tuple[str, ...] = ()
    seats: tuple[str, ...] = ()
    waived: bool = False


@dataclass(frozen=True, slots=True)
class Share:
    """A member's line of the fairness table, in minutes. ``index`` is load ÷ entitlement in
    thousandths, ``scaled`` the same with the team's mean at 1.00; ``None`` for whoever can hold
    no seat."""

    member: str
    available: int
    load: int
    fair: int
    entitlement: int
    carried: int
    index: int | None
    scaled: float | None


@dataclass(frozen=True, slots=True)
class Doubles:
    """Days on which a member holds two, and three or more, whole-day duties at once."""

    member: str
    two: int
    three: int


@dataclass(frozen=True, slots=True)
class UpstreamEffort:
    """Minutes that an upstream gets, and its percentage of all effort that serves an upstream.
    ``share`` is what the strategy gives it; ``None`` where that is silent."""

    upstream: str
    minutes: int
    percent: float
    share: int | None


@dataclass(frozen=True, slots=True)
class Training:
    """Progress of a goal: shadow turns of its skill before its date, of those it asks for, and
    turns of it that the member leads or seconds."""

    member: str
    skill: str
    goal: str
    by: str
    shadowed: int
    asked: int
    served: int


@dataclass(frozen=True, slots=True)
class Ledger:
    """A member's minutes by kind of duty, as a shadow, and in burdensome time."""

    member: str
    kinds: dict[str, int]
    shadow: int
    burdensome: int


@dataclass(frozen=True)
class Report:
    """Everything that an audit has to say about a rotation."""

    team: str
    name: str
    horizon: Days
    turns: int
    broken: tuple[Breach, ...]
    waived: tuple[Breach, ...]
    empty: tuple[str, ...]
    """Must seats that nobody holds."""
    left_out: tuple[str, ...]
    """Optional seats that nobody holds, shadows apart."""
    false_figures: tuple[str, ...]
    """Figures of the rotation that are not so, as sentences."""
    notes: tuple[str, ...]
    shares: tuple[Share, ...]
    days_with_two: int
    """Days of the horizon on which somebody holds two or more whole-day duties at once."""
    days_with_three: int
    doubles: tuple[Doubles, ...]
    upstreams: tuple[UpstreamEffort, ...]
    training: tuple[Training, ...]
    ledgers: tuple[Ledger, ...]

    @property
    def holds(self) -> bool:
        """Whether every requirement holds, or is waived."""
        return not self.broken

    @property
    def exit_code(self) -> int:
        """0 when every requirement holds, else 1."""
        return 0 if self.holds else 1


def as_data(report: Report) -> dict[str, Any]:
    """The report as plain data, ready for ``json.dumps``; durations are in minutes."""
    data = asdict(report)
    data.pop("horizon")
    horizon = {"from": str(report.horizon.first), "to": str(report.horizon.last)}
    return {"schema": 1, "holds": report.holds, **horizon, **data}
