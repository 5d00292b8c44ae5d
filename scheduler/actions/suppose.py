"""Suppose that a team were another: somebody gone, somebody new, another budget, somebody away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from scheduler.actions.alter import known_member
from scheduler.domain.people import Member
from scheduler.domain.span import DAY, Span
from scheduler.errors import BadRequest
from scheduler.files.newcomer import read_newcomer
from scheduler.files.suggest import quoted
from scheduler.files.team import Team
from scheduler.files.words import work_minutes

WEEK = 168 * 60
"""Minutes; nobody has a larger budget."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What to suppose, as people write it: ids, entries of ``members``, ``ana=6h`` and
    ``ana=2027-02-01..2027-02-12``."""

    without: tuple[str, ...] = ()
    joining: tuple[str, ...] = ()
    budgets: tuple[str, ...] = ()
    away: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Supposition:
    """What is supposed: who goes, who joins, budgets in minutes a week, and days away."""

    without: tuple[str, ...] = ()
    joining: tuple[Member, ...] = ()
    budgets: Mapping[str, int] = field(default_factory=dict)
    away: tuple[tuple[str, Span], ...] = ()
    notes: tuple[str, ...] = ()
    """What is doubtful about it, in sentences."""


def suppose(folder: Path, team: Team, asked: Asked) -> Supposition:
    """Read what somebody supposes of a team.

    Raises:
        BadRequest: it says nothing, names nobody of the team, or cannot be read.
    """
    if asked == Asked():
        raise BadRequest(
            "Say what to suppose: --without ana, --with 'id=zoe, budget=6h', --budget ana=6h or "
            "--away ana=2027-02-01..2027-02-12."
        )
    newcomers = [read_newcomer(folder, team, text) for text in asked.joining]
    joining = tuple(newcomer.member for newcomer in newcomers)
    if len({member.id.casefold() for member in joining}) < len(joining):
        raise BadRequest("Two who join have the same id: give one of them another.")
    known = replace(team, members=(*team.members, *joining))
    return Supposition(
        without=tuple(dict.fromkeys(known_member(team, member) for member in asked.without)),
        joining=joining,
        budgets=dict(_budget(known, text) for text in asked.budgets),
        away=tuple(_away(known, text) for text in asked.away),
        notes=tuple(note for newcomer in newcomers for note in newcomer.notes),
    )


def entry_of(text: str) -> str:
    """The entry itself, or what stands in the file that is named; only for who may read that file.

    Raises:
        BadRequest: the file cannot be read.
    """
    if not text.endswith((".yaml", ".yml")):
        return text
    try:
        return Path(text).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise BadRequest(f"{quoted(text)} cannot be read: name a YAML file.") from None


def supposed(team: Team, what: Supposition, today: date) -> Team:
    """The team as it would be. Who goes is gone from tomorrow on, and who joins is there from
    tomorrow on unless their entry says otherwise; a budget and days away count as in the roster."""
    tomorrow = today + DAY
    joining = (replace(m, joined=m.joined or tomorrow) for m in what.joining)
    members = (_changed(member, what, tomorrow) for member in (*team.members, *joining))
    return replace(team, members=tuple(members))


def _changed(member: Member, what: Supposition, tomorrow: date) -> Member:
    left = member.left
    if member.id in what.without:
        left = min(left or tomorrow, tomorrow)
    away = tuple(span for who, span in what.away if who == member.id)
    return replace(
        member,
        left=left,
        budget=what.budgets.get(member.id, member.budget),
        away=(*member.away, *away),
    )


def _budget(team: Team, text: str) -> tuple[str, int]:
    member, value = _pair(team, text, "ana=6h")
    try:
        minutes = work_minutes(value)
    except ValueError as wrong:
        raise BadRequest(f"{text}: {wrong}.") from None
    if minutes > WEEK:
        raise BadRequest(f"{text}: a week has 168 hours; write a smaller budget.")
    return member, minutes


def _away(team: Team, text: str) -> tuple[str, Span]:
    member, value = _pair(team, text, "ana=2027-02-01..2027-02-12")
    first, _, last = value.partition("..")
    try:
        span = Span(date.fromisoformat(first), date.fromisoformat(last or first) + DAY)
    except (ValueError, OverflowError):
        raise BadRequest(
            f"{text}: write the first and the last day away, such as 2027-02-01..2027-02-12."
        ) from None
    return member, span


def _pair(team: Team, text: str, such_as: str) -> tuple[str, str]:
    member, equals, value = (part.strip() for part in text.partition("="))
    if not equals:
        raise BadRequest(f"{quoted(text)} says no member and value: write such as {such_as}.")
    return known_member(team, member), value
