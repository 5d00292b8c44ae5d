"""How far a plan has come, while it is made, and the way to stop it."""

import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING

from rich.live import Live
from rich.text import Text

from scheduler.cli.screen import console

if TYPE_CHECKING:
    from scheduler.actions.plan import Progress

Watch = Callable[["Progress"], None]

PAUSE = 2.0
"""Seconds between two lines about the same goal where lines cannot be overwritten."""


@contextmanager
def stops(stop: Callable[[], None]) -> Iterator[None]:
    """The first Ctrl-C asks for an end; the second one is the usual one."""
    usual = signal.getsignal(signal.SIGINT)

    def handle(number: int, frame: FrameType | None) -> None:
        signal.signal(signal.SIGINT, usual)
        stop()

    signal.signal(signal.SIGINT, handle)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, usual)


@contextmanager
def progress(*, quiet: bool) -> Iterator[Watch]:
    """Something to tell progress to: one line that changes on a terminal, else a line at a time."""
    screen = console(stderr=True)
    if quiet:
        yield lambda progress: None
    elif screen.is_terminal:
        with Live(Text("Reading"), console=screen, transient=True, refresh_per_second=8) as live:
            yield lambda progress: live.update(Text(told(progress), no_wrap=True))
    else:
        yield _Lines().tell


def told(progress: "Progress") -> str:
    """A line of progress: the tier, the price and the bound of its goal, the gap and the time."""
    goal = progress.tier if progress.goal == 1 else f"{progress.tier}, goal {progress.goal}"
    # No price is below 0, whatever little a search has proved so far.
    bound = max(0, progress.bound)
    return (
        f"{goal:<20} price {progress.value:<8} bound {bound:<8} "
        f"gap {gap(progress.value, bound):<6} {progress.seconds:.1f} s"
    )


def gap(price: int, bound: int) -> str:
    """How much lower than the price the bound lies, in percent."""
    return f"{100 * (price - bound) / price:.0f}%" if price > bound else "0%"


class _Lines:
    """Prints the first word about each goal, its proof, and in between a line now and then."""

    def __init__(self) -> None:
        self._screen = console(stderr=True)
        self._goal: tuple[str, int] | None = None
        self._last = 0.0
        self._said = ""

    def tell(self, progress: "Progress") -> None:
        goal = progress.tier, progress.goal
        moment = time.monotonic()
        proved = progress.value <= progress.bound
        line = told(progress)
        if goal == self._goal and not proved and moment - self._last < PAUSE:
            return
        if line != self._said:
            self._screen.print(Text(line), soft_wrap=True)
        self._goal, self._last, self._said = goal, moment, line
