"""What a chat needs to know of a roster at a moment: who people are, and what is published."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from zoneinfo import ZoneInfo

from scheduler.actions.messages import directory
from scheduler.domain.fairness import scaled
from scheduler.domain.people import Member
from scheduler.domain.rotation import Placed, Rotation
from scheduler.domain.training import Progress
from scheduler.errors import BadRequest
from scheduler.files import read_rotations, read_team
from scheduler.files.suggest import did_you_mean, quoted
from scheduler.files.team import Team
from scheduler.messages.turns import Book, Turn


@dataclass(frozen=True)
class Look:
    """A roster and its rotations, as they were read."""

    team: Team
    rotations: tuple[Rotation, ...]

    @cached_property
    def book(self) -> Book:
        """The published turns."""
        return Book(directory(self.team, self.rotations), self.rotations)

    def linked(self, slack: str, now: datetime) -> str:
        """The id of the member with an id at Slack who has not left; empty where it is nobody's."""
        today = self._today(now)
        return next((m.id for m in self._named(slack) if not m.has_left(today)), "")

    def _named(self, slack: str) -> list[Member]:
        """Whom an id at Slack stands for, those who have left among them."""
        return [m for m in self.team.members if slack and m.slack == slack]

    def member(self, words: str) -> str:
        """A member by id, name or mention (``<@U012AB3CD|ana>``, ``@ana``).

        Raises:
            BadRequest: it is nobody.
        """
        text = words.strip()
        if text.startswith("<@"):
            slack = text[2:].rstrip(">").partition("|")[0]
            found = self._named(slack)
            if not found:
                raise BadRequest(f"Nobody in the roster has the Slack id {slack}.")
            return found[0].id
        wanted = text.removeprefix("@").casefold()
        for member in self.team.members:
            if wanted in {member.id.casefold(), member.name.casefold()}:
                return member.id
        guess = did_you_mean(wanted, [member.id for member in self.team.members])
        raise BadRequest(f"There is no member {quoted(wanted[:80])}{guess}")

    def seat(self, shift: str, seat: str) -> Placed:
        """A published seat.

        Raises:
            BadRequest: it is no longer in any rotation.
        """
        for turn in self.book.turns:
            if turn.placed.key == (shift, seat):
                return turn.placed
        raise BadRequest("This turn is no longer in the rotation.")

    def ahead(self, member: str, now: datetime) -> tuple[Placed, ...]:
        """The turns of a member that have not begun."""
        zone = self.team.timezone
        own = (turn for turn in self.book.held if turn.placed.member == member)
        return tuple(turn.placed for turn in own if turn.start(zone) > now)

    def meant(self, words: Sequence[str], turns: Sequence[Placed]) -> tuple[Placed, ...]:
        """Those turns that words are about: ``triage@2027-01-04``, ``triage 2027-01-04``, a duty,
        or a day; all of them where nothing is said.

        Raises:
            BadRequest: none of them is.
        """
        left = [part for word in words for part in word.split("@") if part]
        found = tuple(turn for turn in turns if all(self._about(part, turn) for part in left))
        if words and not found:
            raise BadRequest(
                f"No turn fits {quoted(' '.join(words)[:80])}; write a duty and a day."
            )
        return found

    def _about(self, word: str, placed: Placed) -> bool:
        day, _, seat = word.partition("/")
        if seat and seat != placed.seat:
            return False
        try:
            return date.fromisoformat(day) in placed.span
        except ValueError:
            title = self.book.directory.title(placed.duty).casefold()
            return day.casefold() in {placed.duty.casefold(), placed.seat.casefold()} or (
                day.casefold() in title.split()
            )

    def running(self, now: datetime) -> Rotation | None:
        """The published rotation that runs today, else the newest."""
        published, today = self.book.rotations, self._today(now)
        there = [rotation for rotation in published if today in rotation.horizon]
        return (there or list(published))[-1] if published else None

    def _today(self, now: datetime) -> date:
        """The day where the team is."""
        return now.astimezone(ZoneInfo(self.team.timezone)).date()

    def share(self, member: str, now: datetime) -> tuple[float | None, tuple[str, ...]]:
        """A member's share of the running rotation, 1.00 being the team's mean, and why."""
        rotation = self.running(now)
        if rotation is None:
            return None, ()
        line = next((share for share in rotation.shares if share.member == member), None)
        if line is None or not line.entitlement:
            return None, ()
        said = [f"{rotation.name}: {line.load / 60:.1f} hours of duty in all."]
        said.append(f"Your fair part by your budget is {line.fair / 60:.1f} hours.")
        if line.carried:
            word = "more" if line.carried > 0 else "less"
            hours = abs(line.carried) / 60
            said.append(f"Earlier quarters count: you did {hours:.1f} hours {word} than your part.")
        return scaled(rotation.shares).get(member), tuple(said)

    def training(self, member: str, now: datetime) -> tuple[str, ...]:
        """How far a member is with each training goal, a sentence each."""
        rotation = self.running(now)
        found = () if rotation is None else rotation.training
        return tuple(_goals(found, member))

    def at(self, now: datetime) -> Iterator[Turn]:
        """The turns that run at an instant and that somebody holds."""
        zone = self.team.timezone
        return (t for t in self.book.held if t.start(zone) <= now < t.end(zone))


def _goals(training: Sequence[Progress], member: str) -> Iterator[str]:
    for step in training:
        if step.member == member:
            done, needed = step.done, step.needed
            by = f" by {step.by:%-d %B %Y}" if step.by else ""
            reached = " It is reached with this rotation." if step.reached else ""
            yield (
                f"{step.skill}, to {step.level.name}{by}: {done.shadow} of {needed.shadow} turns "
                f"as a shadow, {done.lead} of {needed.lead} in the lead with a mentor.{reached}"
            )


def look(folder: Path) -> Look:
    """Read a roster for the chat.

    Raises:
        BadFiles: the files hold mistakes.
    """
    return Look(read_team(folder), read_rotations(folder))
