"""A rotation on the terminal: readable at 80 columns and without colour."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from scheduler.domain.fairness import scaled
from scheduler.domain.rotation import Placed, Rotation, TierResult
from scheduler.domain.span import Week
from scheduler.reports.contributions import contributions, within
from scheduler.reports.gaps import alike
from scheduler.reports.grid import Column, Daily, arrange
from scheduler.reports.roster import Roster
from scheduler.reports.tables import table_of
from scheduler.reports.training import few_can_lead, goal, told
from scheduler.reports.upstreams import Effort, efforts, efforts_by_kind
from scheduler.reports.wording import (
    WEEKDAYS,
    hours,
    monday,
    period,
    price,
    seat_title,
    summary,
    when,
)

WIDEST_CELL = 14
BETWEEN = 3
"""Characters between two columns of a table."""
EMPTY, ON = "–", '"'


def overview(rotation: Rotation, roster: Roster, width: int) -> RenderableType:
    """Everything about a rotation, section by section."""
    parts = [
        headline(rotation),
        *who_does_what(rotation, roster, width),
        unfilled(rotation, roster),
        fairness(rotation, roster),
        upstreams(rotation, roster),
        kinds(rotation, roster),
        contributions(within(rotation, roster), roster),
        learning(rotation, roster),
        bus_factor(rotation, roster),
        tiers(rotation.tiers),
    ]
    return Group(*_spaced(part for part in parts if part is not None))


def _spaced(parts: Iterable[RenderableType]) -> Iterator[RenderableType]:
    for number, part in enumerate(parts):
        if number:
            yield Text()
        yield part


# ---------------------------------------------------------------------------- what it is about


def headline(rotation: Rotation) -> RenderableType:
    """The team, the days and how much of the work has somebody."""
    title = Text(f"{rotation.team}, {rotation.name}", style="bold")
    title.append(f"  {period(rotation)}", style="not bold")
    lines = [title, Text(summary(rotation))]
    if rotation.interrupted:
        warning = "Interrupted: this is the best that was found until then."
        lines.append(Text(warning, style="yellow"))
    return Group(*lines)


# --------------------------------------------------------------------------------- who does what


def who_does_what(rotation: Rotation, roster: Roster, width: int) -> Iterator[RenderableType]:
    """The weeks as rows and the seats as columns, in as many tables as the width asks for."""
    grid = arrange(rotation)
    for columns in _blocks(grid.columns, roster, width):
        table = table_of("Week of")
        for column in columns:
            table.add_column(_head(column, roster), width=_wide(column, roster))
        for week in grid.weeks:
            cells = [_cell(column, week, roster) for column in columns]
            table.add_row(monday(week), *cells)
        yield table
    for daily in grid.daily:
        yield _by_weekday(daily, roster)
    if grid.columns or grid.daily:
        yield Text(f"{ON} goes on   {EMPTY} nobody", style="dim")
    if grid.rare:
        yield turns(grid.rare, roster, title="Now and then")


def _blocks(columns: Sequence[Column], roster: Roster, width: int) -> Iterator[Sequence[Column]]:
    """Columns in order, as many together as fit beside the weeks."""
    block: list[Column] = []
    left = 0
    for column in columns:
        takes = _wide(column, roster) + BETWEEN
        if block and takes > left:
            yield block
            block = []
        if not block:
            left = width - len("Week of")
        block.append(column)
        left -= takes
    if block:
        yield block


def _wide(column: Column, roster: Roster) -> int:
    words = [*roster.duty(column.duty).split(), column.seat]
    words += [roster.short(turn.member) for turn in column.cells.values()]
    return min(WIDEST_CELL, max(map(len, words)))


def _head(column: Column, roster: Roster) -> Text:
    head = Text(roster.duty(column.duty))
    if column.seat != "lead":
        head.append(f"\n{column.seat}", style="italic")
    return head


def _cell(column: Column, week: Week, roster: Roster) -> Text:
    turn = column.cells.get(week)
    if turn is None:
        return Text(ON if week in column.running else "", style="dim")
    return _holder(turn, roster)


def _holder(turn: Placed, roster: Roster) -> Text:
    if turn.member:
        return Text(roster.short(turn.member))
    return Text(EMPTY, style="bold red" if turn.must else "red")


def _by_weekday(daily: Daily, roster: Roster) -> RenderableType:
    table = table_of("Week of", title=roster.duty(daily.duty))
    for weekday in daily.weekdays:
        table.add_column(WEEKDAYS[weekday])
    for week in daily.weeks:
        cells = [daily.cells.get((week, weekday), ()) for weekday in daily.weekdays]
        told = [Text(", ").join(_holder(turn, roster) for turn in cell) for cell in cells]
        table.add_row(monday(week), *told)
    return table


def turns(seats: Iterable[Placed], roster: Roster, *, title: str = "") -> RenderableType:
    """A line for each turn, in the order given."""
    table = table_of("When", title=title)
    table.columns[0].no_wrap = True
    table.add_column("Duty")
    table.add_column("Who")
    for seat in seats:
        table.add_row(when(seat), Text(_work(seat, roster)), _full(seat, roster))
    return table


def reasons(seats: Iterable[Placed], roster: Roster) -> RenderableType:
    """The same with the sentence that says why, below each turn."""
    table = table_of("When")
    table.columns[0].no_wrap = True
    table.add_column("Who does what, and why")
    for seat in seats:
        told = _full(seat, roster)
        told.append(f": {_work(seat, roster)}", style="not bold default")
        why = (seat.why,) if seat.member else (*seat.reasons, seat.price)
        told.append("".join(f"\n{sentence}" for sentence in why if sentence), style="dim")
        table.add_row(when(seat), told)
    return table


def _work(seat: Placed, roster: Roster) -> str:
    name = seat_title(seat)
    return f"{roster.duty(seat.duty)}, {name}" if name else roster.duty(seat.duty)


def _full(seat: Placed, roster: Roster) -> Text:
    return Text(roster.name(seat.member)) if seat.member else Text(EMPTY, style="red")


def going_out(rotation: Rotation, roster: Roster) -> RenderableType:
    """What goes out with a rotation that was just published: everybody's turns, and the first."""
    table = table_of("Member")
    table.add_column("Turns", justify="right")
    table.add_column("First turn")
    for share in rotation.shares:
        own = [seat for seat in rotation.assignments if seat.member == share.member]
        if own:
            first = min(own, key=lambda seat: seat.span.first)
            told = f"{when(first)}, {roster.duty(first.duty)} {seat_title(first)}".rstrip()
            table.add_row(Text(roster.name(share.member)), str(len(own)), Text(told))
    return Group(headline(rotation), Text(), table)


