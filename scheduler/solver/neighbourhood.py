"""Large neighbourhood search: some turns are freed, all others stay, and branch and cut has that
part to itself.

Which turns are freed decides what can be gained (Shaw, "Using constraint programming and local
search methods to solve vehicle routing problems", 1998): those of some people among one another,
those of a few duties, those of a few weeks, or those around something that costs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import chain
from random import Random
from typing import TypeVar

from scheduler.domain.people import Member
from scheduler.domain.shifts import Seat
from scheduler.rules.model import Model, Pair
from scheduler.solver.branch import Branching
from scheduler.solver.engine import Reached
from scheduler.solver.rows import Line, Rows

T = TypeVar("T")

LEAST, FIRST, MOST = 100, 250, 5_000
"""Decisions that a neighbourhood frees at least, at first and at most."""
EACH = 0.2
"""Deterministic seconds that one neighbourhood may take."""
COLUMN = 2e-5
"""Deterministic seconds of stating a neighbourhood, a column."""
ABREAST = 2
"""Neighbourhoods of one plan that are solved side by side. What is found in them is merged in the
order in which they were drawn, so that the number of cores changes nothing but the time."""
CLOSE = 12
"""A row with more variables beside its decisions adds up the whole plan, and ties no two turns."""
GREATER, LESSER = 1.15, 0.8
"""How the next one of a kind changes in size after one that was solved, or was not."""


@dataclass(slots=True)
class _Kind:
    """One way to choose what is freed, with what it has brought so far."""

    choose: Callable[[_Plan], Iterable[list[int]]]
    size: float = FIRST
    gain: float = 1.0
    work: float = 1.0


class Neighbourhoods:
    """Parts of a model, freed around a plan at hand."""

    def __init__(self, model: Model, rows: Rows, goal: Line, seed: int) -> None:
        self._rows = rows
        self._goal = goal
        self._random = Random(seed)
        self._turns = _Turns(model, rows)
        self._known_beside: dict[int, tuple[int, ...]] = {}
        self._known_others: dict[int, list[int]] = {}
        self._kinds = [
            _Kind(choose)
            for choose in (self._of_people, self._of_duties, self._of_weeks, self._around_a_cost)
        ]

    def search(self, search: Branching, start: Reached, is_over: Callable[[], bool]) -> Reached:
        """Improve a plan until the work is spent or its bound is reached."""
        best, spent = start, 0.0
        quiet = replace(search, told=lambda value, bound: None)
        with ThreadPoolExecutor(ABREAST) as threads:
            while best.value > best.bound and spent < search.work and not is_over():
                limits = replace(quiet, work=min(EACH, search.work - spent))
                drawn = [self._drawn(best.values) for _ in range(ABREAST)]
                solved = [threads.submit(self._solved, limits, free, best) for _, free in drawn]
                base = best
                for (kind, free), part in zip(drawn, solved, strict=True):
                    found = part.result()
                    spent += self._learn(kind, free, found, base)
                    best = self._merged(base, best, free, found)
                if best is not base:
                    search.told(best.value, best.bound)
        return replace(best, work=start.work + spent)

    def _drawn(self, values: Sequence[int]) -> tuple[_Kind, list[int]]:
        """A kind, and what it frees."""
        (kind,) = self._random.choices(self._kinds, [k.gain / k.work for k in self._kinds])
        return kind, self._free(kind, values)

    def _learn(self, kind: _Kind, free: Sequence[int], found: Reached, best: Reached) -> float:
        """Remember what a kind has brought, and for how much work."""
        work = found.work + COLUMN * len(free)
        kind.work += work
        kind.gain += max(0, best.value - found.value) / max(1, best.value)
        grown = kind.size * (GREATER if found.proved else LESSER)
        kind.size = min(MOST, max(LEAST, grown))
        return work

    def _merged(self, base: Reached, best: Reached, free: Sequence[int], found: Reached) -> Reached:
        """The best plan with what was found in a part of the plan that it came from, if that makes
        it better still: what was found beside it may have changed what this part rested on."""
        if found.value >= base.value:
            return best
        values = list(best.values)
        for column, value in zip(free, found.values, strict=True):
            values[column] = value
        value = self._goal.at(values)
        if value >= best.value:
            return best
        fits = best is base or self._rows.part(free, best.values).are_met(found.values)
        return replace(best, values=values, value=value) if fits else best

    def _solved(self, limits: Branching, free: Sequence[int], best: Reached) -> Reached:
        rows = self._rows.part(free, best.values)
        goal = self._goal.part(free, best.values)
        return limits.minimise(rows, goal, [best.values[column] for column in free])

    def _free(self, kind: _Kind, values: Sequence[int]) -> list[int]:
        """The columns of a neighbourhood: decisions, up to the size of its kind, and what hangs
        on them."""
        found: set[int] = set()
        for columns in kind.choose(_Plan(self._turns, values)):
            found.update(columns)
            if len(found) >= kind.size:
                break
        fresh = found
        for _ in range(2):
            fresh = set(chain.from_iterable(map(self._beside, fresh))) - found
            found |= fresh
        return sorted(found)

    def _beside(self, column: int) -> tuple[int, ...]:
        """What stands in a row with a column and is no turn of its own."""
        if column not in self._known_beside:
            rows = self._rows.of[column]
            found = dict.fromkeys(chain.from_iterable(map(self._others, rows)))
            self._known_beside[column] = tuple(found)
        return self._known_beside[column]

    def _others(self, row: int) -> list[int]:
        """What stands in a row beside turns; nothing where that is the whole plan added up."""
        if row not in self._known_others:
            columns = self._rows.rows[row].columns
            others = [
                column
                for column in columns
                if column not in self._turns.pair and len(set(self._rows.bounds[column])) > 1
            ]
            self._known_others[row] = others if len(others) <= CLOSE else []
        return self._known_others[row]

    def _of_people(self, plan: _Plan) -> Iterator[list[int]]:
        return plan.among(self._shuffled(self._turns.members))

    def _of_duties(self, plan: _Plan) -> Iterator[list[int]]:
        return iter(self._shuffled(self._turns.by_duty))

    def _of_weeks(self, plan: _Plan) -> Iterator[list[int]]:
        weeks = self._turns.by_week
        first = self._random.randrange(max(1, len(weeks)))
        return iter(weeks[first:] + weeks[:first])

    def _around_a_cost(self, plan: _Plan) -> Iterator[list[int]]:
        """Somebody whom a cost is about, and people who could hold the same seats."""
        costly = [c for c in self._goal.terms if plan.values[c]] or list(self._goal.terms)
        if not costly:
            return self._of_people(plan)
        column = self._random.choice(costly)
        near = {c for n in self._rows.of[column] for c in self._rows.rows[n].columns} | {column}
        pairs = [self._turns.pair[c] for c in sorted(near) if c in self._turns.pair]
        held = [(seat, member) for seat, member in pairs if plan.held.get(seat) is member]
        if not pairs:
            return self._of_people(plan)
        _, member = self._random.choice(held or pairs)
        return plan.among([member, *self._like(member)])

    def _like(self, member: Member) -> list[Member]:
        """The others, those first who could hold many of the same seats: a draw without
        replacement with these numbers as weights."""
        common = self._turns.common(member)
        drawn = {m: self._random.random() ** (1 / common[m]) for m in self._turns.members
                 if m in common}  # fmt: skip
        return sorted(drawn, key=lambda m: drawn[m], reverse=True)

    def _shuffled(self, some: Iterable[T]) -> list[T]:
        found = list(some)
        self._random.shuffle(found)
        return found


class _Turns:
    """The decisions of a model by column, person, duty and week, but for those that are pinned."""

    def __init__(self, model: Model, rows: Rows) -> None:
        self.pair: dict[int, Pair] = {
            x.index: pair for pair, x in model.decisions.items() if rows.bounds[x.index] != (1, 1)
        }
        self.of: dict[Member, list[tuple[Seat, int]]] = {}
        self._able: dict[Seat, list[Member]] = {}
        duties: dict[str, list[int]] = {}
        weeks: dict[int, list[int]] = {}
        for column, (seat, member) in self.pair.items():
            self.of.setdefault(member, []).append((seat, column))
            self._able.setdefault(seat, []).append(member)
            duties.setdefault(seat.duty.id, []).append(column)
            weeks.setdefault(seat.span.first.toordinal() // 7, []).append(column)
        self.members = list(self.of)
        self.by_duty = list(duties.values())
        self.by_week = [weeks[week] for week in sorted(weeks)]

    def common(self, member: Member) -> Counter[Member]:
        """How many of a member's seats each other one could hold, too."""
        counted = Counter(chain.from_iterable(self._able[seat] for seat, _ in self.of[member]))
        del counted[member]
        return counted


class _Plan:
    """A plan at hand: the value of every column, and who holds which seat."""

    def __init__(self, turns: _Turns, values: Sequence[int]) -> None:
        self.values = values
        self.held = {seat: m for column, (seat, m) in turns.pair.items() if values[column]}
        self._turns = turns

    def among(self, members: Iterable[Member]) -> Iterator[list[int]]:
        """The turns of some people, to be shared out among them anew; one more person at a time."""
        some: set[Member] = set()
        for new in members:
            some.add(new)
            yield [
                column
                for member in some
                for seat, column in self._turns.of[member]
                if self.held.get(seat, new) is new or (member is new and self.held[seat] in some)
            ]
