"""Milestones of learning: the first turn as a shadow, the first lead beside a mentor, leading."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from scheduler.domain.people import Level
from scheduler.domain.rotation import Rotation
from scheduler.domain.span import DAY
from scheduler.domain.training import Progress
from scheduler.messages import lines
from scheduler.messages.blocks import message, section
from scheduler.messages.directory import Directory, Person
from scheduler.messages.kinds.turns import working_day
from scheduler.messages.message import Message
from scheduler.messages.reminder import TRAINING, Reminder
from scheduler.messages.text import name
from scheduler.messages.turns import Book, Turn, Window, published

_FRESH = timedelta(days=14)
"""How long a milestone is news."""


def due(book: Book, window: Window) -> Iterator[Reminder]:
    """What people have come to, each once; to leads too where somebody now leads alone."""
    yield from _shadowed(book, window)
    for rotation in book.rotations:
        for progress in rotation.training:
            yield from _leading(book, window, rotation, progress)
            yield from _arrived(book, window, rotation, progress)


# ------------------------------------------------------------------------ the first shadow turn


def _shadowed(book: Book, window: Window) -> Iterator[Reminder]:
    seen: set[tuple[str, str]] = set()
    for turn in book.held:
        skill = _skill(book.directory, turn)
        learner = book.holder(turn)
        if turn.placed.role != "shadow" or turn.missed or not skill or (skill, learner.id) in seen:
            continue
        seen.add((skill, learner.id))
        at = _morning_after(learner, turn.end(learner.timezone))
        if window.holds(at) and at >= turn.known:
            parts = ("shadowed", skill, learner.id)
            said = _first_shadow(book, turn, skill)
            yield _reminder(book.directory, parts, learner.id, at, said, turn)


def _skill(directory: Directory, turn: Turn) -> str:
    duty = directory.duties.get(turn.placed.duty)
    plan = duty.plan_of(turn.placed.seat) if duty else None
    return plan.skill if plan else ""


def _first_shadow(book: Book, turn: Turn, skill: str) -> Message:
    need = _progress(book, turn.placed.member, skill)
    duty = book.directory.duty(turn.placed.duty)
    ahead = ""
    if need is not None and need.needed.shadow > 1:
        ahead = f" On your way to *{name(skill)}* that is 1 of {need.needed.shadow}."
    elif need is not None and need.needed.lead:
        ahead = f" Next you lead *{name(skill)}* with somebody beside you."
    return message(
        f"Your first turn as a shadow is done: {duty}.",
        section(
            f":seedling: Your first turn as a shadow is done: *{duty}*.{ahead} "
            "What you write down now helps the next one who learns."
        ),
    )


def _progress(book: Book, member: str, skill: str) -> Progress | None:
    found = (p for rotation in book.rotations for p in rotation.training)
    return next((p for p in found if (p.member, p.skill) == (member, skill)), None)


# ------------------------------------------------------------------------------------ leading


def _leading(
    book: Book, window: Window, rotation: Rotation, progress: Progress
) -> Iterator[Reminder]:
    """The day before somebody leads for the first time, with a mentor beside."""
    if progress.leads_from is None:
        return
    turn = next((t for t in _turns(book, rotation, progress) if _leads_on(t, progress)), None)
    if turn is None:
        return
    learner = book.holder(turn)
    before = working_day(learner, progress.leads_from - DAY)
    at = learner.morning(before).astimezone(UTC)
    if window.holds(at) and at >= turn.known:
        said = f"You are ready to lead: {lines.turn(book.directory, turn.placed)}."
        mentors = _beside(book, turn)
        helped = f" {' and '.join(mentors)} will be beside you." if mentors else ""
        told = message(
            f"You are ready to lead {name(progress.skill)}.",
            section(f":herb: {said}{helped} Ask whatever comes up."),
        )
        parts = (rotation.name, "leads-with-mentor", progress.skill, learner.id)
        yield _reminder(book.directory, parts, learner.id, at, told, turn)


def _leads_on(turn: Turn, progress: Progress) -> bool:
    return turn.placed.role != "shadow" and turn.placed.span.first == progress.leads_from


def _beside(book: Book, turn: Turn) -> list[str]:
    others = [
        book.directory.mention(other.placed.member)
        for other in book.held
        if other.placed.shift == turn.placed.shift
        and other.placed.role != "shadow"
        and other.placed.member != turn.placed.member
    ]
    return others[:2]


def _turns(book: Book, rotation: Rotation, progress: Progress) -> list[Turn]:
    """The turns that bring somebody on the way to a goal, as they stand."""
    keys = {placed.key for placed in rotation.placed}
    return [
        turn
        for turn in book.held
        if turn.placed.key in keys
        and turn.placed.member == progress.member
        and _skill(book.directory, turn) == progress.skill
    ]


# ------------------------------------------------------------------------------- can lead alone


def _arrived(
    book: Book, window: Window, rotation: Rotation, progress: Progress
) -> Iterator[Reminder]:
    """Once the last turn on the way is done: to the one who learned, and to the leads."""
    turns = _turns(book, rotation, progress)
    if not progress.reached or not turns or any(turn.missed for turn in turns):
        return
    last = max(turns, key=lambda turn: turn.end("UTC"))
    learner = book.holder(last)
    at = _morning_after(learner, last.end(learner.timezone))
    if not window.holds(at) or at < max(last.known, published(rotation)):
        return
    parts = (rotation.name, "reached", progress.skill, learner.id)
    for to in dict.fromkeys((learner.id, *book.directory.leads)):
        said = _to_learner(progress) if to == learner.id else _to_lead(learner, progress)
        yield _reminder(book.directory, parts, to, at, said, last)


def _ability(level: Level) -> str:
    return {Level.shadowed: "have shadowed", Level.mentors: "can mentor"}.get(level, "can lead")


def _to_learner(progress: Progress) -> Message:
    skill = name(progress.skill)
    said = f"You {_ability(progress.level)} *{skill}* now"
    return message(
        f"You {_ability(progress.level)} {skill} now.",
        section(f":deciduous_tree: {said}. Thank you for learning it: the team leans on one more."),
    )


def _to_lead(learner: Person, progress: Progress) -> Message:
    said = f"{learner.mention} has done all the turns on the way to *{name(progress.skill)}*"
    level = progress.level.name
    return message(
        f"{learner.mention} has reached {level} in {name(progress.skill)}.",
        section(f":deciduous_tree: {said}."),
        section(f"If you agree, write `{name(progress.skill)}: {level}` into `roster.yaml`."),
    )


# ------------------------------------------------------------------------------------ together


def _morning_after(person: Person, end: datetime) -> datetime:
    """The first working morning after an instant (UTC)."""
    ahead = (end.date() + timedelta(days=n) for n in range(60))
    mornings = (person.morning(day).astimezone(UTC) for day in ahead if person.works_on(day))
    return next((at for at in mornings if at >= end), end)


def _reminder(
    directory: Directory, parts: tuple[str, ...], to: str, at: datetime, said: Message, turn: Turn
) -> Reminder:
    return Reminder(
        key=lines.key("training", directory.installation, *parts, to),
        to=to,
        at=at,
        until=at + _FRESH,
        kind=TRAINING,
        subject=(turn.placed.key,),
        message=said,
    )
