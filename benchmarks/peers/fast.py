"""Rota as with ``rota plan --fast``, and as much work as ``ours``: threads that run free."""

from __future__ import annotations

import os

from benchmarks.found import Found, Run
from benchmarks.peers import ours
from scheduler.actions.plan import FAST_WORKERS
from scheduler.solver import Limits


def plan(run: Run) -> Found:
    """Who holds each seat within the seconds there are."""
    workers = max(FAST_WORKERS, os.cpu_count() or 1)
    work = ours.WORK * run.seconds
    return ours.within(run, Limits(work, run.seconds, run.seed, workers))
