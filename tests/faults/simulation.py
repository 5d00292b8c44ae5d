"""A quarter passes while processes are killed, connections cut and turns swapped."""

from __future__ import annotations

import multiprocessing
import random
import signal
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from threading import Thread

from scheduler.actions.messages import directory
from scheduler.files import read_rotations, read_team
from scheduler.messages.directory import Directory
from scheduler.messages.due import Reminder, due
from scheduler.messages.reminder import AHEAD, MORNING
from tests.faults import quarter, replica
from tests.loopback_slack.faults import How
from tests.loopback_slack.server import LoopbackSlack
from tests.loopback_slack.world import Post

CUTS: tuple[How, ...] = ("cut_before", "cut_after", "500", "429")
SLOW: How = "timeout"
_SLOW_EVERY = 20
_SURE = 10
"""Steps that whoever has the right to send takes, whatever there is to do."""
_MOST_STEPS = 24
_MOST_TRIES = 60


@dataclass
class Simulation:
    """The quarter of one journal. ``points`` counts the deaths that the seed had planned, each of
    which came true, so that it is the same on every machine; ``more`` counts what came on top:
    processes that died by chance, and answers that failed. ``must`` are the keys of all that was
    due, ``may`` of what a swap in the same moment made pointless."""

    folder: Path
    url: str
    slack: LoopbackSlack
    replicas: int
    seed: int
    points: int = 0
    more: int = 0
    must: dict[str, Reminder] = field(default_factory=dict)
    may: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.random = random.Random(self.seed)
        self.context = multiprocessing.get_context("forkserver")
        self.context.set_forkserver_preload(["tests.faults.replica"])
        quarter.write(self.folder)
        team, rotations = read_team(self.folder), read_rotations(self.folder)
        self.directory: Directory = directory(team, rotations)
        self.slack.speed = 1.5 / replica.FAST
        for member in quarter.MEMBERS:
            self.slack.add_user(quarter.user(member), member)
        for name in ("team", *quarter.DUTIES):
            self.slack.add_channel(name)
        self._until_done(quarter.START, calm=True)

    def ticks(self) -> list[datetime]:
        """The instants of the quarter at which something is due."""
        end = quarter.PUBLISHED + timedelta(days=120)
        return sorted({reminder.at for reminder in self._due(quarter.START, end)})

    def live(self, ticks: Iterable[datetime], *, swap_every: int = 9, rounds: int = 0) -> None:
        """Let time pass, with something going wrong at nearly every instant; ``rounds`` is how
        often somebody surely dies at each of them."""
        before = quarter.START
        for number, now in enumerate(ticks, 1):
            old = {r.key: r for r in self._due(before, now)}
            racing = number % swap_every == 0
            if racing:
                delay = self.random.uniform(0.0, 0.4)
                other = Thread(target=self._exchange, args=(now, delay))
                other.start()
            if self.random.random() < 0.5:
                how = SLOW if number % _SLOW_EVERY == 0 else self.random.choice(CUTS)
                self.slack.fail("chat.postMessage", how)
                self.more += 1
            for _ in range(rounds):
                self._somebody_dies(now)
            self._until_done(now)
            if racing:
                other.join()
                self._until_done(now)
            # An answer that was never asked for did not fail.
            self.more -= self._left_over()
            new = {r.key: r for r in self._due(before, now)}
            self.must |= {key: r for key, r in new.items() if r.until > now}
            self.may |= old.keys() - new.keys()
            self._check_holders(now)
            before = now

    def check(self) -> None:
        """Everything that was due was posted exactly once, and nothing else was."""
        posted = Counter(_key(post) for post in self._posts())
        assert {key: times for key, times in posted.items() if times != 1} == {}
        assert self.must.keys() - posted.keys() == set()
        assert posted.keys() - self.must.keys() - self.may == set()

    # ------------------------------------------------------------------------------- the inside

    def _due(self, since: datetime, now: datetime) -> tuple[Reminder, ...]:
        return due(self.directory, read_rotations(self.folder), since, now)

    def _exchange(self, now: datetime, delay: float) -> None:
        time.sleep(delay)
        quarter.exchange(self.folder, now)

    def _until_done(self, now: datetime, *, calm: bool = False) -> None:
        for attempt in range(_MOST_TRIES):
            codes = self._run(now, fate="calm" if calm or attempt > 3 else "")
            self.more += self._count(codes)
            if replica.DONE in codes:
                return
            time.sleep(replica.LEASE.total_seconds() / 2)
        raise AssertionError(f"never done at {now}")

    def _somebody_dies(self, now: datetime) -> None:
        """Run the replicas so that whoever has the right to send dies at a step of its own."""
        codes = self._run(now, fate="surely")
        died = self._count(codes)
        assert died, codes
        self.points += 1
        self.more += died - 1

    def _count(self, codes: Sequence[int | None]) -> int:
        """How many died; none ended in any other way than it should."""
        assert set(codes) <= {replica.DONE, replica.AGAIN, -signal.SIGKILL}, codes
        return sum(code == -signal.SIGKILL for code in codes)

    def _run(self, now: datetime, *, fate: str = "") -> list[int | None]:
        """Run the replicas at once: one alone that is ``calm``, or all and each ``surely`` dies
        once it may send, or some die at a step and some at any moment."""
        running = []
        asked = fate
        for _ in range(1 if asked == "calm" else self.replicas):
            fate = asked or self.random.choice(["step", "step", "moment", "calm"])
            most = {"surely": _SURE, "step": _MOST_STEPS}.get(fate, 0)
            step = self.random.randint(1, most) if most else 0
            arguments = (self.folder, now, self.url, self.slack.url, step)
            process = self.context.Process(target=replica.run, args=arguments)
            process.start()
            running.append((process, fate))
        for process, fate in running:
            if fate == "moment":
                process.join(self.random.uniform(0.1, 0.9))
                process.kill()
            process.join(60)
        codes = [process.exitcode for process, _ in running]
        for process, _ in running:
            process.close()
        return codes

    def _left_over(self) -> int:
        left = sum(fault.times for fault in self.slack._service.faults._waiting)
        self.slack.heal()
        return left

    def _posts(self) -> list[Post]:
        return [post for channel in self.slack.world.channels.values() for post in channel.messages]

    def _check_holders(self, now: datetime) -> None:
        """Nobody reads that a turn is theirs which went to somebody else."""
        (rotation,) = read_rotations(self.folder)
        holders = {seat.key: seat.member for seat in rotation.placed}
        for post in self._posts():
            reminder = self.must.get(_key(post))
            if reminder is None or reminder.kind not in {AHEAD, MORNING} or reminder.until <= now:
                continue
            if holders[reminder.subject[0]] != reminder.to:
                assert post.edited, post.text
                assert "went to" in post.text


def _key(post: Post) -> str:
    assert post.metadata is not None, post.text
    return str(post.metadata["event_payload"]["key"])
