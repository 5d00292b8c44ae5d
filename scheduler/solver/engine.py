"""One run of CP-SAT on one goal: parameters, limits, interruption and progress."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from ortools.sat.python import cp_model

from scheduler.rules.model import Expression, Model

SETTLED = (cp_model.OPTIMAL, cp_model.FEASIBLE)
BOUNDED = (*SETTLED, cp_model.UNKNOWN)

NONE = -(2**62)
"""A bound that says nothing."""


@dataclass(frozen=True, slots=True)
class Reached:
    """The end of a run. ``values`` holds every variable of the best solution, and nothing where
    none was found within the limits; ``bound`` holds either way. ``work`` is in deterministic
    seconds."""

    values: list[int]
    value: int
    bound: int
    work: float
    is_impossible: bool = False

    @property
    def proved(self) -> bool:
        return bool(self.values) and self.value <= self.bound

    def then(self, later: Reached) -> Reached:
        """What is known after another run: its solution only where it is better, since one that
        costs the same here may cost more in the goals to come."""
        found = later if later.values and later.value < self.value else self
        bound, work = max(self.bound, later.bound), self.work + later.work
        return Reached(found.values, found.value, bound, work)


class Interrupt:
    """Stops a running search from another thread or a signal handler, and stays set."""

    def __init__(self) -> None:
        self._solver: cp_model.CpSolver | None = None
        self._asked = threading.Event()

    def set(self) -> None:
        """Ask for the end; the best rotation found so far is kept."""
        self._asked.set()
        if self._solver is not None:
            self._solver.stop_search()

    def is_set(self) -> bool:
        """Whether the end was asked for."""
        return self._asked.is_set()

    def watch(self, solver: cp_model.CpSolver | None) -> None:
        """Name the search that ``set`` is to stop."""
        self._solver = solver


@dataclass(frozen=True, slots=True)
class Search:
    """Runs within limits: ``work`` in deterministic seconds, ``deadline`` on the monotonic clock.

    One worker with a full linear relaxation: on models of a quarter it proves sooner than a
    portfolio on few cores, and it takes the same steps on every machine
    (docs/decisions/0002-one-worker.md).
    """

    seed: int
    work: float
    deadline: float | None
    interrupt: Interrupt
    told: Callable[[int, int], None]
    workers: int = 1
    """With more than one, complete search takes other steps each time, and ``work`` is by the
    clock."""
    little: bool = False
    """Whether so little is open that presolve would be most of the work: then it goes over the
    model once and does not probe."""

    def minimise(self, model: Model, goal: Expression) -> Reached:
        """Minimise a goal, starting from the model's hint."""
        solver = one_worker(self.seed)
        if self.workers > 1:
            solver.parameters.num_workers = self.workers
            solver.parameters.linearization_level = 1  # CP-SAT's own: its portfolio varies it
        if self.little:
            solver.parameters.max_presolve_iterations = 1
            solver.parameters.cp_model_probing_level = 0
            solver.parameters.symmetry_level = 0
        self._limit(solver)
        model.cp.minimize(goal)
        return _run(solver, model.cp, self.interrupt, _Told(self.told))

    def repair(self, model: Model, goal: Expression, most: int) -> Reached:
        """A rotation in which a goal comes to ``most`` at most, or no values where none is found;
        the bound is above ``most`` where there can be none.

        By local search alone: it starts from the model's hint, asks for less and repairs what that
        breaks. On large models it gets in a second to where complete search does not in a minute
        (Luteberget and Sartor, "Feasibility Jump: an LP-free Lagrangian MIP heuristic", 2023).
        """
        solver = one_worker(self.seed)
        solver.parameters.use_ls_only = True
        self._limit(solver)
        program = model.cp.clone()
        program.clear_objective()  # type: ignore[no-untyped-call]  # ortools lacks the annotation
        program.add(goal <= most)
        reached = _run(solver, program, self.interrupt, None)
        return replace(reached, bound=most + 1 if reached.is_impossible else NONE)

    def complete(self, model: Model, goal: Expression) -> Reached:
        """Work out what the hinted rotation costs under a goal, and the value of every variable,
        without looking for a better one. The hint is always legal; the bound says nothing."""
        solver = one_worker(self.seed)
        solver.parameters.fix_variables_to_their_hinted_value = True
        model.cp.minimize(goal)
        return replace(_reached(solver, solver.solve(model.cp)), bound=NONE)

    def _limit(self, solver: cp_model.CpSolver) -> None:
        left = math.inf if self.deadline is None else self.deadline - time.monotonic()
        if solver.parameters.num_workers > 1:
            left = min(left, self.work)
        else:
            solver.parameters.max_deterministic_time = self.work
        if left < math.inf:
            solver.parameters.max_time_in_seconds = max(0.01, left)


def one_worker(seed: int) -> cp_model.CpSolver:
    """CP-SAT with the parameters that ``Search`` gives reasons for, and no limit."""
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.linearization_level = 2
    solver.parameters.random_seed = seed
    solver.parameters.catch_sigint_signal = False
    return solver


def _reached(solver: cp_model.CpSolver, status: cp_model.CpSolverStatus) -> Reached:
    response = solver.response_proto
    by_clock = solver.parameters.num_workers > 1
    work = response.wall_time if by_clock else response.deterministic_time
    bound = ceiling(solver.best_objective_bound) if status in BOUNDED else NONE
    if status not in SETTLED:
        impossible = status == cp_model.INFEASIBLE
        return Reached([], 0, bound, work, impossible)
    value = round(solver.objective_value)
    return Reached(list(response.solution), value, bound, work)


class _Told(cp_model.CpSolverSolutionCallback):
    def __init__(self, told: Callable[[int, int], None]) -> None:
        super().__init__()
        self._tell = told

    def on_solution_callback(self) -> None:
        self._tell(round(self.objective_value), ceiling(self.best_objective_bound))


def _run(
    solver: cp_model.CpSolver, program: cp_model.CpModel, interrupt: Interrupt, told: _Told | None
) -> Reached:
    """Solve in a thread of its own, so that a signal handler can run meanwhile."""
    status = [cp_model.UNKNOWN]

    def search() -> None:
        status[0] = solver.solve(program, told)

    if interrupt.is_set():
        return Reached([], 0, NONE, 0.0)
    interrupt.watch(solver)
    thread = threading.Thread(target=search, name="search")
    thread.start()
    while thread.is_alive():
        thread.join(0.1)
        if interrupt.is_set():
            solver.stop_search()
    interrupt.watch(None)
    return _reached(solver, status[0])


def ceiling(bound: float) -> int:
    """The least integer that an integer goal can have under a bound that was computed in floats."""
    return -int(-(bound - 1e-6) // 1)
