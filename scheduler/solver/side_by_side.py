"""Work that may run side by side: in this process, in others, or on other machines.

Whatever has such work takes a ``concurrent.futures.Executor``. What it comes to does not hang on
where it ran: a process that dies costs time, and its task is done here instead.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import (
    BrokenExecutor,
    CancelledError,
    Executor,
    Future,
    ProcessPoolExecutor,
    wait,
)
from contextlib import contextmanager
from types import FrameType
from typing import TypeVar

from scheduler.solver.engine import Interrupt

Task = TypeVar("Task")
Result = TypeVar("Result")

PAUSE = 0.1
"""Seconds between two looks at whether the end was asked for."""


def each(
    work: Callable[[Task, Interrupt], Result],
    tasks: Sequence[Task],
    executor: Executor | None,
    interrupt: Interrupt,
) -> Iterator[Result | None]:
    """The result of every task, in their order; ``None`` for one that was not begun, or not ended,
    when the end was asked for. Without an executor one runs after the other, here.

    ``work`` has to be a function of a module and tasks and results have to be picklable.
    """
    if executor is None:
        for task in tasks:
            yield None if interrupt.is_set() else work(task, interrupt)
        return
    with _without_interrupts():
        futures = [executor.submit(_heeding, work, task) for task in tasks]
    stopped = False
    for task, future in zip(tasks, futures, strict=True):
        while not wait([future], timeout=PAUSE).done:
            if interrupt.is_set() and not stopped:
                stopped = True
                _stop(executor, futures)
        yield _result(future, work, task, interrupt)


@contextmanager
def _without_interrupts() -> Iterator[None]:
    """Processes that start meanwhile take no Ctrl-C before ``heed_interrupts``: in the middle of
    their imports it would end in a traceback. Here it is heeded at the end."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _result(
    future: Future[Result],
    work: Callable[[Task, Interrupt], Result],
    task: Task,
    interrupt: Interrupt,
) -> Result | None:
    try:
        return future.result()
    except CancelledError:
        return None
    except BrokenExecutor:
        return None if interrupt.is_set() else work(task, interrupt)


def _stop(executor: Executor, futures: Sequence[Future[Result]]) -> None:
    """Drop what has not begun, and let processes of this machine end with the best they have.
    Other machines are not waited for: their futures are dropped as well."""
    for future in futures:
        future.cancel()
    if isinstance(executor, ProcessPoolExecutor):
        for child in multiprocessing.active_children():
            if child.pid is not None:
                os.kill(child.pid, signal.SIGINT)


class _Heeded:
    """What a Ctrl-C stops in a process of an executor: the task at hand, and all after it."""

    now = Interrupt()
    asked = False


def heed_interrupts() -> None:
    """Let Ctrl-C end the task at hand with what it has; the first thing that a process does."""

    def handle(number: int, frame: FrameType | None) -> None:
        _Heeded.asked = True
        _Heeded.now.set()

    signal.signal(signal.SIGINT, handle)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})


def _heeding(work: Callable[[Task, Interrupt], Result], task: Task) -> Result:
    if _Heeded.asked:
        raise CancelledError
    _Heeded.now = Interrupt()
    return work(task, _Heeded.now)
