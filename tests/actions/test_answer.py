"""An answer that counts becomes one change, wherever a process dies and whoever answers next."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from scheduler.actions import answer as answering
from scheduler.actions.answer import Outcome, accept, decline
from scheduler.actions.ask import Asked, Asker, ask_cover
from scheduler.actions.remember import journal_of
from scheduler.actions.take_back import take_back
from scheduler.domain.rotation import Placed
from scheduler.domain.span import Span
from scheduler.errors import Refused
from scheduler.files import read_rotations, write_rotation
from scheduler.journal import Journal, RequestState, read_request
from tests.actions.published import DECEMBER, TRIAGE, published
from tests.actions.roster import roster

ANA = Asker("ana")
BEGUN = Span(date(2026, 12, 14), date(2026, 12, 21))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = roster(tmp_path / "moons")
    published(folder, t4="ana", t18="ben", t25="chi", release="ana")
    return folder


@pytest.fixture
def journal(folder: Path) -> Iterator[Journal]:
    journal = journal_of(folder)
    yield journal
    journal.close()


def ask(folder: Path, journal: Journal) -> Asked:
    return ask_cover(folder, journal, TRIAGE[0], DECEMBER, ANA)


def holder(folder: Path) -> str:
    (rotation,) = read_rotations(folder)
    return next(p.member for p in rotation.placed if p.shift == TRIAGE[0])


class Killed(BaseException):
    """The process died."""


@pytest.mark.parametrize("written", [False, True])
def test_killed_between_the_yes_and_the_journal(
    folder: Path, journal: Journal, monkeypatch: pytest.MonkeyPatch, *, written: bool
) -> None:
    asked = ask(folder, journal)
    with monkeypatch.context() as dying:
        write = answering._write

        def die(*arguments: object) -> None:
            if written:
                write(*arguments)  # type: ignore[arg-type]  # passed on as they came
            raise Killed

        dying.setattr(answering, "_write", die)
        with pytest.raises(Killed):
            accept(folder, journal, asked.request.id, "chi", DECEMBER)
    # Whoever presses next finishes what Chi's yes began, and does not take the turn from her.
    settled = accept(folder, journal, asked.request.id, "ben", DECEMBER)
    assert (settled.outcome, settled.takers) == (Outcome.changed, ("chi",))
    assert holder(folder) == "chi"
    (rotation,) = read_rotations(folder)
    assert len(rotation.changes) == 1
    again = accept(folder, journal, asked.request.id, "ben", DECEMBER)
    assert again.outcome is Outcome.late
    with journal.begin() as connection:
        request = read_request(connection, asked.request.id)
    assert request is not None
    assert request.entry == 1


def test_asked_again_after_it_was_taken_back(folder: Path, journal: Journal) -> None:
    first = ask(folder, journal)
    accept(folder, journal, first.request.id, "ben", DECEMBER)
    (rotation,) = read_rotations(folder)
    take_back(folder, rotation.name, 1, "ben", DECEMBER)
    second = ask(folder, journal)
    assert second.request.id != first.request.id
    assert accept(folder, journal, second.request.id, "ben", DECEMBER).outcome is Outcome.changed
    assert holder(folder) == "ben"


def test_asked_twice_is_asked_once(folder: Path, journal: Journal) -> None:
    first, second = ask(folder, journal), ask(folder, journal)
    assert first.request.id == second.request.id
    assert (first.is_new, second.is_new) == (True, False)


def test_no_and_then_yes_is_no(folder: Path, journal: Journal) -> None:
    asked = ask(folder, journal)
    decline(folder, journal, asked.request.id, "ben", DECEMBER)
    settled = accept(folder, journal, asked.request.id, "ben", DECEMBER)
    assert (settled.outcome, settled.sentence) == (Outcome.late, "You have said no to this.")
    assert holder(folder) == "ana"


def test_a_taker_whom_a_rule_bars_by_now_leaves_it_to_the_others(
    folder: Path, journal: Journal
) -> None:
    asked = ask(folder, journal)
    path = folder / "roster.yaml"
    text = path.read_text(encoding="utf-8")
    gone = "name: Chi Nguyen, away: [{first: 2027-01-04, last: 2027-01-08}]"
    path.write_text(text.replace("name: Chi Nguyen", gone), encoding="utf-8")
    settled = accept(folder, journal, asked.request.id, "chi", DECEMBER)
    assert settled.outcome is Outcome.refused
    assert "Chi Nguyen" in settled.sentence
    assert accept(folder, journal, asked.request.id, "ben", DECEMBER).takers == ("ben",)


def test_a_rotation_that_changed_ends_the_question(folder: Path, journal: Journal) -> None:
    asked = ask(folder, journal)
    published(folder, t4="chi", t18="ben")
    settled = accept(folder, journal, asked.request.id, "ben", DECEMBER)
    assert settled.outcome is Outcome.refused
    assert settled.sentence.startswith("The rotation has changed since: Chi Nguyen holds")
    assert accept(folder, journal, asked.request.id, "chi", DECEMBER).outcome is Outcome.late


def test_only_a_part_in_it_allows_to_take_it_back(folder: Path, journal: Journal) -> None:
    accept(folder, journal, ask(folder, journal).request.id, "ben", DECEMBER)
    (rotation,) = read_rotations(folder)
    with pytest.raises(Refused, match="Only those whose turns it moved"):
        take_back(folder, rotation.name, 1, "chi", DECEMBER)


@pytest.mark.parametrize(
    ("replanned", "said"),
    [
        (lambda turn: (), "this turn is no longer in it"),
        (lambda turn: (replace(turn, span=BEGUN),), "has begun"),
    ],
)
def test_a_turn_that_is_gone_or_has_begun_ends_the_question(
    folder: Path, journal: Journal, replanned: Callable[[Placed], tuple[Placed, ...]], said: str
) -> None:
    asked = ask(folder, journal)
    (rotation,) = read_rotations(folder)
    others = tuple(placed for placed in rotation.placed if placed.shift != TRIAGE[0])
    placed = (*replanned(asked.seats[0]), *others)
    write_rotation(folder, replace(rotation, placed=placed))
    settled = accept(folder, journal, asked.request.id, "ben", DECEMBER)
    assert (settled.outcome, settled.request.state) == (Outcome.refused, RequestState.expired)
    assert said in settled.sentence