# ------------------------------------------------------------------------------ what is missing


def unfilled(rotation: Rotation, roster: Roster) -> RenderableType | None:
    """Every seat that nobody holds, the must seats first, with the reasons."""
    if not rotation.unfilled:
        return None
    lines: list[RenderableType] = [Text("Nobody for", style="bold")]
    for seats in alike(rotation.unfilled):
        seat = seats[0]
        head = Text("  ")
        head.append(roster.duty(seat.duty))
        head.append(f" {seat_title(seat)}".rstrip())
        head.append(f" ({'must, ' if seat.must else ''}{', '.join(when(s) for s in seats)})")
        lines.append(head)
        lines += [Padding(Text(reason, style="dim"), (0, 0, 0, 6)) for reason in seat.reasons]
        if seat.price:
            lines.append(Padding(Text(seat.price), (0, 0, 0, 6)))
    return Group(*lines)


# --------------------------------------------------------------------------------- how fair it is


def fairness(rotation: Rotation, roster: Roster) -> RenderableType:
    """Everybody's load beside what would be fair."""
    table = table_of("Member")
    for heading in ("Turns", "Hours", "Fair", "Share"):
        table.add_column(heading, justify="right", no_wrap=True)
    table.add_column("0 ─────── 1 ─────── 2", no_wrap=True)
    indices = scaled(rotation.shares)
    held = [seat.member for seat in rotation.assignments if seat.role != "shadow"]
    for share in rotation.shares:
        index = indices[share.member]
        table.add_row(
            Text(roster.name(share.member)),
            str(held.count(share.member)),
            hours(share.load),
            hours(share.entitlement) if share.entitlement else EMPTY,
            EMPTY if index is None else f"{index:.2f}",
            Text("" if index is None else _bar(index), style="cyan"),
        )
    note = (
        "Fair: the hours that a member's budget after leave, and the balance of earlier quarters, "
        "ask for. Share: hours ÷ fair, with 1.00 as the team's mean."
    )
    parts: list[RenderableType] = [table, Text(note, style="dim")]
    if None in indices.values():
        parts.append(Text(f"{EMPTY}: can hold no seat of these days.", style="dim"))
    return Group(*parts)


def _bar(index: float) -> str:
    """A bar of ten characters up to the team's mean, and twenty at most."""
    filled = min(20, round(10 * index))
    return "━" * filled + ("…" if index > 2 else "")


def upstreams(rotation: Rotation, roster: Roster) -> RenderableType | None:
    """How the effort is spread over the communities, beside what the strategy says."""
    return _spread("Upstream", efforts(rotation, roster)) if roster.upstreams else None


def kinds(rotation: Rotation, roster: Roster) -> RenderableType | None:
    """How the effort is spread over the kinds of work, where the strategy says something of it."""
    return _spread("Kind", efforts_by_kind(rotation, roster)) if roster.kinds else None


def _spread(of: str, lines: Sequence[Effort]) -> RenderableType:
    """Parts of the effort beside their shares, with the reason where they are far apart."""
    table = table_of(of)
    for heading in ("Hours", "Part", "Strategy"):
        table.add_column(heading, justify="right")
    table.add_column("Why so far" if any(line.reason for line in lines) else "")
    for line in lines:
        aim = EMPTY if line.aim is None else f"{line.aim}%"
        cells = Text(line.name), hours(line.minutes), f"{line.percent:.0f}%", aim
        table.add_row(*cells, Text(line.reason, style="dim"))
    return table


def learning(rotation: Rotation, roster: Roster) -> RenderableType | None:
    """How far everybody is with each training goal."""
    if not rotation.training:
        return None
    table = table_of("Learning")
    table.add_column("Goal")
    table.add_column("Progress by the end")
    for line in rotation.training:
        table.add_row(Text(roster.name(line.member)), Text(goal(line)), Text(told(line)))
    return table


def bus_factor(rotation: Rotation, roster: Roster) -> RenderableType | None:
    """The duties that hang on few people, before this rotation and after it."""
    lines = few_can_lead(rotation)
    if not lines:
        return None
    table = table_of("Few can lead")
    for heading in ("Now", "After"):
        table.add_column(heading, justify="right")
    for line in lines:
        table.add_row(Text(roster.duty(line.duty)), str(line.now), str(line.after))
    return table


# ---------------------------------------------------------------------------- how good it can be


def tiers(results: Iterable[TierResult]) -> RenderableType:
    """Price and bound of each goal, the most important first."""
    table = table_of("Goal")
    for heading in ("Price", "Bound", ""):
        table.add_column(heading, justify="left" if not heading else "right")
    for tier in results:
        state = Text("proved least") if tier.proved else Text("not proved", style="yellow")
        if tier.given:
            state.append(f", {tier.given} given up for later goals")
        table.add_row(tier.name, price(tier.price), price(tier.bound), state)
    return table
