"""The real edits, planned again: python examples/otel-collector-releases/replay.py

Reads every published revision from published.csv beside this file. Each edit that can be read as
somebody's leave or as a swap is planned again from the table that stood before it, and the rows
that move are counted beside those that people moved. Writes nothing.
"""

import csv
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from itertools import groupby
from pathlib import Path
from typing import NamedTuple, TypeAlias

from rich.console import Console

from scheduler.domain.cadence import OnDates
from scheduler.domain.duties import Duty, SeatPlan
from scheduler.domain.people import Level, Member
from scheduler.domain.problem import Problem
from scheduler.domain.shifts import SeatKey, Shift, seats_of
from scheduler.domain.span import Span
from scheduler.rules.book import Policy
from scheduler.solver import solve

HERE = Path(__file__).parent
SEATS = ("core", "contrib", "artifacts")
DAY = timedelta(days=1)
HOUR = 60

FIRST = "first publication"
NEW, DATES, NAMED, RENUMBERED = "only new rows", "dates moved", "empty seats named", "renumbered"
BOTH, UNREAD = "dates and people moved at once", "not readable"
SWAP, LEAVE, PUSH = "swap", "leave", "leave that pushed the rows after it"
READABLE = (SWAP, LEAVE, PUSH)


class Row(NamedTuple):
    """A planned release: its day and who holds its seats, empty where nobody does."""

    day: date
    people: tuple[str, ...]


Table: TypeAlias = Mapping[str, Row]
"""The releases by version."""


class Edit(NamedTuple):
    """The releases to come on the day of an edit, as they stood before it and after it, and who
    had been named for each seat by then."""

    day: date
    before: Table
    after: Table
    pools: Mapping[str, frozenset[str]]

    @property
    def moved(self) -> dict[str, set[tuple[str, str]]]:
        """The rows in which a seat went from one person to another, in order of time, with who
        gave it up and who took it."""
        given: dict[str, set[tuple[str, str]]] = {}
        for version, row in in_order(self.before):
            pairs = zip(row.people, self.after[version].people, strict=True)
            if changed := {(old, new) for old, new in pairs if old and old != new}:
                given[version] = changed
        return given


class Moved(NamedTuple):
    """What moved: rows, the seats in them, and whether it is proved that no fewer seats would do
    with every seat filled."""

    rows: int
    seats: int
    proved: bool = True


class Replayed(NamedTuple):
    """An edit beside what Rota does, where one person could not come and, for a swap, where
    neither of the two could come on their own day."""

    edit: Edit
    kind: str
    people: Moved
    one: Moved
    both: Moved


def in_order(table: Table) -> list[tuple[str, Row]]:
    """The releases of a table in order of time."""
    return sorted(table.items(), key=lambda item: (item[1].day, item[0]))


# ---------------------------------------------------------------------------------- the history


def edits() -> Iterator[Edit]:
    """Every day on which the table was edited, with wrong years put right.

    There is one release a day: a row whose day another row takes has left the table, for the
    history tells of no row that it was taken out. Released rows come back under their old version
    for a while, until the next edit gives the day its true one.
    """
    with (HERE / "published.csv").open(encoding="utf-8", newline="") as lines:
        found = sorted(csv.DictReader(lines), key=lambda row: row["edited_on"])
    table: dict[str, Row] = {}
    pools: dict[str, frozenset[str]] = {seat: frozenset() for seat in SEATS}
    for edited, revisions in groupby(found, key=lambda row: row["edited_on"]):
        today, before, revised = date.fromisoformat(edited), dict(table), set()
        for revision in sorted(revisions, key=lambda row: int(row["revision"])):
            revised.add(revision["version"])
            table[revision["version"]] = row = _row(revision)
            for seat, person in zip(SEATS, row.people, strict=True):
                pools[seat] |= {person} - {""}
        coming = {version: row for version, row in before.items() if row.day > today}
        begun = before.keys() - coming.keys()
        after = {version: row for version, row in table.items() if version not in begun}
        yield Edit(today, coming, after, dict(pools))
        days = {table[version].day for version in revised}
        table = {v: row for v, row in table.items() if v in revised or row.day not in days}


