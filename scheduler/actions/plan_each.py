"""Plan many teams in one call, side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import Executor
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from scheduler.actions.plan import (
    Interrupt,
    Made,
    Planned,
    Prepared,
    Request,
    finish,
    make,
    prepare,
)
from scheduler.errors import Refused, RotaError
from scheduler.solver import each

BATCH = 200
"""Teams that are read before the first of them is solved, so that memory stays bounded."""


@dataclass(frozen=True, slots=True)
class Ended:
    """What became of one team: planned, or why not."""

    folder: Path
    result: Planned | RotaError

    @property
    def exit_code(self) -> int:
        return self.result.exit_code if isinstance(self.result, RotaError) else 0


def plan_each(
    folders: Iterable[Path],
    request: Request,
    *,
    executor: Executor | None = None,
    interrupt: Interrupt | None = None,
) -> Iterator[Ended]:
    """Plan the same days for every team, in the order of their folders, and go on where one cannot
    be planned. Files are read and written here; only solving goes to the executor."""
    interrupt = interrupt or Interrupt()
    waiting = iter(folders)
    while batch := list(islice(waiting, BATCH)):
        yield from _batch(batch, request, executor, interrupt)


def _batch(
    folders: Iterable[Path], request: Request, executor: Executor | None, interrupt: Interrupt
) -> Iterator[Ended]:
    prepared = [(folder, _prepared(folder, request)) for folder in folders]
    tasks = [ready for _, ready in prepared if isinstance(ready, Prepared) and not ready.stands]
    made = each(_make, tasks, executor, interrupt)
    for folder, ready in prepared:
        if isinstance(ready, RotaError):
            yield Ended(folder, ready)
        elif ready.stands:
            yield Ended(folder, finish(ready))
        else:
            yield Ended(folder, _finished(ready, next(made)))


def _prepared(folder: Path, request: Request) -> Prepared | RotaError:
    try:
        return prepare(folder, request)
    except RotaError as error:
        return error


def _make(prepared: Prepared, interrupt: Interrupt) -> Made:
    return make(prepared, interrupt)


def _finished(prepared: Prepared, made: Made | None) -> Planned | RotaError:
    if made is None:
        return Refused("Not planned: the end was asked for before it was ready.")
    try:
        return finish(prepared, made)
    except RotaError as error:
        return error
