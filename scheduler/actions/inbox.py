"""The open questions that concern a member: those put to them, and their own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from scheduler.journal import Answer, Answered, Journal, Request, answers_to, open_requests


@dataclass(frozen=True, slots=True)
class Question:
    """An open question with who said yes and who said no to it, by id."""

    request: Request
    yes: tuple[str, ...]
    no: tuple[str, ...]

    @property
    def asker(self) -> str:
        """Whose turn it is about."""
        return self.request.on_behalf or self.request.asked_by

    @property
    def people(self) -> tuple[str, ...]:
        """Who was asked."""
        return tuple(self.request.details["people"])


@dataclass(frozen=True, slots=True)
class Inbox:
    """``asked``: the member has not answered yet. ``own``: they asked, or it was asked for them."""

    asked: tuple[Question, ...]
    own: tuple[Question, ...]


def inbox(journal: Journal, member: str, now: datetime) -> Inbox:
    """The questions that concern a member and whose turns have not begun."""
    with journal.begin() as connection:
        found = [
            _question(request, answers_to(connection, request.id))
            for request in open_requests(connection)
            if request.until is None or request.until > now
        ]
    asked = (q for q in found if member in q.people and member not in {*q.yes, *q.no})
    own = (q for q in found if member in {q.request.asked_by, q.request.on_behalf})
    return Inbox(tuple(asked), tuple(own))


def _question(request: Request, answers: Iterable[Answered]) -> Question:
    said = {answer.member: answer.answer for answer in answers}
    yes = tuple(member for member, word in said.items() if word is Answer.yes)
    no = tuple(member for member, word in said.items() if word is Answer.no)
    return Question(request, yes, no)
