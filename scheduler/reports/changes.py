"""Changes to a rotation on the terminal and as JSON: who takes what, and what follows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Protocol

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from scheduler.domain.change import MARKING, Debt, Entry, Kind, Move
from scheduler.domain.fairness import scaled
from scheduler.domain.rotation import Placed, Rotation, Share
from scheduler.domain.shifts import SeatKey
from scheduler.reports.roster import Roster
from scheduler.reports.tables import table_of
from scheduler.reports.wording import hours, seat_title, when
from scheduler.review.candidates import Candidate
from scheduler.review.proposal import Proposal, TierChange
from scheduler.review.wording import counted

SCHEMA = 1
_MOST_TOLD = 3
_MOST_LISTED = 12

# ----------------------------------------------------------------------------------- what changes


def change(before: Rotation, entry: Entry, proposal: Proposal, roster: Roster) -> RenderableType:
    """A change and what follows from it, line by line."""
    seats = {placed.key: placed for placed in before.placed}
    lines = [Text(said) for said in moved(entry.moves, seats, roster)]
    lines += [Text(said) for said in _marked(entry, seats, roster)]
    lines += [Text(f"Breaks {b.rule}: {b.sentence}", style="red") for b in proposal.broken]
    lines += [Text(said, style="dim") for said in consequences(proposal, roster)]
    return Group(*lines)


def moved(moves: Iterable[Move], seats: dict[SeatKey, Placed], roster: Roster) -> Iterator[str]:
    """A sentence for each seat that changes hands."""
    for move in moves:
        if move.was != move.now:
            seat = seats[move.key]
            work = f"{roster.duty(seat.duty)} {seat_title(seat)}".rstrip()
            now = roster.name(move.now) if move.now else "nobody"
            was = f"instead of {roster.name(move.was)}" if move.was else "which nobody held"
            yield f"{now} takes {work} ({when(seat)}), {was}."


def _marked(entry: Entry, seats: dict[SeatKey, Placed], roster: Roster) -> Iterator[str]:
    """A sentence for each turn that was done or missed."""
    for move in entry.moves if entry.kind in MARKING else ():
        seat = seats[move.key]
        verb = "missed" if entry.kind is Kind.missed else "did"
        work = f"{roster.duty(seat.duty)} {seat_title(seat)}".rstrip()
        yield f"{roster.name(move.now)} {verb} {work} ({when(seat)})."


def consequences(proposal: Proposal, roster: Roster) -> Iterator[str]:
    """What it does to shares and to the goals, in sentences."""
    yield _shares(proposal.before.shares, proposal.after.shares, roster)
    told = [tier for tier in proposal.tiers if not isinstance(tier.after, tuple)]
    for tier in told:
        yield _tier(tier)
    if not told:
        yield "Every other goal is as it was."


def _shares(before: Sequence[Share], after: Sequence[Share], roster: Roster) -> str:
    old, new = scaled(before), scaled(after)
    top, now = (max((i for i in x.values() if i is not None), default=0.0) for x in (old, new))
    if f"{top:.2f}" == f"{now:.2f}":
        whole = f"The highest share stays at {now:.2f}"
    else:
        verb = "rises" if now > top else "falls"
        whole = f"The highest share {verb} from {top:.2f} to {now:.2f}"
    differing = [
        f"{roster.name(member)} {old.get(member) or 0:.2f} to {index:.2f}"
        for member, index in new.items()
        if index is not None and f"{old.get(member) or 0:.2f}" != f"{index:.2f}"
    ]
    return f"{whole} ({', '.join(differing)})." if differing else f"{whole}."


def _tier(tier: TierChange) -> str:
    assert isinstance(tier.before, int)
    assert isinstance(tier.after, int)
    if tier.after == tier.before:
        price = f"stays at {tier.after}"
    else:
        verb = "rises" if tier.after > tier.before else "falls"
        price = f"{verb} from {tier.before} to {tier.after}"
    told = [*tier.added, *(f"no longer: {sentence}" for sentence in tier.gone)]
    more = [f"and {len(told) - _MOST_TOLD} more"] if len(told) > _MOST_TOLD else []
    said = "; ".join([*told[:_MOST_TOLD], *more])
    return f"The price of {tier.name} {price}{': ' if said else ''}{said}."


# ------------------------------------------------------------------------------------- candidates


def covers(candidates: Sequence[Candidate], roster: Roster) -> RenderableType:
    """Who may take a turn, the best first, and what keeps the others from it."""
    able = [candidate for candidate in candidates if not candidate.obstacle]
    barred = [candidate for candidate in candidates if candidate.obstacle]
    parts: list[RenderableType] = []
    if able:
        table = table_of("Who may take it")
        _columns(table)
        for candidate in able:
            table.add_row(Text(candidate.members[0].name), *_figures(candidate))
        parts.append(table)
    else:
        parts.append(Text("Nobody may take it by the rules."))
    if barred:
        parts += [Text(), Text("Who may not", style="bold")]
        parts += [Padding(Text(c.obstacle, style="dim"), (0, 0, 0, 2)) for c in barred]
    return Group(*parts)


def swaps(
    candidates: Sequence[Candidate], chains: Sequence[Candidate], rotation: Rotation, roster: Roster
) -> RenderableType:
    """Turns that can be exchanged, the best first; rings of three where there is none."""
    found = candidates or chains
    if not found:
        return Text("No exchange of two or three turns keeps the rules.")
    seats = {placed.key: placed for placed in rotation.placed}
    table = table_of("In exchange for")
    _columns(table)
    for candidate in found[:_MOST_LISTED]:
        given = candidate.moves[1:]
        told = "\n".join(_turn(seats[move.key], move.was, roster) for move in given)
        table.add_row(Text(told), *_figures(candidate))
    parts: list[RenderableType] = [table]
    if not candidates:
        parts.insert(0, Text("No two turns can be exchanged, but three can:"))
    if len(found) > _MOST_LISTED:
        parts.append(Text(f"and {len(found) - _MOST_LISTED} more", style="dim"))
    return Group(*parts)


def _turn(seat: Placed, holder: str, roster: Roster) -> str:
    return f"{roster.short(holder)}, {seat.shift}/{seat.seat}"


def _columns(table: Table) -> None:
    table.add_column("Share", no_wrap=True)
    table.add_column("Besides")


def _figures(candidate: Candidate) -> tuple[Text, Text]:
    besides = [f"{name} gets nearer to a goal" for name in candidate.nearer]
    besides += ["owes a turn"] if candidate.owes else []
    share = f"{candidate.before:.2f} to {candidate.after:.2f}"
    return Text(share), Text("; ".join(besides))


# ------------------------------------------------------------------------------------------ debts


def debt_lines(debts: Iterable[Debt], roster: Roster) -> Iterator[str]:
    """What members owe each other for turns that were covered, a sentence each."""
    for debt in debts:
        turns = f"{counted(debt.turns, 'turn')}, " if debt.turns > 0 else ""
        yield (
            f"{roster.name(debt.debtor)} owes {roster.name(debt.creditor)} for cover: "
            f"{turns}{hours(debt.minutes)} hours."
        )


# ---------------------------------------------------------------------------------- turns to spend


class Step(Protocol):
    """What so many moved turns come to; shares are scaled to the team's mean."""

    @property
    def moved(self) -> int: ...
    @property
    def highest(self) -> float: ...
    @property
    def lowest(self) -> float: ...


