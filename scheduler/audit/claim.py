"""What a rotation claims: who holds which seat when, and the figures that it states.

Three kinds of file say it: a rotation file, the JSON of ``plan`` and ``show``, and a CSV.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from io import StringIO
from pathlib import Path

from scheduler.audit.changes import false_changes, missed_turns
from scheduler.audit.source import Node, read_json, read_text, read_yaml
from scheduler.audit.words import ONE_DAY, Days, day, decimal, flag, instant, number
from scheduler.errors import BadRequest

COLUMNS = ("shift", "duty", "seat", "start", "end", "member")


@dataclass(frozen=True, slots=True)
class Turn:
    """A seat of a rotation and who holds it, nobody where ``member`` is empty.

    A whole-day turn has ``days``, a timed one ``opens`` and ``closes`` in UTC, or both. ``effort``
    is in minutes; it and ``must`` are ``None`` where the file is silent. A turn that was ``missed``
    counts for nobody.
    """

    shift: str
    duty: str
    seat: str
    member: str
    days: Days | None = None
    opens: datetime | None = None
    closes: datetime | None = None
    effort: int | None = None
    must: bool | None = None
    waives: frozenset[str] = frozenset()
    missed: bool = False

    @property
    def key(self) -> tuple[str, str]:
        return self.shift, self.seat

    @property
    def name(self) -> str:
        return f"{self.shift}/{self.seat}"

    @property
    def first(self) -> date:
        """The day on which it begins; of a moment the one in UTC."""
        if self.days is not None:
            return self.days.first
        assert self.opens is not None, "a turn without days has moments"
        return self.opens.date()


@dataclass(frozen=True, slots=True)
class Figures:
    """A member's line as the file states it, in minutes; ``None`` where it is silent.

    ``index`` is the share index in thousandths, scaled to the team's mean or not.
    """

    member: str
    available: float | None = None
    load: float | None = None
    fair: float | None = None
    entitlement: float | None = None
    carried: float | None = None
    index: float | None = None


@dataclass(frozen=True)
class Claim:
    """A whole rotation. ``complete`` says that seats nobody holds stand in the file too."""

    name: str
    horizon: Days
    turns: tuple[Turn, ...]
    complete: bool
    prices: dict[str, tuple[int, ...]]
    figures: tuple[Figures, ...]
    published: bool = False
    changed: date | None = None
    """The day, in UTC, of the last change since publication: what had begun by then is past."""
    faults: tuple[str, ...] = ()
    """What is wrong with the changes since publication."""


def read_claim(path: Path) -> Claim:
    """The rotation in a file, by the ending of its name.

    Raises:
        BadFiles: it cannot be read or understood.
        BadRequest: the ending is none that a rotation has.
    """
    kind = path.suffix.lower()
    if kind in (".yaml", ".yml"):
        return _from_file(read_yaml(path))
    if kind == ".json":
        return _from_json(read_json(path), path.stem)
    if kind == ".csv":
        return _from_csv(path)
    raise BadRequest(f"{path} is no rotation: its name must end in .yaml, .json or .csv.")


# ----------------------------------------------------------------------------- a rotation file


def _from_file(node: Node) -> Claim:
    missed = missed_turns(node["changes"])
    turns = tuple(
        _seat_line(shift, seat, missed)
        for shift in node["shifts"].entries()
        for seat in shift["seats"].entries()
    )
    gone = {
        (shift.need("id").text(), seat.need("seat").text()): ""
        for shift in node["dropped"].entries()
        for seat in shift["seats"].entries()
    }
    holders = {**gone, **{turn.key: turn.member for turn in turns}}
    return Claim(
        name=node["name"].text(),
        horizon=_horizon(node.need("first"), day(node.need("last"))),
        turns=turns,
        complete=True,
        prices=_prices(node["tiers"]),
        figures=tuple(_share_line(entry) for entry in node["shares"].entries()),
        published=bool(node["published"]),
        changed=_last_change(node),
        faults=tuple(false_changes(node["changes"], holders)),
    )


def _last_change(node: Node) -> date | None:
    """Planning again may write seats and no entry: nobody need lose a turn whose date has moved."""
    moments = [entry["at"] for entry in node["changes"].entries()]
    moments += [
        seat["revised"] for shift in node["shifts"].entries() for seat in shift["seats"].entries()
    ]
    return max((instant(moment).date() for moment in moments if moment), default=None)


def _seat_line(shift: Node, seat: Node, missed: set[tuple[str, str]]) -> Turn:
    first, last = seat["first"] or shift.need("first"), seat["last"] or shift.need("last")
    start, end = seat["start"] or shift["start"], seat["end"] or shift["end"]
    return Turn(
        shift=shift.need("id").text(),
        duty=shift.need("duty").text(),
        seat=seat.need("seat").text(),
        member=seat["member"].text(),
        days=_horizon(first, day(last)),
        opens=instant(start) if start else None,
        closes=_closing(instant(start), end) if start else None,
        effort=number(seat["effort"], 0) if seat["effort"] else None,
        must=flag(seat["must"]),
        waives=_waives(seat),
        missed=(shift.need("id").text(), seat.need("seat").text()) in missed,
    )


def _share_line(node: Node) -> Figures:
    return Figures(
        member=node.need("member").text(),
        available=_maybe(node["available"]),
        load=_maybe(node["load"]),
        fair=_maybe(node["fair"]),
        entitlement=_maybe(node["entitlement"]),
        carried=_maybe(node["carried"]),
    )


# --------------------------------------------------------------------- the JSON of plan and show


def _from_json(node: Node, name: str) -> Claim:
    rows = [*node.need("assignments").entries(), *node["unfilled"].entries()]
    # The horizon is the one thing whose last day a person reads: it belongs to it.
    horizon = _horizon(node.need("from"), day(node.need("to")))
    return Claim(
        name=node["name"].text(name),
        horizon=horizon,
        turns=tuple(_row(row) for row in rows),
        complete=True,
        prices=_prices(node["tiers"]),
        figures=tuple(_member_line(entry) for entry in node["members"].entries()),
        published=node["status"].text() == "published",
    )


def _member_line(node: Node) -> Figures:
    return Figures(
        member=node.need("id").text(),
        available=_maybe(node["available_hours"], 60),
        load=_maybe(node["load_hours"], 60),
        entitlement=_maybe(node["entitlement_hours"], 60),
        index=_maybe(node["share_index"], 1000),
    )


def _row(node: Node) -> Turn:
    start, end = node.need("start"), node.need("end")
    timed = len(start.text()) > len("2027-01-04")
    hours = node["effort_hours"]
    return Turn(
        shift=node["shift"].text(),
        duty=node.need("duty").text(),
        seat=node.need("seat").text(),
        member=node["member"].text(),
        days=None if timed else _horizon(start, day(end) - ONE_DAY),
        opens=instant(start) if timed else None,
        closes=_closing(instant(start), end) if timed else None,
        effort=round(60 * decimal(hours, 0)) if hours else None,
        waives=_waives(node),
        missed=flag(node["missed"]),
    )


# ---------------------------------------------------------------------------------------- a CSV


def _from_csv(path: Path) -> Claim:
    turns = tuple(_row(node) for node in _rows(path))
    horizon = _named(path.stem) or _covered(turns)
    if horizon is None:
        raise BadRequest(f"{path} holds no turn, and its name is no quarter: nothing to audit.")
    return Claim(path.stem, horizon, turns, complete=False, prices={}, figures=())


def _rows(path: Path) -> Iterator[Node]:
    file = str(path)
    reader = csv.reader(StringIO(read_text(path), newline=""), strict=True)
    try:
        header = [word.strip() for word in next(reader, [])]
        absent = [column for column in COLUMNS if column not in header]
        if absent:
            raise Node(None, file).wrong(f"the first line must name {', '.join(absent)}")
        for words in reader:
            line = reader.line_num
            if len(words) > len(header):
                raise Node(None, file, line).wrong("this line has more entries than the first one")
            cells = zip(header, words, strict=False)
            if any(word.strip() for word in words):
                yield Node(
                    {key: Node(word.strip() or None, file, line) for key, word in cells}, file, line
                )
    except csv.Error as error:
        raise Node(None, file, reader.line_num).wrong(f"this is not CSV: {error}") from error


def _named(name: str) -> Days | None:
    """The days of a quarter such as ``2027-Q1``, or of two dates such as ``DATE_DATE``."""
    if found := re.fullmatch(r"(\d{4})-Q([1-4])", name):
        month = 3 * int(found[2]) - 2
        node = Node(f"{found[1]}-{month:02}-01", name)
        first = day(node)
        after = (first + timedelta(days=95)).replace(day=1)
        return Days(first, after - ONE_DAY)
    if found := re.fullmatch(r"(\d{4}-\d\d-\d\d)_(\d{4}-\d\d-\d\d)", name):
        return _horizon(Node(found[1], name), day(Node(found[2], name)))
    return None


def _covered(turns: tuple[Turn, ...]) -> Days | None:
    """From the first to the last day on which a turn starts: a CSV says no more."""
    starts = [turn.days.first for turn in turns if turn.days]
    starts += [turn.opens.date() for turn in turns if turn.opens]
    return Days(min(starts), max(starts)) if starts else None


# ------------------------------------------------------------------------------- what all share


def _horizon(first: Node, last: date) -> Days:
    if last < day(first):
        raise first.wrong(f"this ends before it begins: {first.text()}")
    return Days(day(first), last)


def _closing(opens: datetime, end: Node) -> datetime:
    closes = instant(end)
    if closes <= opens:
        raise end.wrong(f"this ends before it begins: {end.text()}")
    return closes


def _waives(node: Node) -> frozenset[str]:
    return frozenset(entry.text() for entry in node["waives"].entries())


def _maybe(node: Node, times: int = 1) -> float | None:
    return times * decimal(node, 0) if node else None


def _prices(node: Node) -> dict[str, tuple[int, ...]]:
    return {entry.need("name").text(): _price(entry["price"]) for entry in node.entries()}


def _price(node: Node) -> tuple[int, ...]:
    if isinstance(node.value, list):
        return tuple(number(entry, 0) for entry in node.value)
    return (number(node, 0),)
