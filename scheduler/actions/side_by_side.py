"""Where work runs that may run side by side: here, in processes beside, or on a cluster."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context

from scheduler.errors import BadRequest, Refused
from scheduler.solver import heed_interrupts

PATIENCE = 10
"""Seconds to wait for a cluster to answer."""


@contextmanager
def side_by_side(jobs: int | None = None, cluster: str | None = None) -> Iterator[Executor | None]:
    """An executor with so many processes, or as many as there are processors; none for a single
    one. ``cluster`` is the address of a Dask scheduler, such as ``tcp://10.0.0.5:8786``.

    Raises:
        BadRequest: the cluster's client is not installed here.
        Refused: nobody answers at the address, or the cluster lost the same task again and again.
    """
    if cluster is not None:
        with _dask(cluster) as executor:
            yield executor
        return
    jobs = jobs or os.cpu_count() or 1
    if jobs == 1:
        yield None
        return
    # Fresh processes: a solver that was forked with threads running may hang. They start with the
    # first task, so that an executor that nobody uses costs nothing.
    with ProcessPoolExecutor(jobs, get_context("spawn"), heed_interrupts) as executor:
        yield executor


@contextmanager
def _dask(address: str) -> Iterator[Executor]:
    try:
        from distributed import Client, KilledWorker
    except ModuleNotFoundError:
        raise BadRequest("--cluster needs Dask: install rota[cluster].") from None
    try:
        # Dask has annotations here and there only.
        client = Client(address, timeout=PATIENCE)  # type: ignore[no-untyped-call]  # untyped
    except (OSError, ValueError):
        raise Refused(
            f"No Dask scheduler answers at {address} within {PATIENCE} s: start one with "
            '"dask scheduler", or leave out --cluster.'
        ) from None
    with client:
        try:
            # Every call is a task of its own, also one with the same arguments as another.
            yield client.get_executor(pure=False)  # type: ignore[no-untyped-call]  # as above
        except KilledWorker:
            raise Refused(
                f"The cluster at {address} lost several workers with the same task: give them "
                "more memory, or leave out --cluster."
            ) from None
