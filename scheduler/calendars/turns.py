"""Turns: the seats of all published rotations in one row, each with its neighbours."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise

from scheduler.domain.rotation import Placed, Rotation
from scheduler.domain.shifts import SeatKey

LOOK_BACK = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Turn:
    """A seat as feeds see it. ``before`` and ``after`` are the neighbouring turns of the same
    duty and seat, across rotations, filled or not; a shadow has none, since who learns hands
    nothing on.

    ``sequence`` grows with every change of what is shown, ``changed`` is the instant of the last.
    """

    placed: Placed
    sequence: int
    changed: datetime
    before: Placed | None
    after: Placed | None


@dataclass(frozen=True, slots=True)
class _Version:
    """A seat as one published rotation has it."""

    placed: Placed
    published: datetime
    revisions: int
    handed: tuple[datetime, ...]
    """When it went from one holder to another, or was dropped, since it was first published."""
    dropped: bool = False

    @property
    def changed(self) -> datetime:
        return self.placed.revised or self.published

    @property
    def holds_since(self) -> datetime:
        """Since when its holder is the one who holds it now."""
        return max(self.handed, default=self.published)


def published(rotations: Iterable[Rotation]) -> tuple[Rotation, ...]:
    """The published rotations, in the order of their days."""
    final = [rotation for rotation in rotations if rotation.published is not None]
    return tuple(sorted(final, key=lambda rotation: (rotation.horizon, rotation.name)))


def opening(rotations: Sequence[Rotation]) -> date:
    """The first day that feeds show, for published rotations in order, at least one.

    It lies 30 days before the newest rotation starts. One that is published ahead of its start
    counts from the day of its publication, or else the turns in between would leave the feeds.
    """
    newest = rotations[-1]
    assert newest.published is not None
    return min(newest.horizon.first, newest.published.date()) - LOOK_BACK


def turns_of(rotations: Sequence[Rotation]) -> tuple[Turn, ...]:
    """The seats of published rotations from the opening on, filled or not, in order of time."""
    rows: dict[tuple[str, str], list[_Version]] = {}
    for version in sorted(_latest(rotations), key=_when):
        rows.setdefault((version.placed.duty, version.placed.seat), []).append(version)
    return _shown(rotations, (turn for row in rows.values() for turn in _neighbours(row)))


def dropped_of(rotations: Sequence[Rotation]) -> tuple[Turn, ...]:
    """The seats that a replan left out, from the opening on, in order of time. Nobody holds them,
    and they are nobody's neighbours."""
    gone = (version for version in _latest(rotations) if version.dropped)
    return _shown(rotations, map(_alone, gone))


def _alone(version: _Version) -> Turn:
    """A turn without neighbours."""
    return Turn(version.placed, version.revisions, version.changed, None, None)


def _shown(rotations: Sequence[Rotation], turns: Iterable[Turn]) -> tuple[Turn, ...]:
    since = opening(rotations)
    shown = (turn for turn in turns if turn.placed.span.end > since)
    return tuple(sorted(shown, key=lambda turn: (turn.placed.moment, turn.placed.key)))


def former_holders(rotations: Iterable[Rotation]) -> dict[SeatKey, tuple[str, ...]]:
    """Who once held a seat since it was published and does not now, by seat; the last comes
    last."""
    held: dict[SeatKey, dict[str, None]] = {}
    for rotation in sorted(published(rotations), key=lambda r: (r.published, r.name)):
        for move in (move for entry in rotation.changes for move in entry.moves):
            _put_last(held.setdefault(move.key, {}), move.was)
        for key, placed in rotation.seats_ever.items():
            _put_last(held.setdefault(key, {}), placed.member)
    now = {version.placed.key: version.placed.member for version in _latest(rotations)}
    return {
        key: tuple(member for member in members if member not in {"", now.get(key, "")})
        for key, members in held.items()
    }


def _put_last(members: dict[str, None], member: str) -> None:
    members.pop(member, None)
    members[member] = None


def _latest(rotations: Iterable[Rotation]) -> Iterable[_Version]:
    """Every seat once. Where two rotations hold it, the one published later has the word, and its
    revisions go on from the other's."""
    found: dict[SeatKey, _Version] = {}
    for instant, rotation in sorted(
        ((r.published, r) for r in rotations if r.published is not None),
        key=lambda pair: (pair[0], pair[1].horizon, pair[1].name),
    ):
        handed = _handed(rotation)
        gone = frozenset(placed.key for placed in rotation.dropped)
        for placed in rotation.seats_ever.values():
            earlier = found.get(placed.key)
            revisions = placed.revision + (earlier.revisions + 1 if earlier else 0)
            before = (*earlier.handed, instant) if earlier else ()
            own = handed.get(placed.key, ())
            found[placed.key] = _Version(
                placed, instant, revisions, (*before, *own), placed.key in gone
            )
    return found.values()


def _handed(rotation: Rotation) -> dict[SeatKey, list[datetime]]:
    """When each seat changed hands since publication."""
    found: dict[SeatKey, list[datetime]] = {}
    for entry in rotation.changes:
        for move in entry.moves:
            if move.was != move.now:
                found.setdefault(move.key, []).append(entry.at)
    for placed in rotation.dropped:
        told = found.setdefault(placed.key, [])
        if placed.revised is not None and placed.revised not in told:
            told.append(placed.revised)
    return found


def _neighbours(row: Sequence[_Version]) -> Iterable[Turn]:
    """The turns of a row, each between those that were not dropped."""
    edges: list[_Version | None] = [None, *(v for v in row if not v.dropped), None]
    for (before, version), (_, after) in zip(pairwise(edges), pairwise(edges[1:]), strict=False):
        assert version is not None
        if version.placed.role == "shadow":
            yield _alone(version)
            continue
        # Within a rotation a new partner raises the seat's own revision. A partner in another file
        # is counted here, since publishing the next quarter leaves the last one's file alone: once
        # when it appears, and then whenever it changes hands, for no more than its holder is shown.
        strangers = [n for n in (before, after) if n and n.published != version.published]
        once = [v for n in strangers for v in _once_partners(row, version, n)]
        yield Turn(
            placed=version.placed,
            sequence=version.revisions
            + sum(n.published > version.published for n in strangers)
            + sum(len(v.handed) for v in (*strangers, *once)),
            changed=max(
                [
                    version.changed,
                    *(n.holds_since for n in strangers),
                    *(v.holds_since for v in once),
                ]
            ),
            before=before.placed if before else None,
            after=after.placed if after else None,
        )


def _once_partners(
    row: Sequence[_Version], version: _Version, partner: _Version
) -> Iterator[_Version]:
    """What was dropped between a turn and its partner in another file, from that file: each was
    the partner once, so that what was counted of it stays counted."""
    low, high = sorted((_when(version), _when(partner)))
    for other in row:
        if other.dropped and low < _when(other) < high and other.published == partner.published:
            yield other


def _when(version: _Version) -> tuple[str, str, str]:
    return (version.placed.moment, *version.placed.key)
