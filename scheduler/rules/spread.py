"""What the two rules about the team's strategy share: parts of the effort, and their aims."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import gcd
from typing import TYPE_CHECKING

from scheduler.domain.problem import Problem
from scheduler.domain.rotation import Seating
from scheduler.domain.shifts import Seat
from scheduler.domain.strategy import Aim, counted
from scheduler.rules.card import Finding, Preference, option

if TYPE_CHECKING:
    from scheduler.rules.model import Expression, Model


@dataclass(frozen=True)
class Spread(Preference):
    """A preference for how the effort is spread: one unit for each percent of the effort on offer
    by which some work has more or less than its share of the effort that is filled.

    Both are linear in what is filled: 100 × the effort of the work, and share × all effort.
    """

    tier: str = option("strategy", "the tier that the price belongs to")

    @abstractmethod
    def aims(self, problem: Problem) -> Iterator[Aim]:
        """The work that has a share."""

    def is_idle(self, problem: Problem) -> bool:
        return next(iter(self.aims(problem)), None) is None

    def cost(self, model: Model, problem: Problem) -> Expression:
        aims, seats = list(self.aims(problem)), counted(problem)
        if not aims or not seats:
            return 0
        # In their greatest common measure, so that the solver's numbers stay small.
        unit = gcd(*(seat.effort for seat in seats))

        def filled(some: Iterable[Seat]) -> Expression:
            return model.total(seat.effort // unit * model.filled(seat) for seat in some)

        offered = sum(seat.effort for seat in seats) // unit
        whole = filled(seats)
        return model.total(
            model.distance(100 * filled(aim.seats), aim.share * whole, offered, most=100)
            for aim in aims
        )

    def explain(self, problem: Problem, seating: Seating) -> Iterator[Finding]:
        seats = counted(problem)
        offered = _minutes(seats)
        whole = _minutes(seat for seat in seats if seating[seat] is not None)
        for aim in self.aims(problem):
            served = _minutes(seat for seat in aim.seats if seating[seat] is not None)
            above = 100 * served - aim.share * whole
            if above:
                yield Finding(
                    f"{aim.name} has {served / 60:.1f} of {whole / 60:.1f} hours, "
                    f"{abs(above) / 6000:.1f} {'more' if above > 0 else 'fewer'} than its share "
                    f"of {aim.share}%",
                    units=-(-abs(above) // offered),
                )


def _minutes(seats: Iterable[Seat]) -> int:
    return sum(seat.effort for seat in seats)
