"""The rule card: what a rule is. Every rule is one dataclass that derives from a class below.

Its id is the name of its file, its manual the docstring, its options the dataclass fields. A rule
speaks twice: to the solver (``enforce`` or ``cost``) and to people (``explain``). The laws in
``tests/rules/test_laws.py`` hold the two halves together for every rule in the book.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar, TypeVar

from scheduler.domain.people import Member
from scheduler.domain.problem import Problem
from scheduler.domain.rotation import Price, Seating
from scheduler.domain.shifts import Seat

if TYPE_CHECKING:
    from scheduler.rules.model import Expression, Model

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Goal:
    """One of several goals in strict order: an expression to minimise, and what a proved bound on
    it says about the price tuple (``head`` gives the entries from the left that it fixes)."""

    expression: Expression
    head: Callable[[int], tuple[int, ...]]


Goals = Generator[Goal, Seating, None]
"""Goals one after the other; each ``yield`` gives back the best rotation reached so far."""


def option(default: T, meaning: str, *, least: int = 0) -> T:
    """A field of a rule that ``policy.yaml`` may set, with its line in the manual; a number may
    not be below ``least`` there."""
    described: T = field(default=default, metadata={"help": meaning, "least": least})
    return described


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a rule has to say about a rotation, as a plain sentence about people.

    ``units`` is what it costs under a preference; a requirement's finding is a breach.
    """

    sentence: str
    units: int = 1
    members: tuple[Member, ...] = ()
    seats: tuple[Seat, ...] = ()


@dataclass(frozen=True)
class Rule(ABC):
    """What requirements and preferences share."""

    @classmethod
    def id(cls) -> str:
        """The name of the rule's file, which is its name in ``policy.yaml`` and in the manual."""
        return cls.__module__.rpartition(".")[2]

    @abstractmethod
    def explain(self, problem: Problem, seating: Seating) -> Iterator[Finding]:
        """What the rule has to say about any rotation, good or bad, without a solver."""


@dataclass(frozen=True)
class Requirement(Rule):
    """A rule that only forbids. The empty rotation always passes."""

    hereditary: ClassVar[bool] = True
    """Taking somebody out of an accepted rotation never breaks it. The few rules for which this
    does not hold say so here."""

    def looks_far(self, problem: Problem) -> bool:
        """Whether it has something to say here about all turns of a member. Where it has not, what
        a turn is judged by is the rest of its shift and the member's turns of the same weeks."""
        return False

    @abstractmethod
    def enforce(self, model: Model, problem: Problem) -> None:
        """Forbid in the model exactly what ``explain`` would complain about."""


@dataclass(frozen=True)
class Fit(Requirement):
    """A requirement about one member in one seat, whoever else sits where.

    Subclasses write one sentence, ``bars`` or ``bars_on``, and both halves follow from it. The
    solver asks a ``Fit`` before it builds anything, so that no decision is made for a pair that
    could never meet. ``bars`` is for what no date changes: it is asked once for each duty.
    """

    def bars(self, problem: Problem, member: Member, seat: Seat) -> str | None:
        """Why the member may not hold this kind of seat on any day, as a phrase that goes on from
        the member's name ("lacks the permission pypi"), or ``None``. Looks at ``seat.plan`` and
        ``seat.duty`` only."""
        return None

    def bars_on(self, problem: Problem, member: Member, seat: Seat) -> str | None:
        """Why the member may not hold the seat on its days, as a phrase, or ``None``."""
        return None

    def barred(self, problem: Problem, member: Member, seat: Seat) -> str | None:
        """The phrase of either kind."""
        return self.bars(problem, member, seat) or self.bars_on(problem, member, seat)

    def enforce(self, model: Model, problem: Problem) -> None:
        for seat, member in model.pairs:
            if self.barred(problem, member, seat) is not None:
                model.forbid(seat, member)

    def explain(self, problem: Problem, seating: Seating) -> Iterator[Finding]:
        for seat, member in seating:
            phrase = self.barred(problem, member, seat)
            if phrase is not None:
                yield Finding(f"{member.name} {phrase} ({seat})", members=(member,), seats=(seat,))


@dataclass(frozen=True)
class Preference(Rule):
    """A rule that prices what is not as wished.

    ``weight`` multiplies the units within the rule's tier; ``tier`` names it, and ``policy.yaml``
    may move a rule to another one. Prices of different tiers are never added.
    """

    looks_back: ClassVar[bool] = False
    """Whether the price hangs on the draft, so that it says nothing once the draft is replaced."""

    weight: int = option(1, "what one unit costs within its tier")
    tier: str = option("comfort", "the tier that the price belongs to")

    def is_idle(self, problem: Problem) -> bool:
        """Whether the rule can have nothing to say, whoever holds what; its tier is then left out
        where no other rule speaks there."""
        return False

    @abstractmethod
    def cost(self, model: Model, problem: Problem) -> Expression:
        """Units as an expression; minimised with all decisions fixed, it equals the units that
        ``explain`` yields."""


@dataclass(frozen=True)
class OrderedPreference(Preference):
    """A preference with several goals in strict order, alone in its tier; its price is a tuple."""

    apart: ClassVar[bool] = False
    """Whether parts of a problem that have neither seats nor members in common may bring the price
    down by themselves: it is a list of one number a member, sorted from the highest, which hangs on
    the member's own turns alone and never falls with one turn more."""

    def cost(self, model: Model, problem: Problem) -> Expression:
        raise TypeError(f"{self.id()} has goals in order; ask for goals()")

    @abstractmethod
    def goals(self, model: Model, problem: Problem, seating: Seating) -> Goals:
        """Goals to minimise, the most important first, starting from a rotation at hand.

        A goal that the rotation at hand already meets, by an argument that needs no search, is
        stated in the model and not asked for.
        """


def price(rule: Preference, findings: Iterable[Finding]) -> Price:
    """The price of a preference's findings: weighted units, or for an ordered one the units
    sorted from the highest."""
    if isinstance(rule, OrderedPreference):
        return tuple(sorted((finding.units for finding in findings), reverse=True))
    return rule.weight * sum(finding.units for finding in findings)
