"""All calendars of a roster, fetched side by side and read one by one."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from scheduler.calendars.incoming.bounded import read_bounded
from scheduler.calendars.incoming.copies import Copy, keep, kept
from scheduler.calendars.incoming.files import read_file
from scheduler.calendars.incoming.trouble import Trouble
from scheduler.domain.span import Span
from scheduler.domain.time_away import CalendarSource

_AT_ONCE = 8


@dataclass(frozen=True, slots=True)
class Outside:
    """What only a door of the house knows: the environment with its secret addresses, and the
    folder for the last good copies."""

    copies: Path
    environment: Mapping[str, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class Told:
    """What a source told. ``away`` is None where nothing at all could be read; with ``trouble``
    beside days, these are of the last good copy, as it was ``read`` then."""

    source: CalendarSource
    away: tuple[Span, ...] | None
    read: datetime
    trouble: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Came:
    """The content of a source, or why there is none, and what was kept of it before."""

    url: str = ""
    copy: Copy | None = None
    before: Copy | None = None
    trouble: str = ""


def read_sources(
    sources: Sequence[CalendarSource], folder: Path, window: Span, now: datetime, outside: Outside
) -> tuple[Told, ...]:
    """What every source tells about a window, in their order. Nothing that a source holds makes
    this fail; paths are taken from ``folder``."""
    came = asyncio.run(_gather(sources, folder, now, outside))

    def told(source: CalendarSource, came: _Came) -> Told:
        return _told(source, came, window, now, outside.copies)

    with ThreadPoolExecutor(max_workers=os.cpu_count() or 1) as pool:
        return tuple(pool.map(told, sources, came))


# ------------------------------------------------------------------------------------- the content


async def _gather(
    sources: Sequence[CalendarSource], folder: Path, now: datetime, outside: Outside
) -> list[_Came]:
    """The content of each source; an address that several name is fetched once."""
    places = asyncio.Semaphore(_AT_ONCE)
    tasks: dict[tuple[str, bool, bool], asyncio.Task[_Came]] = {}
    for source in sources:
        key = _key(source)
        if key not in tasks:
            coming = _came(source, folder, now, outside, places)
            tasks[key] = asyncio.create_task(coming)
    return [await tasks[_key(source)] for source in sources]


def _key(source: CalendarSource) -> tuple[str, bool, bool]:
    return source.address, source.insecure, source.private


async def _came(
    source: CalendarSource, folder: Path, now: datetime, outside: Outside, places: asyncio.Semaphore
) -> _Came:
    try:
        address = _address(source, outside.environment)
    except Trouble as trouble:
        return _Came(trouble=str(trouble))
    if "://" not in address:
        return _from_file(folder / address, now)
    async with places:
        return await _from_web(_secure(address), source, now, outside.copies)


def _address(source: CalendarSource, environment: Mapping[str, str]) -> str:
    if not source.variable:
        return source.address
    address = environment.get(source.variable, "").strip()
    if not address:
        raise Trouble("is not set in the environment")
    if "://" not in address:
        raise Trouble("is set in the environment, but to no web address")
    return address


def _secure(address: str) -> str:
    """``webcal`` is a way to say that a calendar program should open an https address."""
    scheme, _, rest = address.partition("://")
    return f"https://{rest}" if scheme == "webcal" else address


def _from_file(path: Path, now: datetime) -> _Came:
    try:
        return _Came(copy=Copy(read_file(path), now))
    except Trouble as trouble:
        return _Came(trouble=str(trouble))


async def _from_web(url: str, source: CalendarSource, now: datetime, copies: Path) -> _Came:
    # Only rosters with web addresses wait for the client.
    from scheduler.calendars.incoming.fetch import fetch

    before = kept(copies, url)
    try:
        fetched = await fetch(url, before, insecure=source.insecure, private=source.private)
    except Trouble as trouble:
        return _Came(url, before=before, trouble=str(trouble))
    if not fetched.unchanged:
        return _Came(url, Copy(fetched.content, now, fetched.etag, fetched.modified), before)
    if before is None:
        return _Came(url, trouble="says that nothing is new, which nobody asked")
    return _Came(url, replace(before, read=now))


# ---------------------------------------------------------------------------------------- the days


def _told(source: CalendarSource, came: _Came, window: Span, now: datetime, copies: Path) -> Told:
    trouble = came.trouble
    if came.copy is not None:
        try:
            days = read_bounded(came.copy.content, source, window)
        except Trouble as error:
            trouble = str(error)
        else:
            # Only what can be read is a good copy.
            if came.url:
                keep(copies, came.url, came.copy)
            return Told(source, days.away, came.copy.read, notes=days.notes)
    return _told_before(source, came.before, window, now, trouble)


def _told_before(
    source: CalendarSource, before: Copy | None, window: Span, now: datetime, trouble: str
) -> Told:
    if before is not None:
        with suppress(Trouble):
            days = read_bounded(before.content, source, window)
            return Told(source, days.away, before.read, trouble, days.notes)
    return Told(source, None, now, trouble)