def _row(revision: Mapping[str, str]) -> Row:
    day = date.fromisoformat(revision["planned_release_date"])
    if revision["note"] == "wrong year in source":
        day = day.replace(year=day.year + 1)
    return Row(day, tuple(revision[f"{seat}_manager"] for seat in SEATS))


def kind_of(edit: Edit) -> str:
    """What an edit can be read as."""
    if not edit.before:
        return FIRST
    if not edit.moved:
        return _harmless(edit)
    if {*edit.before.values()} <= {*edit.after.values()}:
        return RENUMBERED
    if any(edit.before[version].day != edit.after[version].day for version in edit.moved):
        return BOTH
    if any(len(changed) > 1 for changed in edit.moved.values()):
        return UNREAD
    changes = [change for (change,) in edit.moved.values()]
    if len(changes) == 1:
        return LEAVE
    if len(changes) == 2 and changes[0] == changes[1][::-1]:
        return SWAP
    return PUSH if _pushes(edit) else UNREAD


def _harmless(edit: Edit) -> str:
    """The kind of an edit in which nobody lost a seat."""
    pairs = [(row, edit.after[version]) for version, row in edit.before.items()]
    if any(old.people != new.people for old, new in pairs):
        return NAMED
    return DATES if any(old.day != new.day for old, new in pairs) else NEW


def _pushes(edit: Edit) -> bool:
    """Whether rows that follow one another each took the person of the next, or of the one
    before."""
    rows = [version for version, _ in in_order(edit.before)]
    first = rows.index(next(iter(edit.moved)))
    if rows[first : first + len(edit.moved)] != list(edit.moved):
        return False
    changes = [change for (change,) in edit.moved.values()]
    old, new = zip(*changes, strict=True)
    return bool(new[:-1] == old[1:] or new[1:] == old[:-1])


# ------------------------------------------------------------------------------- planning again


def problem_of(edit: Edit, absent: Mapping[str, date]) -> Problem:
    """The table before an edit, with people who cannot come on the day of a release; whoever then
    stands in no later row either has left for good."""
    plans = tuple(SeatPlan(seat, must=True, skill=seat, effort=4 * HOUR) for seat in _seats(edit))
    days = {version: edit.after[version].day for version, _ in in_order(edit.before)}
    spans = {version: Span(day, day + DAY) for version, day in days.items()}
    duty = Duty(
        id="release",
        name="Collector release",
        kind="releases",
        why="",
        cadence=OnDates(tuple(spans.values())),
        seats=plans,
        together=True,
    )
    return Problem(
        team="OpenTelemetry Collector releases",
        horizon=Span(edit.day, max(days.values()) + DAY),
        members=tuple(_members(edit, absent)),
        duties=(duty,),
        seats=tuple(seats_of(Shift(version, duty, span) for version, span in spans.items())),
        published=_holders(edit),
    )


def _seats(edit: Edit) -> Iterator[str]:
    """The seats that the table had before an edit."""
    for at, seat in enumerate(SEATS):
        if any(row.people[at] for row in edit.before.values()):
            yield seat


def _holders(edit: Edit) -> dict[SeatKey, str]:
    return {
        (version, seat): person
        for version, row in edit.before.items()
        for seat, person in zip(SEATS, row.people, strict=True)
        if person
    }


def _members(edit: Edit, absent: Mapping[str, date]) -> Iterator[Member]:
    still = {person for row in edit.after.values() for person in row.people}
    for person in sorted(frozenset().union(*edit.pools.values())):
        skills = {seat: Level.leads for seat, pool in edit.pools.items() if person in pool}
        member = Member(person, person, budget=40 * HOUR, days=frozenset(range(7)), skills=skills)
        if day := absent.get(person):
            away = (Span(day, day + DAY),)
            leaves = person not in still
            member = replace(member, left=day) if leaves else replace(member, away=away)
        yield member