def ladder(steps: Iterable[Step]) -> RenderableType:
    """What each further moved turn buys, down to the plan that was taken."""
    table = table_of("Moved turns")
    table.add_column("Highest share", justify="right")
    table.add_column("Lowest share", justify="right")
    for step in steps:
        table.add_row(str(step.moved), f"{step.highest:.2f}", f"{step.lowest:.2f}")
    return table


# ------------------------------------------------------------------------------------------- JSON


def change_document(
    rotation: Rotation, entry: Entry, proposal: Proposal, roster: Roster, *, written: bool
) -> dict[str, Any]:
    """A change as plain data. ``docs/json.md`` tells every key."""
    return {
        "schema": SCHEMA,
        "team": rotation.team,
        "name": rotation.name,
        "written": written,
        "change": entry_document(entry),
        "breaks": [{"rule": b.rule, "sentence": b.sentence} for b in proposal.broken],
        "consequences": list(consequences(proposal, roster)),
    }


def entry_document(entry: Entry) -> dict[str, Any]:
    """One entry of the rotation file."""
    return {
        "id": entry.id,
        "kind": entry.kind.value,
        "at": entry.at.isoformat(),
        "by": entry.by,
        "for": entry.on_behalf or None,
        "seats": [_move(move) for move in entry.moves],
        "note": entry.note or None,
        "waives": list(entry.waives),
        "undoes": entry.undoes,
    }


def offer_document(
    rotation: Rotation, seat: Placed, candidates: Iterable[Candidate], chains: Iterable[Candidate]
) -> dict[str, Any]:
    """Candidates as plain data, the best first."""
    return {
        "schema": SCHEMA,
        "team": rotation.team,
        "name": rotation.name,
        "shift": seat.shift,
        "seat": seat.seat,
        "member": seat.member or None,
        "candidates": [_candidate(candidate) for candidate in candidates],
        "chains": [_candidate(candidate) for candidate in chains],
    }


def _move(move: Move) -> dict[str, Any]:
    return {
        "shift": move.shift,
        "seat": move.seat,
        "from": move.was or None,
        "to": move.now or None,
    }


def _candidate(candidate: Candidate) -> dict[str, Any]:
    return {
        "seats": [_move(move) for move in candidate.moves],
        "obstacle": candidate.obstacle or None,
        "share_before": round(candidate.before, 3),
        "share_after": round(candidate.after, 3),
        "nearer": list(candidate.nearer),
        "owes": candidate.owes,
    }
