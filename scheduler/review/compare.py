"""What changed between two rotations, turn by turn and member by member."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from scheduler.domain.rotation import Placed, Rotation
from scheduler.domain.shifts import ShiftId


@dataclass(frozen=True, slots=True)
class Change:
    """One seat before and after; ``None`` on the side where the seat does not exist."""

    before: Placed | None
    after: Placed | None

    @property
    def was(self) -> str:
        """The id of who held the seat before, or nothing."""
        return self.before.member if self.before else ""

    @property
    def now(self) -> str:
        """The id of who holds the seat afterwards, or nothing."""
        return self.after.member if self.after else ""


@dataclass(frozen=True, slots=True)
class MemberChanges:
    """The turns that a member gained and lost, and those kept on other days."""

    member: str
    gained: tuple[Placed, ...]
    lost: tuple[Placed, ...]
    redated: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two rotations side by side, in the order of their seats.

    A turn has *moved* when its holder is another, or nobody, afterwards, also because its shift
    is gone; one that keeps its holder on other days is only *redated*. A seat is *filled* when it
    was empty or did not exist before.
    """

    moved: tuple[Change, ...] = ()
    filled: tuple[Change, ...] = ()
    redated: tuple[Change, ...] = ()
    added: tuple[ShiftId, ...] = ()
    removed: tuple[ShiftId, ...] = ()

    @property
    def emptied(self) -> tuple[Change, ...]:
        """The moved turns that nobody holds afterwards."""
        return tuple(change for change in self.moved if not change.now)

    @property
    def by_member(self) -> tuple[MemberChanges, ...]:
        """The same for each member whose turns changed, by id."""
        people = {c.was for c in (*self.moved, *self.redated)}
        people |= {c.now for c in (*self.moved, *self.filled)}
        return tuple(self._of(member) for member in sorted(people - {""}))

    def _of(self, member: str) -> MemberChanges:
        changes = (*self.moved, *self.filled)
        return MemberChanges(
            member,
            gained=tuple(c.after for c in changes if c.after and c.now == member),
            lost=tuple(c.before for c in changes if c.before and c.was == member),
            redated=tuple(c for c in self.redated if c.now == member),
        )


def compare(before: Rotation | None, after: Rotation) -> Comparison:
    """Compare a rotation with the one it follows; without one everything is new."""
    old = () if before is None else before.placed
    changes = tuple(_changes(old, after.placed))
    return Comparison(
        moved=tuple(c for c in changes if c.was and c.now != c.was),
        filled=tuple(c for c in changes if c.now and not c.was),
        redated=tuple(c for c in changes if c.was and c.now == c.was and _is_redated(c)),
        added=_missing(after.placed, old),
        removed=_missing(old, after.placed),
    )


def _changes(old: Iterable[Placed], new: Iterable[Placed]) -> Iterator[Change]:
    earlier = {placed.key: placed for placed in old}
    for placed in new:
        yield Change(earlier.pop(placed.key, None), placed)
    for placed in earlier.values():
        yield Change(placed, None)


def _is_redated(change: Change) -> bool:
    assert change.before is not None
    assert change.after is not None
    times = [(placed.span, placed.start, placed.end) for placed in (change.before, change.after)]
    return times[0] != times[1]


def _missing(here: Iterable[Placed], there: Iterable[Placed]) -> tuple[ShiftId, ...]:
    """The shifts that are here and not there, in the order of here."""
    known = {placed.shift for placed in there}
    return tuple(dict.fromkeys(placed.shift for placed in here if placed.shift not in known))
