from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from scheduler.domain.problem import Problem
from scheduler.domain.strategy import Aim, upstream_aims
from scheduler.rules.spread import Spread


@dataclass(frozen=True)
class UpstreamShare(Spread):
    """The effort is spread over the upstreams as the strategy says. One unit for each percent of
    the effort on offer by which an upstream has more or less than its ``share``, each one begun
    counted whole. Shadow turns are no effort for an upstream and are not counted."""

    def aims(self, problem: Problem) -> Iterator[Aim]:
        return upstream_aims(problem)
