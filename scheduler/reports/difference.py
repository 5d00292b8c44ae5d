"""The difference between two rotations: as text, as Markdown for a pull request, and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from scheduler.domain.change import Entry
from scheduler.domain.fairness import scaled
from scheduler.domain.rotation import Placed, Rotation
from scheduler.reports.changes import entry_document
from scheduler.reports.document import bounds
from scheduler.reports.markdown import safe, table_lines
from scheduler.reports.roster import Roster
from scheduler.reports.tables import table_of
from scheduler.reports.wording import seat_title, when
from scheduler.review.compare import Change, Comparison
from scheduler.review.wording import counted

SCHEMA = 1
NOBODY = "–"


@dataclass(frozen=True)
class Sides:
    """Two rotations with what differs, and the names behind their ids."""

    name: str
    before: Rotation | None
    after: Rotation | None
    comparison: Comparison
    changes: Sequence[Entry]
    roster: Roster

    @property
    def headline(self) -> str:
        """What became of the file, and how much moved."""
        told = self.comparison
        said = f"{counted(len(told.moved), 'turn')} moved"
        if told.emptied:
            said += f" ({len(told.emptied)} of them now empty)"
        said += f", {counted(len(told.filled), 'seat')} newly filled"
        if told.redated:
            said += f", {counted(len(told.redated), 'turn')} on other days"
        return f"{self.name}{self._status}: {said}."

    @property
    def _status(self) -> str:
        if self.before is None:
            return " (new)"
        if self.after is None:
            return " (removed)"
        states = ["published" if r.is_published else "draft" for r in (self.before, self.after)]
        return "" if states[0] == states[1] else f" ({states[0]}, now {states[1]})"

    @property
    def heads(self) -> dict[bool, tuple[str, ...]]:
        """Headings of the table by duty and by person."""
        return {True: ("When", "Duty", "Before", "After"), False: ("Member", "Gains", "Loses")}

    def rows(self, *, by_duty: bool) -> Iterator[tuple[str, ...]]:
        """The lines of the table."""
        return self._by_duty() if by_duty else self._by_person()

    def _by_duty(self) -> Iterator[tuple[str, ...]]:
        for change in changed(self.comparison):
            seat = change.after or change.before
            assert seat is not None
            yield when(seat), self._work(seat), self._name(change.was), self._name(change.now)

    def _by_person(self) -> Iterator[tuple[str, ...]]:
        for line in self.comparison.by_member:
            redated = [c.after for c in line.redated if c.after]
            gained = [*line.gained, *redated]
            lost = [*line.lost, *(c.before for c in line.redated if c.before)]
            yield self._name(line.member), self._turns(gained), self._turns(lost)

    def _turns(self, seats: Iterable[Placed]) -> str:
        return "; ".join(f"{self._work(seat)} ({when(seat)})" for seat in seats)

    def _work(self, seat: Placed) -> str:
        return f"{self.roster.duty(seat.duty)} {seat_title(seat)}".rstrip()

    def _name(self, member: str) -> str:
        return self.roster.name(member) if member else NOBODY

    def indices(self) -> dict[str, tuple[float | None, float | None]]:
        """Everybody's share before and after, 1.00 being the team's mean."""
        old = scaled(self.before.shares) if self.before else {}
        new = scaled(self.after.shares) if self.after else {}
        return {member: (old.get(member), new.get(member)) for member in {**old, **new}}

    def shares(self) -> Iterator[tuple[str, str, str]]:
        """The shares that differ, in hundredths."""
        for member, (old, new) in self.indices().items():
            if _index(old) != _index(new):
                yield self._name(member), _index(old), _index(new)

    def highest(self) -> str:
        """The highest share before and after, in a sentence."""
        sides = zip(*self.indices().values(), strict=True)
        tops = [max((i for i in side if i is not None), default=None) for side in sides]
        if len(tops) < 2 or _index(tops[0]) == _index(tops[1]):
            return f"The highest share is {_index(tops[-1] if tops else None)}."
        return f"The highest share was {_index(tops[0])} and is {_index(tops[1])}."

    def entries(self) -> Iterator[str]:
        """The recorded changes that are new, a sentence each."""
        for entry in self.changes:
            who = f" by {self._name(entry.by)}" if entry.by else ""
            whom = f" for {self._name(entry.on_behalf)}" if entry.on_behalf else ""
            waived = f", waives {', '.join(entry.waives)}" if entry.waives else ""
            of = f" of change {entry.undoes}" if entry.undoes else ""
            note = f": {entry.note}" if entry.note else ""
            yield f"Change {entry.id}: {entry.kind.value}{of}{who}{whom}{waived}{note}"


def changed(comparison: Comparison) -> tuple[Change, ...]:
    """Everything that is not as it was, in order of time."""
    every = (*comparison.moved, *comparison.filled, *comparison.redated)
    return tuple(sorted(every, key=_moment))


def as_text(sides: Sides, *, by_duty: bool) -> RenderableType:
    """A difference on the terminal."""
    parts: list[RenderableType] = [Text(sides.headline, style="bold")]
    rows = list(sides.rows(by_duty=by_duty))
    if rows:
        parts += [Text(), _table(sides.heads[by_duty], rows)]
    shares = list(sides.shares())
    if shares:
        parts += [Text(), _table(("Share of", "Before", "After"), shares)]
    parts.append(Text(sides.highest(), style="dim"))
    parts += [Text(entry) for entry in sides.entries()]
    return Group(*parts)


def as_markdown(sides: Sides, *, by_duty: bool) -> str:
    """A difference for the comment on a pull request."""
    lines = [f"**{safe(sides.headline)}**", ""]
    rows = list(sides.rows(by_duty=by_duty))
    if rows:
        lines += table_lines(sides.heads[by_duty], [[*map(safe, row)] for row in rows])
    shares = list(sides.shares())
    if shares:
        lines += table_lines(("Share of", "Before", "After"), [[*map(safe, row)] for row in shares])
    lines += [sides.highest(), ""]
    lines += [f"- {safe(entry)}" for entry in sides.entries()]
    return "\n".join(lines).rstrip() + "\n"


def as_data(sides: Sides) -> dict[str, Any]:
    """A difference as plain data. ``docs/json.md`` tells every key."""
    told = sides.comparison
    return {
        "name": sides.name,
        "before": _status(sides.before),
        "after": _status(sides.after),
        "moved": [_change(change) for change in told.moved],
        "filled": [_change(change) for change in told.filled],
        "redated": [_change(change) for change in told.redated],
        "added": list(told.added),
        "removed": list(told.removed),
        "members": [
            {"id": member, "share_before": _rounded(old), "share_after": _rounded(new)}
            for member, (old, new) in sides.indices().items()
        ],
        "changes": [entry_document(entry) for entry in sides.changes],
    }


def _change(change: Change) -> dict[str, Any]:
    seat = change.after or change.before
    assert seat is not None
    begin, end = bounds(seat)
    return {
        "shift": seat.shift,
        "duty": seat.duty,
        "seat": seat.seat,
        "start": begin,
        "end": end,
        "from": change.was or None,
        "to": change.now or None,
    }


def _status(rotation: Rotation | None) -> str | None:
    if rotation is None:
        return None
    return "published" if rotation.is_published else "draft"


def _moment(change: Change) -> tuple[str, tuple[str, str]]:
    seat = change.after or change.before
    assert seat is not None
    return seat.moment, seat.key


def _index(index: float | None) -> str:
    return NOBODY if index is None else f"{index:.2f}"


def _rounded(index: float | None) -> float | None:
    return None if index is None else round(index, 3)


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> RenderableType:
    table = table_of(heads[0])
    for head in heads[1:]:
        table.add_column(head)
    for row in rows:
        table.add_row(*map(Text, row))
    return table
