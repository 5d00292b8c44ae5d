"""Two people exchange turns, or three in a ring."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from scheduler.actions.alter import Altered, Book, Offered, Wish, alter, locked
from scheduler.domain.change import Kind, Move
from scheduler.domain.rotation import Placed, Rotation
from scheduler.errors import BadRequest, Refused
from scheduler.review.proposal import Standing


def swap(
    folder: Path,
    shift: str,
    now: datetime,
    wish: Wish,
    *,
    seat: str | None = None,
    partners: Sequence[str] = (),
    name: str | None = None,
) -> Altered | Offered:
    """Exchange a turn. ``partners`` are a member, a shift (``SHIFT`` or ``SHIFT/SEAT``), or two
    shifts: then the holder takes the first, its holder the second, and the last one the turn.

    With a member, or nobody, the turns that can be exchanged are told, the best first; where there
    is just one with the member, it is taken.

    Raises:
        BadFiles: the files hold mistakes.
        BadRequest: there is no such shift, seat, member or rotation.
        Refused: a turn has begun or has no holder, a requirement breaks, or another process is
            writing.
    """
    with locked(folder, wish):
        book = Book(folder, now)
        rotation = book.rotation(name, shift)
        placed = _held(book.seat(rotation, shift, seat))
        if wish.on_behalf and wish.on_behalf != placed.member:
            raise Refused(
                f"{placed.shift}/{placed.seat} is held by {book.name(placed.member)}, not by "
                f"{book.name(wish.on_behalf)}."
            )
        standing = book.standing(rotation)
        if partners and all("@" in partner for partner in partners):
            ring = [placed, *(_other(book, rotation, partner) for partner in partners)]
            moves = tuple(_round(book, ring))
        else:
            offered = _offered(book, standing, placed, partners)
            if not partners or len(offered.candidates) != 1:
                if wish.write:
                    raise BadRequest("Say which turn to exchange: --with SHIFT.")
                return offered
            moves = offered.candidates[0].moves
        return alter(book, standing, Kind.swap, moves, wish, concerned=placed.member)


def _offered(book: Book, standing: Standing, placed: Placed, partners: Sequence[str]) -> Offered:
    if len(partners) > 1:
        raise BadRequest("Say --with once with a member, or with one or two shifts.")
    search = book.search(standing)
    seat = standing.problem.seat_by_key[placed.key]
    found = search.swaps(seat, book.member(partners[0]) if partners else "")
    chains = () if found or partners else tuple(search.chains(seat))
    return Offered(book.team, standing.rotation, placed, tuple(found), chains)


def _other(book: Book, rotation: Rotation, shift: str) -> Placed:
    if book.rotation(None, shift) != rotation and not any(
        placed.shift == shift.partition("/")[0] for placed in rotation.placed
    ):
        raise Refused(
            f"{shift} is of another rotation than {rotation.name}, and turns are exchanged within "
            "one: let each of them be covered."
        )
    return _held(book.seat(rotation, shift))


def _held(placed: Placed) -> Placed:
    if not placed.member:
        raise Refused(
            f"Nobody holds {placed.shift}/{placed.seat}, so there is nothing to exchange: "
            "`rota cover` fills it."
        )
    return placed


def _round(book: Book, ring: Sequence[Placed]) -> list[Move]:
    """Each holder takes the next turn, and the last one the first."""
    holders = [placed.member for placed in ring]
    if len(set(holders)) < len(ring):
        twice = next(holder for holder in holders if holders.count(holder) > 1)
        raise BadRequest(f"{book.name(twice)} holds more than one of these turns.")
    takers = [holders[-1], *holders[:-1]]
    return [Move(*p.key, p.member, taker) for p, taker in zip(ring, takers, strict=True)]
