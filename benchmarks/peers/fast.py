"""Rota with the limits of ``rota plan --fast``: threads that run free, timed by the clock."""

from __future__ import annotations

import os

from benchmarks.found import Found, Run
from benchmarks.peers import ours
from scheduler.actions.plan import FAST_WORKERS
from scheduler.solver import Limits


def plan(run: Run) -> Found:
    """Who holds each seat within the seconds there are."""
    workers = max(FAST_WORKERS, os.cpu_count() or 1)
    return ours.within(run, Limits(seconds=run.seconds, seed=run.seed, workers=workers))
