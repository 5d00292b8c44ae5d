"""The real edits of the release table, planned again: Rota never moves more than people did."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).parents[2] / "examples" / "otel-collector-releases"


@pytest.fixture(scope="module")
def script() -> dict[str, Any]:
    return runpy.run_path(str(FOLDER / "replay.py"))


@pytest.fixture(scope="module")
def results(script: dict[str, Any]) -> Any:
    return script["results"]()


def test_never_more_than_the_people_moved(results: Any) -> None:
    replayed, _ = results
    for each in replayed:
        for ours in (each.one, each.both):
            assert 1 <= ours.rows <= each.people.rows, each.edit.day
            assert 1 <= ours.seats <= each.people.seats, each.edit.day


def test_it_is_proved_that_no_fewer_seats_would_do(results: Any) -> None:
    replayed, _ = results
    assert all(each.one.proved and each.both.proved for each in replayed)


def test_where_nobody_is_away_nothing_moves(script: dict[str, Any], results: Any) -> None:
    replayed, _ = results
    for each in replayed:
        problem = script["problem_of"](each.edit, {})
        assert len(problem.stood) == len(problem.published)
        assert script["moves"](problem) == script["Moved"](0, 0, proved=True), each.edit.day


def test_every_edit_is_replayed_or_left_out_for_a_reason(
    script: dict[str, Any], results: Any
) -> None:
    replayed, left_out = results
    lines = (FOLDER / "published.csv").read_text(encoding="utf-8").splitlines()[1:]
    days = {line.split(",")[2] for line in lines}
    assert len(replayed) + sum(left_out.values()) == len(days) == 104
    assert left_out == {
        script["NEW"]: 60,
        script["DATES"]: 12,
        script["BOTH"]: 3,
        script["RENUMBERED"]: 2,
        script["NAMED"]: 1,
        script["FIRST"]: 1,
    }


@pytest.mark.parametrize(
    ("day", "kind", "rows"),
    [
        ("2024-05-08", "PUSH", 9),  # One left, and everybody moved up.
        ("2023-01-04", "PUSH", 6),  # One came in, and everybody moved down.
        ("2025-11-17", "SWAP", 2),  # Two people exchanged all three seats of a release.
        ("2026-08-05", "LEAVE", 1),
    ],
)
def test_edits_read_by_hand(
    script: dict[str, Any], results: Any, day: str, kind: str, rows: int
) -> None:
    (found,) = (each for each in results[0] if str(each.edit.day) == day)
    assert (found.kind, found.people.rows, found.one.rows) == (script[kind], rows, 1)


def test_the_readme_tells_the_totals(script: dict[str, Any], results: Any) -> None:
    told = "\n".join(script["told"](*results)).partition("\n\n")[2]
    assert told.startswith("swap: 15 edits, 30 rows by people")
    assert f"```\n{told}\n```" in (FOLDER / "README.md").read_text(encoding="utf-8")
