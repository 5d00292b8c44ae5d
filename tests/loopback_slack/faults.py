"""What goes wrong on purpose, and how fast messages may come."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import Literal, get_args

How = Literal["429", "500", "timeout", "cut_before", "cut_after"]


@dataclass
class Fault:
    """``how`` the next ``times`` calls of a method fail, once ``spared`` calls went well."""

    method: str
    how: How
    times: int
    spared: int = 0


class Faults:
    """The faults that are still to come."""

    def __init__(self) -> None:
        self._waiting: list[Fault] = []
        self._lock = threading.Lock()

    def add(self, method: str, how: How, times: int, after: int) -> None:
        if how not in get_args(How):
            raise ValueError(f"{how} is no way to fail")
        with self._lock:
            self._waiting.append(Fault(method, how, times, after))

    def next(self, method: str) -> How | None:
        """How this call of a method fails, if it does."""
        with self._lock:
            for fault in self._waiting:
                if fault.method not in {method, "*"} or not fault.times:
                    continue
                if fault.spared:
                    fault.spared -= 1
                    continue
                fault.times -= 1
                return fault.how
        return None

    def clear(self) -> None:
        with self._lock:
            self._waiting.clear()


class Pace:
    """One message a second and channel: on a clock that runs ``speed`` times as fast."""

    SECOND = 1.0

    def __init__(self) -> None:
        self._next: dict[str, float] = {}

    def wait(self, channel: str, now: float, speed: float) -> float:
        """The seconds after which a message is allowed, 0 where it is allowed now (and counts)."""
        free = self._next.get(channel, 0.0)
        if now < free:
            return free - now
        self._next[channel] = now + self.SECOND / speed
        return 0.0