def moves(problem: Problem) -> Moved:
    """What Rota moves: the least number of published turns."""
    outcome = solve(problem, Policy())
    tiers = {tier.name: tier for tier in outcome.tiers}
    seats = [seat for seat, member in problem.stood if outcome.seating[seat] is not member]
    bounds = tiers["must"].price, tiers["stay"].bound
    return Moved(len({seat.shift.id for seat in seats}), len(seats), bounds == (0, len(seats)))


def worst(found: list[Moved]) -> Moved:
    """The most that moved; proved only where all of it is."""
    rows, seats, proved = zip(*found, strict=True)
    return Moved(max(rows), max(seats), all(proved))


def replay(edit: Edit) -> Replayed:
    """Plan an edit again. Of a swap either of the two may be the one who could not come, or
    both; the worse counts."""
    kind, gave = kind_of(edit), _gave_up(edit)
    if kind != SWAP:
        gave = dict([next(iter(gave.items()))])
    one = worst([moves(problem_of(edit, {person: day})) for person, day in gave.items()])
    both = moves(problem_of(edit, gave)) if len(gave) > 1 else one
    return Replayed(edit, kind, _by_people(edit), one, both)


def _gave_up(edit: Edit) -> dict[str, date]:
    """Who gave up a row, in order of time, and its day. Whoever still holds another of its seats
    was not away."""
    gave: dict[str, date] = {}
    for version, changed in edit.moved.items():
        ((person, _),) = changed
        if person not in edit.after[version].people:
            gave.setdefault(person, edit.before[version].day)
    return gave


def _by_people(edit: Edit) -> Moved:
    holders = {
        (version, seat): person
        for version, row in edit.after.items()
        for seat, person in zip(SEATS, row.people, strict=True)
    }
    seats = [key for key, person in _holders(edit).items() if holders[key] != person]
    return Moved(len({version for version, _ in seats}), len(seats))


# -------------------------------------------------------------------------------------- telling


def told(replayed: list[Replayed], left_out: Mapping[str, int]) -> Iterator[str]:
    """A line for each edit planned again, the totals, and what was left out."""
    yield f"{'edited on':12}{'people':>8}{'Rota':>6}{'both away':>11}"
    for each in replayed:
        both = str(each.both.rows) if each.kind == SWAP else ""
        rows = f"{each.people.rows:8}{each.one.rows:6}{both:>11}"
        yield f"{each.edit.day!s:12}{rows}  {each.kind}"
    yield ""
    for kind in READABLE:
        yield total(kind, [each for each in replayed if each.kind == kind])
    yield total("all", replayed)
    yield f"Left out, {sum(left_out.values())} edits:"
    for kind, number in sorted(left_out.items(), key=lambda item: (-item[1], item[0])):
        yield f"{number:4}  {kind}"


def total(kind: str, replayed: list[Replayed]) -> str:
    """The rows that moved in edits of a kind; with both of a swap away in brackets."""
    people = sum(each.people.rows for each in replayed)
    one = sum(each.one.rows for each in replayed)
    both = sum(each.both.rows for each in replayed)
    return f"{kind}: {len(replayed)} edits, {people} rows by people, {one} by Rota ({both})"


def results() -> tuple[list[Replayed], dict[str, int]]:
    """Every edit that can be read, planned again; and how many of each other kind there were."""
    found = list(edits())
    left_out = Counter(kind for edit in found if (kind := kind_of(edit)) not in READABLE)
    return [replay(edit) for edit in found if kind_of(edit) in READABLE], dict(left_out)


def main() -> None:
    """Plan every readable edit again, and print what moved."""
    Console(highlight=False).print("\n".join(told(*results())), soft_wrap=True)


if __name__ == "__main__":
    main()
