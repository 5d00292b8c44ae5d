"""The roster as it is served: looked at four times a second, swapped in one step, never half."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock

from scheduler.actions.snapshot import Team, is_being_pulled, snapshot, today
from scheduler.actions.stamp import Stamp, stamp
from scheduler.errors import BadFiles
from scheduler.web.site import Site

EVERY = 0.25
"""Seconds between two looks at the files."""
_STALE = 30
"""Seconds without a look after which something is wrong with the server itself."""

log = logging.getLogger("rota.web")


def utc_now() -> datetime:
    """This moment."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class State:
    """What is served now. ``broken`` names the places of the mistakes that keep newer files from
    being served, and ``since`` when they came."""

    site: Site | None = None
    broken: tuple[str, ...] = ()
    since: datetime | None = None


class Live:
    """A roster folder and what is served of it. ``state`` is replaced as a whole, so that whoever
    keeps it for a request sees one moment."""

    def __init__(
        self,
        folder: Path,
        secret: bytes,
        base_url: str = "",
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        self.folder = folder
        self.base_url = base_url.rstrip("/")
        self.secret = secret
        self.clock = clock
        self.state = State()
        self.reloads = 0
        self._looked: datetime | None = None
        self._seen: Stamp | None = None
        self._lock = Lock()

    def start(self) -> None:
        """Read the roster for the first time.

        Raises:
            BadFiles: the files hold mistakes.
        """
        found = stamp(self.folder)
        self._swap(self._read())
        self._seen, self._looked = found, self.clock()

    def refresh(self) -> bool:
        """Look whether files have changed or a new day has begun, and if so serve what they say
        now; files with mistakes leave what was. Returns whether anything was read."""
        with self._lock:
            now = self.clock()
            found = stamp(self.folder)
            self._looked = now
            if not self._is_new(found, now) or is_being_pulled(self.folder, now):
                return False
            self._seen = found
            try:
                site = self._read()
            except BadFiles as bad:
                self._keep(_places(bad), now)
            except OSError as error:
                self._keep((f"{Path(str(error.filename or self.folder)).name}",), now)
            else:
                self._swap(site)
            return True

    async def changed(self) -> None:
        """Serve at once what this process has just written."""
        await asyncio.to_thread(self.refresh)

    async def watch(self) -> None:
        """Look again and again, until cancelled."""
        while True:
            await asyncio.sleep(EVERY)
            await asyncio.to_thread(self.refresh)

    @property
    def team(self) -> Team:
        """The team as it is served now; the roster must have been started."""
        site = self.state.site
        assert site is not None, "the roster was not started"
        return site.snapshot.team

    @property
    def is_ready(self) -> bool:
        """Whether there is something to serve, and somebody looks after it."""
        looked = self._looked
        fresh = looked is not None and (self.clock() - looked).total_seconds() < _STALE
        return fresh and self.state.site is not None

    def _is_new(self, found: Stamp, now: datetime) -> bool:
        site = self.state.site
        if found != self._seen or site is None:
            return True
        return not self.state.broken and today(site.snapshot.team, now) != site.snapshot.today

    def _read(self) -> Site:
        last = self.state.site.snapshot if self.state.site else None
        taken = snapshot(self.folder, self.clock(), self.secret, self.base_url, last)
        site = Site(taken)
        # The page that most people open first is there when they do.
        site.make("/")
        return site

    def _swap(self, site: Site) -> None:
        if self.state.broken:
            log.info("the roster is whole again")
        self.state = State(site)
        self.reloads += 1

    def _keep(self, places: tuple[str, ...], now: datetime) -> None:
        """Serve the last good one, and say so."""
        log.warning("the roster holds mistakes, the last good one is served: %s", "; ".join(places))
        since = self.state.since or now
        site = self.state.site and self.state.site.told(_notice(places, since))
        self.state = State(site, places, since)


def _places(bad: BadFiles) -> tuple[str, ...]:
    """Where the mistakes are. Their sentences may quote what is private."""
    errors = (mistake for mistake in bad.mistakes if mistake.severity == "error")
    return tuple(dict.fromkeys(f"{Path(one.file).name}, line {one.line}" for one in errors))


def _notice(places: tuple[str, ...], since: datetime) -> str:
    more = f" and {len(places) - 1} more" if len(places) > 1 else ""
    return (
        f"The newest files hold mistakes ({places[0]}{more}), so this shows how it was before "
        f"{since:%Y-%m-%d %H:%M} UTC. `rota check` tells what to mend."
    )
