"""What swap, cover, override and undo share: read, review, and write where that is asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from zoneinfo import ZoneInfo

from scheduler.actions.assemble import assemble, entitle, history
from scheduler.actions.horizon import chosen
from scheduler.domain.change import Entry, Kind, Move, next_id
from scheduler.domain.changing import cover_debts
from scheduler.domain.facts import as_published
from scheduler.domain.rotation import Placed, Rotation
from scheduler.domain.shifts import Seat
from scheduler.errors import BadRequest, Refused
from scheduler.files import read_rotations, read_team, rotation_path, write_rotation, writing
from scheduler.files.suggest import did_you_mean, quoted
from scheduler.files.team import Team
from scheduler.review.candidates import Candidate, Search
from scheduler.review.changed import changed
from scheduler.review.proposal import Breach, Proposal, Standing, propose


@dataclass(frozen=True, slots=True)
class Wish:
    """How to change: ``by`` whom (the one concerned where it is absent), ``on_behalf`` of whom, a
    ``note`` for everybody, whether a lead ``insist``s on breaking a requirement, and ``write``."""

    by: str | None = None
    on_behalf: str | None = None
    note: str = ""
    insist: bool = False
    write: bool = False


@dataclass(frozen=True, slots=True)
class Altered:
    """A rotation before and after a change, the review of it, and whether it was written."""

    team: Team
    before: Rotation
    rotation: Rotation
    entry: Entry
    proposal: Proposal
    path: Path
    written: bool
    notes: tuple[str, ...] = ()
    """Sentences for the person about what follows elsewhere."""


@dataclass(frozen=True, slots=True)
class Offered:
    """Nothing was asked for yet: ways to change hands, the best first. ``chains`` are exchanges of
    three, looked for where no two people can exchange."""

    team: Team
    rotation: Rotation
    seat: Placed
    candidates: tuple[Candidate, ...]
    chains: tuple[Candidate, ...] = ()


class Book:
    """A roster with its rotations as they are at a moment, opened at a published rotation."""

    def __init__(self, folder: Path, now: datetime) -> None:
        self.folder = folder
        self.now = now.astimezone(UTC).replace(microsecond=0)
        self.team = read_team(folder)
        self.rotations = read_rotations(folder)

    @cached_property
    def published(self) -> tuple[Rotation, ...]:
        return tuple(rotation for rotation in self.rotations if rotation.is_published)

    def name(self, member: str) -> str:
        """A member's name, or the id of one whom the roster no longer knows."""
        return next((m.name for m in self.team.members if m.id == member), member)

    def member(self, member: str) -> str:
        """An id that the roster knows.

        Raises:
            BadRequest: it does not.
        """
        return known_member(self.team, member)

    # ---------------------------------------------------------------------------- which rotation

    def rotation(self, name: str | None, shift: str) -> Rotation:
        """The published rotation of a name, or the one that has a shift.

        Raises:
            BadRequest: there is none.
            Refused: it is a draft.
        """
        if name is not None:
            found = chosen(self.rotations, name, self.now.date())
        else:
            found = self._with(shift)
        if not found.is_published:
            raise Refused(
                f"{found.name} is only a draft: write the member into "
                f"{rotation_path(self.folder, found.name)} with `pinned: true`, and plan again."
            )
        return found

    def _with(self, shift: str) -> Rotation:
        wanted = shift.partition("/")[0]
        holding = [r for r in self.rotations if any(p.shift == wanted for p in r.placed)]
        if holding:
            return max(holding, key=lambda r: (r.is_published, r.horizon))
        every = dict.fromkeys(p.shift for r in self.published for p in r.placed)
        if not every:
            raise Refused("Nothing is published yet: run `rota publish` first.")
        raise BadRequest(f"There is no shift {quoted(wanted)}{did_you_mean(wanted, every)}")

    def standing(self, rotation: Rotation) -> Standing:
        """A published rotation as today's roster sees it."""
        earlier = history(self.rotations, rotation.horizon)
        problem = as_published(assemble(self.team, earlier, rotation.horizon), rotation)
        problem = entitle(problem, self.team.policy)
        return Standing(problem, self.team.policy, rotation)

    # --------------------------------------------------------------------------------- which seat

    def seat(self, rotation: Rotation, shift: str, name: str | None = None) -> Placed:
        """A seat by its shift and name (``SHIFT/SEAT``, or apart), that has not begun.

        Raises:
            BadRequest: there is none, or several.
            Refused: it has begun.
        """
        found = self.any_seat(rotation, shift, name)
        self.to_come(found)
        return found

    def any_seat(self, rotation: Rotation, shift: str, name: str | None = None) -> Placed:
        """The same, whether it has begun or not.

        Raises:
            BadRequest: there is none, or several.
        """
        shift, _, written = shift.partition("/")
        name = name or written or None
        seats = [placed for placed in rotation.placed if placed.shift == shift]
        if not seats:
            known = dict.fromkeys(placed.shift for placed in rotation.placed)
            guess = did_you_mean(shift, known)
            raise BadRequest(f"{rotation.name} has no shift {quoted(shift)}{guess}")
        found = [placed for placed in seats if name in (None, placed.seat)]
        names = ", ".join(placed.seat for placed in seats)
        if not found:
            raise BadRequest(f"{shift} has no seat {quoted(name or '')}; its seats: {names}")
        if len(found) > 1:
            raise BadRequest(f"{shift} has several seats: say which one with --seat ({names}).")
        return found[0]

    def to_come(self, placed: Placed) -> None:
        """Refuse a seat that has begun: what is past is a fact."""
        if self.has_begun(placed):
            raise Refused(
                f"{placed.shift}/{placed.seat} has begun, and what is past is not changed."
            )

    def has_begun(self, placed: Placed) -> bool:
        """Whether a seat has begun; one of whole days begins with its first day where the team
        is."""
        if placed.start is not None:
            return placed.start <= self.now
        return placed.span.first <= self.now.astimezone(ZoneInfo(self.team.timezone)).date()

    def search(self, standing: Standing) -> Search:
        """A search among the seats that have not begun."""
        keys = [p.key for p in standing.rotation.placed if not self.has_begun(p)]
        seats: Iterable[Seat] = (standing.problem.seat_by_key[key] for key in keys)
        return Search(standing, tuple(seats), cover_debts(self.published))


