"""Turns of the past from a CSV: who held which seat from which day on."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from io import StringIO
from itertools import accumulate
from pathlib import Path
from typing import TypeVar

from scheduler.domain.duties import Duty, SeatPlan
from scheduler.domain.people import Member
from scheduler.errors import BadFiles, Mistake
from scheduler.files.plain_text import read_text
from scheduler.files.suggest import did_you_mean, quoted
from scheduler.files.team import Team

T = TypeVar("T")

COLUMNS = ("date", "duty", "seat", "member")
MOST_BYTES = 10_000_000
EARLIEST = date(2000, 1, 1)


@dataclass(frozen=True, slots=True)
class HeldSeat:
    """A line of the file. ``day`` is the first one of the seat; ``member`` is nobody where the
    seat stayed empty."""

    line: int
    day: date
    duty: Duty
    plan: SeatPlan
    seat: str
    member: Member | None


def read_past_turns(path: Path, team: Team, today: date) -> tuple[HeldSeat, ...]:
    """The turns of a CSV with the columns ``date``, ``duty``, ``seat`` and ``member``.

    Raises:
        BadFiles: with every mistake in it, at its line.
    """
    reader = _Reader(str(path), team, today)
    turns = tuple(reader.turns(read_text(path, str(path), MOST_BYTES)))
    if reader.mistakes:
        raise BadFiles(reader.mistakes)
    return turns


def places(duty: Duty) -> dict[str, SeatPlan]:
    """The seats of a duty by their names."""
    return {
        plan.name if plan.most == 1 else f"{plan.name}-{number}": plan
        for plan in duty.seats
        for number in range(1, plan.most + 1)
    }


class _Reader:
    def __init__(self, shown: str, team: Team, today: date) -> None:
        self.shown = shown
        self.today = today
        self.members = {member.id: member for member in team.members}
        self.duties = {duty.id: duty for duty in team.duties}
        self.seen: dict[tuple[str, date, str], int] = {}
        self.mistakes: list[Mistake] = []
        self.line = 1

    def turns(self, text: str) -> Iterator[HeldSeat]:
        rows = csv.reader(StringIO(text, newline=""), strict=True)
        try:
            header = [word.strip() for word in next(rows, [])]
            if not self._is_header(header):
                return
            for words in rows:
                self.line = rows.line_num
                if any(word.strip() for word in words):
                    yield from self._turn(header, words)
        except csv.Error as error:
            self.line = rows.line_num
            self._wrong(f"this is not CSV: {error}")
        if not self.seen and not self.mistakes:
            self._wrong("there is no turn in this file")

    def _wrong(self, sentence: str, column: int = 1) -> None:
        self.mistakes.append(Mistake(self.shown, self.line, column, sentence))

    def _is_header(self, header: list[str]) -> bool:
        for word, column in zip(header, _columns(header), strict=True):
            if word not in COLUMNS:
                guess = did_you_mean(word, COLUMNS)
                self._wrong(f"no column is called {quoted(word)}{guess}", column)
        if len(set(header)) < len(header):
            self._wrong("a column is here twice")
        missing = [column for column in COLUMNS if column not in header]
        if missing:
            self._wrong(f"the first line must name {', '.join(COLUMNS)}")
        return not self.mistakes

    def _turn(self, header: list[str], words: list[str]) -> Iterator[HeldSeat]:
        if len(words) != len(header):
            self._wrong(f"this line has {len(words)} entries, the first one {len(header)}")
            return
        said = {column: word.strip() for column, word in zip(header, words, strict=True)}
        columns = dict(zip(header, _columns(words), strict=True))
        day = self._day(said["date"], columns["date"])
        member = self._member(said["member"], columns["member"])
        duty = self._named("duty", said["duty"], self.duties, columns["duty"])
        seat = self._seat(duty, said["seat"], columns["seat"]) if duty else None
        if day is None or duty is None or seat is None or (said["member"] and member is None):
            return
        before = self.seen.setdefault((duty.id, day, seat), self.line)
        if before != self.line:
            self._wrong(f"{duty.id} {seat} of {day} stands in line {before} already")
            return
        yield HeldSeat(self.line, day, duty, places(duty)[seat], seat, member)

    def _day(self, text: str, column: int) -> date | None:
        try:
            day = date.fromisoformat(text)
        except ValueError:
            self._wrong(f"{quoted(text)} is not a date such as 2027-01-04", column)
            return None
        if day < EARLIEST:
            self._wrong(f"the year of {day} is clearly wrong; correct it", column)
            return None
        if day >= self.today:
            self._wrong(f"{day} is not past: history is what has been", column)
            return None
        return day

    def _member(self, text: str, column: int) -> Member | None:
        hint = "; who has left stays in roster.yaml, with the day as `left`"
        return self._named("member", text, self.members, column, hint) if text else None

    def _seat(self, duty: Duty, text: str, column: int) -> str | None:
        known = places(duty)
        if not text and len(known) == 1:
            return next(iter(known))
        return text if self._named(f"seat of {duty.id}", text, known, column) else None

    def _named(
        self, what: str, text: str, known: Mapping[str, T], column: int, hint: str = ""
    ) -> T | None:
        if text in known:
            return known[text]
        guess = did_you_mean(text, known) or hint or f"; there are {', '.join(known)}"
        self._wrong(f"there is no {what} {quoted(text)}{guess}", column)
        return None


def _columns(words: Iterable[str]) -> list[int]:
    """Where each entry of a line begins, as long as none of them is in quotes."""
    return [1, *(1 + end for end in accumulate(len(word) + 1 for word in words))][:-1]
