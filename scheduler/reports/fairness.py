"""How the work was shared, on the terminal: readable at 80 columns and without colour."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich.console import Group, RenderableType
from rich.text import Text

from scheduler.domain.rotation import Rotation
from scheduler.reports.roster import Roster
from scheduler.reports.shared import Book, Line, Sharing, sentence
from scheduler.reports.tables import table_of
from scheduler.reports.wording import day, hours
from scheduler.review.wording import counted

NAME, ROTATION, LEDGER, FIGURES = 16, 11, 13, 30
"""Columns of the terminal that a name, a rotation, a ledger and the three sums take."""
NOBODY = "–"


def fairness(sharing: Sharing, team: str, width: int) -> RenderableType:
    """Shares by rotation, ledgers, and a sentence for everybody."""
    first, last = sharing.rotations[0], sharing.rotations[-1]
    title = Text(f"{team}, {first.name} to {last.name}", style="bold")
    if first is last:
        title = Text(f"{team}, {first.name}", style="bold")
    parts: list[RenderableType] = [title, Text(), *_shares(sharing, width)]
    parts += _ledgers(sharing, width)
    for line in sharing.lines:
        parts += [Text(), Text(sentence(line))]
    return Group(*parts)


def _shares(sharing: Sharing, width: int) -> Iterator[RenderableType]:
    fit = max(1, (width - NAME - FIGURES) // ROTATION)
    table = table_of("Share")
    for rotation in sharing.rotations[-fit:]:
        table.add_column(_short(rotation), justify="right")
    for heading in ("Hours", "Fair", "Carried"):
        table.add_column(heading, justify="right")
    for line in sharing.lines:
        indices = (NOBODY if i is None else f"{i:.2f}" for i in line.indices[-fit:])
        sums = hours(line.load), hours(line.fair), f"{line.carried / 60:+.1f}"
        table.add_row(_cut(line), *indices, *sums)
    yield table
    said = "Share: hours ÷ entitled hours, with 1.00 as the team's mean."
    if len(sharing.rotations) > fit:
        said += f" Hours and fair are of all {len(sharing.rotations)} rotations."
    yield Text(
        f"{said} Carried: what is left of all differences, and taken off the next entitlement.",
        style="dim",
    )


def _ledgers(sharing: Sharing, width: int) -> Iterator[RenderableType]:
    fit = max(1, (width - NAME) // LEDGER)
    for start in range(0, len(sharing.ledgers), fit):
        yield Text()
        table = table_of("Hours of" if start == 0 else "")
        for name in sharing.ledgers[start : start + fit]:
            table.add_column(name, justify="right")
        for line in sharing.lines:
            table.add_row(_cut(line), *map(_figures, line.books[start : start + fit]))
        yield table
    if sharing.ledgers:
        yield Text("Beside the hours: how many above (+) or below (-) their part.", style="dim")
    if sharing.silent:
        names = ", ".join(sharing.silent)
        yield Text(f"{names}: written without ledgers, and so in the hours alone.", style="dim")


def _figures(book: Book) -> str:
    if not book.load and not book.fair:
        return NOBODY
    return f"{hours(book.load)} {book.above / 60:+5.1f}"


def _cut(line: Line) -> str:
    return line.name if len(line.name) <= NAME else f"{line.name[: NAME - 1]}…"


def _short(rotation: Rotation) -> str:
    """A quarter's name, or the first day of other spans."""
    return rotation.name if "_" not in rotation.name else f"{rotation.horizon.first:%Y-%m-%d}"


# ----------------------------------------------------------------------------- taken over


def taken_over(rotations: Sequence[Rotation], roster: Roster) -> RenderableType:
    """What an import comes to: the rotations, and everybody's hours in them."""
    table = table_of("Rotation")
    for heading in ("From", "To", "Turns", "Empty", "Hours"):
        table.add_column(heading, justify="right")
    for rotation in rotations:
        held = len(rotation.assignments)
        table.add_row(
            rotation.name,
            day(rotation.horizon.first),
            day(rotation.horizon.last),
            str(held),
            str(len(rotation.placed) - held),
            hours(sum(share.load for share in rotation.shares)),
        )
    return Group(table, Text(), Text(_whose(rotations, roster)))


def _whose(rotations: Iterable[Rotation], roster: Roster) -> str:
    turns: dict[str, int] = {}
    for rotation in rotations:
        for placed in rotation.assignments:
            turns[placed.member] = turns.get(placed.member, 0) + 1
    most_first = sorted(turns, key=lambda member: (-turns[member], member))
    return ", ".join(f"{roster.name(m)} {counted(turns[m], 'turn')}" for m in most_first) + "."
