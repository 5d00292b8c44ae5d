"""Branch and cut: a goal over sparse rows as a mixed integer program, by HiGHS.

How many people reach a band, which training goals are met and what comfort costs have a linear
relaxation that cuts make strong. There branch and cut proves in seconds what CP-SAT leaves open
after minutes (docs/decisions/0014-branch-and-cut.md).
"""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import highspy
import numpy as np

from scheduler.solver.engine import NONE, Interrupt, Reached, ceiling
from scheduler.solver.rows import Line, Rows

ROOT = 2e-6
"""Deterministic seconds of one round at the root, a coefficient of the program: HiGHS tells no
iterations on the way, but it asks at the same steps on every machine whether to go on."""
NODE = 2e-7
"""The same of one round in the tree."""
CALL = 5e-3
"""Deterministic seconds of a run, however small."""
OPENING = 1e-5
"""The same of all that comes before the first round."""


@dataclass(frozen=True, slots=True)
class Branching:
    """Runs within limits, as ``engine.Search``: ``work`` in deterministic seconds, ``deadline`` on
    the monotonic clock.

    One thread, one seed and a limit on rounds, so that every machine takes the same steps.
    """

    seed: int
    work: float
    deadline: float | None
    interrupt: Interrupt
    told: Callable[[int, int], None]

    def minimise(self, rows: Rows, goal: Line, start: Sequence[int]) -> Reached:
        """Minimise a goal, starting from a solution of the rows.

        HiGHS works in floats: a solution counts only where its integers meet every row. A bound is
        rounded up within 1e-6, as HiGHS itself does where the goal adds up whole numbers; a wider
        tolerance afterwards would take nothing back.
        """
        run = self._run(rows, goal, start)
        work = run.work
        if run.values and round(run.objective) + goal.constant < goal.at(run.values):
            # HiGHS 1.16 may take the start for better than it is, once it has simplified the
            # program, and then hands back the start as it was and a bound too low to be of use.
            run = self._run(rows, goal, None)
            work += run.work
        values = list(start)
        if run.values and goal.at(run.values) < goal.at(values) and rows.are_met(run.values):
            values = run.values
        return Reached(values, goal.at(values), run.bound, work)

    def _run(self, rows: Rows, goal: Line, start: Sequence[int] | None) -> _Run:
        solver = _Silent()  # type: ignore[no-untyped-call]  # highspy lacks the annotation
        for option, value in (
            ("threads", 1),
            ("random_seed", self.seed),
            ("mip_rel_gap", 0.0),
            ("mip_abs_gap", 1 - 1e-4),  # every goal is an integer
        ):
            # HiGHS keeps its default, without a word, where it cannot take a value.
            assert solver.setOptionValue(option, value) == highspy.HighsStatus.kOk, option
        if self.deadline is not None:
            solver.setOptionValue("time_limit", max(0.01, self.deadline - time.monotonic()))
        solver.passModel(_program(rows, goal))
        if start is not None:
            hinted = highspy.HighsSolution()
            hinted.col_value = [float(value) for value in start]
            hinted.value_valid = True
            solver.setSolution(hinted)
        run = _Run(self, solver, goal, rows.size)
        run.go()
        return run


class _Silent(highspy.Highs):
    """HiGHS without its greeting, which comes with the first callback."""

    def enableCallbacks(self) -> None:  # HiGHS calls it so
        """Called by the constructor."""
        self.silent()
        super().enableCallbacks()  # type: ignore[no-untyped-call]  # highspy lacks the annotation


class _Run:
    """A run in a thread of its own, so that a signal handler can run meanwhile."""

    def __init__(self, limits: Branching, solver: highspy.Highs, goal: Line, size: int) -> None:
        self.limits = limits
        self.solver = solver
        self.work = CALL + OPENING * size
        self.objective = math.inf
        self.values: list[int] = []
        self.bound = NONE
        self._goal = goal
        self._size = size

    def go(self) -> None:
        """Solve to the end, or until a limit is met."""
        if self.limits.interrupt.is_set():
            return
        self.solver.cbMipInterrupt += self._stop_in_time
        self.solver.cbMipImprovingSolution += self._tell
        thread = threading.Thread(target=self.solver.run, name="branch and cut")
        thread.start()
        thread.join()
        info = self.solver.getInfo()
        self.bound = _bound(info.mip_dual_bound, self._goal)
        if math.isfinite(info.objective_function_value):
            self.objective = info.objective_function_value
            self.values = [round(value) for value in self.solver.getSolution().col_value]

    def _stop_in_time(self, event: highspy.highs.HighsCallbackEvent) -> None:
        self.work += self._size * (NODE if event.data_out.mip_node_count else ROOT)
        if self.work >= self.limits.work or self.limits.interrupt.is_set():
            event.interrupt()

    def _tell(self, event: highspy.highs.HighsCallbackEvent) -> None:
        value = self._goal.at([round(value) for value in event.data_out.mip_solution])
        self.limits.told(value, _bound(event.data_out.mip_dual_bound, self._goal))


def _bound(proved: float, goal: Line) -> int:
    return ceiling(proved) + goal.constant if math.isfinite(proved) else NONE


def _program(rows: Rows, goal: Line) -> highspy.HighsLp:
    """The rows in the form that HiGHS reads, every variable an integer."""
    program = highspy.HighsLp()
    program.num_col_, program.num_row_ = len(rows.bounds), len(rows.rows)
    costs = np.zeros(len(rows.bounds))
    costs[list(goal.terms)] = list(goal.terms.values())
    program.col_cost_ = costs
    program.col_lower_ = np.array([low for low, _ in rows.bounds], dtype=float)
    program.col_upper_ = np.array([high for _, high in rows.bounds], dtype=float)
    open_side = highspy.kHighsInf
    program.row_lower_ = np.array([-open_side if r.low is None else r.low for r in rows.rows])
    program.row_upper_ = np.array([open_side if r.high is None else r.high for r in rows.rows])
    matrix = program.a_matrix_
    matrix.format_ = highspy.MatrixFormat.kRowwise
    matrix.start_ = np.cumsum([0, *(len(row.columns) for row in rows.rows)])
    matrix.index_ = np.array([column for row in rows.rows for column in row.columns])
    matrix.value_ = np.array([c for row in rows.rows for c in row.coefficients], dtype=float)
    program.integrality_ = [highspy.HighsVarType.kInteger] * len(rows.bounds)
    return program
