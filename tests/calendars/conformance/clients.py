"""Calendar clients that nobody here wrote, each as a function from feeds to what it sees."""

from __future__ import annotations

import os
import shlex
import subprocess
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path

from icalendar import Calendar

from tests.calendars.conformance.node import Node
from tests.calendars.conformance.seen import Calendars, Seen, basic, counted, told
from tests.needs import program

_LIBICAL = Path(__file__).parent / "libical.c"
_FIELDS = "{calendar}\x1f{uid}\x1f{start}\x1f{end}\x1f{status}\x1f{title}\x1e"


def with_icalendar(feeds: Mapping[str, bytes]) -> Calendars:
    """icalendar, which wrote the feeds, reading them back."""
    return {path: _icalendar(feed) for path, feed in feeds.items()}


def with_node(library: str, feeds: Mapping[str, bytes]) -> Calendars:
    """ical.js, which Thunderbird reads with, or node-ical."""
    with Node(library) as node:
        return {path: node.read(feed) for path, feed in feeds.items()}


def with_libical(feeds: Mapping[str, bytes], work: Path) -> Calendars:
    """libical, which GNOME and KDE read with; it fails on whatever the standard restricts."""
    reader = _compiled(work)
    files = {str(_written(work / "libical", n, feed)): p for n, (p, feed) in _numbered(feeds)}
    rows: dict[str, list[list[str]]] = {path: [] for path in feeds}
    for line in _run([reader, *files]).splitlines():
        kind, file, *fields = line.split("\t", 6)
        assert kind == "event", f"libical finds {files[file]} {kind}"
        uid, start, end, status, title = fields
        rows[files[file]].append([uid, basic(start), basic(end), status, title])
    return {path: counted(found) for path, found in rows.items()}


def kept_by_vdirsyncer(feeds: Mapping[str, bytes], work: Path) -> dict[str, Path]:
    """The folder that vdirsyncer keeps for each feed, with one file an event."""
    program("vdirsyncer")
    served, kept = work / "served", work / "kept"
    numbered = dict(_numbered(feeds))
    for number, (_, feed) in numbered.items():
        _written(served, number, feed)
    names = ", ".join(f'"{number}"' for number in numbered)
    work.joinpath("vdirsyncer.conf").write_text(
        f'[general]\nstatus_path = "{work}/status"\n'
        f'[pair feeds]\na = "served"\nb = "kept"\ncollections = [{names}]\n'
        f'[storage served]\ntype = "singlefile"\npath = "{served}/%s.ics"\nread_only = true\n'
        f'[storage kept]\ntype = "filesystem"\npath = "{kept}"\nfileext = ".ics"\n',
        encoding="utf-8",
    )
    vdirsyncer(work)
    return {path: kept / number for number, (path, _) in numbered.items()}


def vdirsyncer(work: Path) -> None:
    """Fetch what ``vdirsyncer.conf`` in a folder names; folders are made where they lack."""
    command = [program("vdirsyncer"), "-c", str(work / "vdirsyncer.conf")]
    _run([*command, "discover"], "y\n" * 200)
    _run([*command, "sync"])


def with_khal(folders: Mapping[str, Path], work: Path, days: tuple[date, date]) -> Calendars:
    """khal, reading the folders that vdirsyncer keeps."""
    found: Calendars = {}
    for number, group in enumerate(_apart(folders)):
        found |= khal(group, work / f"khal-{number}", days)
    return found


def _apart(folders: Mapping[str, Path]) -> list[dict[str, Path]]:
    """Groups of folders that share no event: khal tells one once, whoever else has it."""
    groups: list[tuple[dict[str, Path], set[str]]] = []
    for path, folder in folders.items():
        events = {file.name for file in folder.iterdir()}
        group, known = next((g for g in groups if not g[1] & events), ({}, set()))
        if not group:
            groups.append((group, known))
        group[path] = folder
        known |= events
    return [group for group, _ in groups]


def khal(folders: Mapping[str, Path], work: Path, days: tuple[date, date]) -> Calendars:
    """One run of khal over calendars that share no event; the last day is inclusive."""
    work.mkdir(exist_ok=True)
    names = {folder.name: path for path, folder in folders.items()}
    config = work / "khal.conf"
    calendars = "".join(f"[[{folder.name}]]\npath = {folder}\n" for folder in folders.values())
    moments = "".join(
        f"{long}dateformat = %Y-%m-%d\n{long}datetimeformat = %Y-%m-%dT%H:%M:%SZ\n"
        for long in ("", "long")
    )
    config.write_text(
        f"[calendars]\n{calendars}[sqlite]\npath = {work}/khal.db\n"
        f"[locale]\nlocal_timezone = UTC\ndefault_timezone = UTC\ntimeformat = %H:%M\n{moments}",
        encoding="utf-8",
    )
    span = [day.isoformat() for day in days]
    command = [program("khal"), "-c", str(config), "list", "--once", "-df", "", "-f", _FIELDS]
    rows: dict[str, list[list[str]]] = {path: [] for path in folders}
    for told_by_khal in _run([*command, *span]).split("\x1e")[:-1]:
        name, uid, start, end, status, title = told_by_khal.lstrip("\n").split("\x1f")
        if "T" not in end:
            end = (date.fromisoformat(end) + timedelta(days=1)).isoformat()
        rows[names[name]].append([uid, start, end, status.strip(), title])
    return {path: counted(found) for path, found in rows.items()}


def _icalendar(feed: bytes) -> Counter[Seen]:
    calendar = Calendar.from_ical(feed)
    assert isinstance(calendar, Calendar)
    return counted(
        (
            str(event["UID"]),
            told(event.decoded("DTSTART")),
            told(event.decoded("DTEND")),
            str(event["STATUS"]),
            str(event["SUMMARY"]),
        )
        for event in calendar.events
    )


def _compiled(work: Path) -> str:
    flags = shlex.split(_run([program("pkg-config"), "--cflags", "--libs", "libical"]))
    reader = work / "read-with-libical"
    _run([program("gcc"), "-Wall", "-Werror", str(_LIBICAL), "-o", str(reader), *flags])
    return str(reader)


def _numbered(feeds: Mapping[str, bytes]) -> Iterable[tuple[str, tuple[str, bytes]]]:
    return ((f"c{number}", item) for number, item in enumerate(feeds.items()))


def _written(folder: Path, name: str, feed: bytes) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.ics"
    path.write_bytes(feed)
    return path


def _run(command: Sequence[str], answers: str = "") -> str:
    done = subprocess.run(
        command,
        input=answers,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "LC_ALL": "C.UTF-8", "NO_COLOR": "1"},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
