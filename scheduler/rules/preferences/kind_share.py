from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from scheduler.domain.problem import Problem
from scheduler.domain.strategy import Aim, kind_aims
from scheduler.rules.spread import Spread


@dataclass(frozen=True)
class KindShare(Spread):
    """The effort is spread over the kinds of work as the strategy says (``kinds`` in duties.yaml).
    One unit for each percent of the effort on offer by which a kind has more or less than its
    share, each one begun counted whole. Shadow turns are not counted."""

    def aims(self, problem: Problem) -> Iterator[Aim]:
        return kind_aims(problem)