def known_member(team: Team, member: str) -> str:
    """An id that the roster knows.

    Raises:
        BadRequest: it does not.
    """
    known = sorted(m.id for m in team.members)
    if member not in known:
        guess = did_you_mean(member, known)
        raise BadRequest(
            f"There is no member {quoted(member)}{guess or '; they are: ' + ', '.join(known)}"
        )
    return member


def locked(folder: Path, wish: Wish) -> AbstractContextManager[None]:
    """The right to write, where something is to be written: all is read under it."""
    return writing(folder) if wish.write else nullcontext()


def alter(
    book: Book,
    standing: Standing,
    kind: Kind,
    moves: Sequence[Move],
    wish: Wish,
    *,
    concerned: str = "",
    undoes: int | None = None,
) -> Altered:
    """Review a change and make it; write it where that is wished for. Where nothing changes hands
    it is a fact, and told whatever follows from it.

    Raises:
        BadRequest: ``by`` or ``on_behalf`` is nobody.
        Refused: it breaks a requirement and no lead insists, or it cannot be written.
    """
    by, on_behalf = _who(book, wish, concerned)
    rotation = standing.rotation
    entry = Entry(
        id=next_id(rotation.changes),
        kind=kind,
        at=book.now,
        by=by,
        moves=tuple(moves),
        on_behalf=on_behalf,
        note=" ".join(wish.note.split()),
        undoes=undoes,
    )
    proposal = propose(standing, moves, entry)
    if any(move.was != move.now for move in moves):
        waives = _waived(book, proposal.broken, by, insist=wish.insist)
        moves = (*moves, *_bystanders(rotation, proposal))
        entry = replace(entry, moves=moves, waives=waives)
    after = changed(standing, entry)
    written = wish.write and write_rotation(book.folder, after)
    path = rotation_path(book.folder, rotation.name)
    notes = tuple(_outdated(book, rotation))
    return Altered(book.team, rotation, after, entry, proposal, path, written, notes)


def _outdated(book: Book, rotation: Rotation) -> Iterator[str]:
    """Published rotations to come that state fair shares by balances of before the change."""
    for later in book.published:
        if later.horizon.first > rotation.horizon.first and later.horizon.end > book.now.date():
            yield (
                f"{later.name} is published already, and states fair shares as they were before "
                f"this: `rota replan --quarter {later.name}` states them anew."
            )


def _who(book: Book, wish: Wish, concerned: str) -> tuple[str, str]:
    """Who makes the change and for whom; nobody is named for themselves."""
    asked = book.member(wish.on_behalf) if wish.on_behalf else ""
    by = book.member(wish.by) if wish.by else asked or concerned
    if not by:
        raise BadRequest("Say who makes this change with --by.")
    on_behalf = asked or concerned
    return by, on_behalf if on_behalf != by else ""


def _waived(book: Book, broken: Sequence[Breach], by: str, *, insist: bool) -> tuple[str, ...]:
    if not broken:
        return ()
    told = "".join(f"\n- {sentence}" for sentence in dict.fromkeys(b.sentence for b in broken))
    if not insist:
        raise Refused(
            f"Nothing was changed, because this would break a rule:{told}\n"
            "A lead may knowingly do it with --insist."
        )
    if by not in book.team.leads:
        leads = ", ".join(book.team.leads) or "nobody yet: set `lead: true` in roster.yaml"
        raise Refused(
            f"Nothing was changed: {book.name(by)} is no lead, and only a lead may break a rule "
            f"({leads}).{told}"
        )
    return tuple(dict.fromkeys(breach.rule for breach in broken))


def _bystanders(rotation: Rotation, proposal: Proposal) -> Iterator[Move]:
    """Seats that do not move and on which a rule is broken all the same: they carry the waiver."""
    moved = {move.key for move in proposal.moves}
    about = dict.fromkeys(key for breach in proposal.broken for key in breach.seats)
    holders = {placed.key: placed.member for placed in rotation.placed}
    for key in about:
        if key not in moved and key in holders:
            yield Move(*key, holders[key], holders[key])
