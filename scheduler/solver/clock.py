"""When a solve has to end: after so many seconds, or when it is interrupted."""

from __future__ import annotations

import time

from scheduler.solver.engine import Interrupt


class Clock:
    """Runs from when it is made. ``deadline`` is on the monotonic clock, ``None`` without one."""

    def __init__(self, seconds: float | None, interrupt: Interrupt) -> None:
        self.interrupt = interrupt
        self._begun = time.monotonic()
        self.deadline = None if seconds is None else self._begun + seconds

    @property
    def seconds(self) -> float:
        """Since the solve began."""
        return time.monotonic() - self._begun

    @property
    def left(self) -> float | None:
        """Seconds until the deadline, where there is one."""
        return None if self.deadline is None else self.deadline - time.monotonic()

    def part(self, share: float) -> Clock:
        """One that ends when a share of the time left is over, where there is a deadline."""
        part = Clock(None, self.interrupt)
        part._begun = self._begun
        if self.deadline is not None:
            now = time.monotonic()
            part.deadline = now + share * (self.deadline - now)
        return part

    def keep_back(self, seconds: float) -> None:
        """End so much sooner, for what is to be done afterwards; half of the time at most."""
        if self.deadline is not None:
            self.deadline -= min(seconds, max(0.0, self.deadline - time.monotonic()) / 2)

    def is_over(self) -> bool:
        """Whether no more work is to be begun."""
        late = self.deadline is not None and time.monotonic() >= self.deadline
        return late or self.interrupt.is_set()
