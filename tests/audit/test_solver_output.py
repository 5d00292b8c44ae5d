"""The audit accepts whatever the solver makes, over rosters in every shape that the files know: as
a rotation file, as JSON and as CSV, and with the rotation before it as history."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import Phase, assume, given, settings

from scheduler.actions.assemble import assemble, history
from scheduler.actions.draw_up import draw_up
from scheduler.audit import Report, audit
from scheduler.domain.rotation import Rotation
from scheduler.domain.span import Span
from scheduler.errors import BadFiles
from scheduler.files import read_rotations, read_team, rotation_path, write_rotation
from scheduler.reports.document import document
from scheduler.reports.spreadsheet import as_csv
from scheduler.solver import Limits, solve
from tests.audit.rosters import folders

FORTNIGHTS = tuple(
    Span(first, first + timedelta(weeks=2)) for first in (date(2027, 3, 1), date(2027, 3, 15))
)
MOST_SEATS = 40
WORK = 0.5
"""Deterministic seconds: what is not proved by then is legal and truly priced all the same."""


# Shrinking a whole roster takes minutes and hardly helps.
@settings(max_examples=40, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(folders())
def test_the_audit_accepts_what_the_solver_makes(
    tmp_path_factory: pytest.TempPathFactory, files: dict[str, str]
) -> None:
    folder = tmp_path_factory.mktemp("any")
    for name, text in files.items():
        folder.joinpath(name).write_text(text, encoding="utf-8")
    for horizon in FORTNIGHTS:
        rotation = planned(folder, horizon)
        for report in reports(folder, rotation):
            assert report.broken == ()
            assert report.false_figures == ()
            assert {*report.empty, *report.left_out} == {"/".join(s.key) for s in rotation.unfilled}
        published = replace(rotation, published=datetime(2027, 2, 1, tzinfo=UTC))
        write_rotation(folder, published)


def planned(folder: Path, horizon: Span) -> Rotation:
    """The plan of a fortnight after those that were published before, written as a draft."""
    try:
        team = read_team(folder)
    except BadFiles:
        assume(False)
        raise
    problem = assemble(team, history(read_rotations(folder), horizon), horizon)
    assume(len(problem.seats) <= MOST_SEATS)
    outcome = solve(problem, team.policy, Limits(work=WORK))
    name = f"{horizon.first}_{horizon.last}"
    rotation = draw_up(name, problem, team.policy, outcome, inputs=team.inputs, seed=0)
    write_rotation(folder, rotation)
    return rotation


def reports(folder: Path, rotation: Rotation) -> tuple[Report, ...]:
    """What the audit says of each kind of file that a rotation is told in."""
    texts = {".json": json.dumps(document(rotation)), ".csv": as_csv(rotation)}
    # A table is judged by its rows, and without one there is nothing to judge.
    kinds = texts if rotation.assignments else {".json": texts[".json"]}
    for kind in kinds:
        folder.joinpath(rotation.name).with_suffix(kind).write_text(texts[kind], encoding="utf-8")
    others = [folder.joinpath(rotation.name).with_suffix(kind) for kind in kinds]
    return tuple(audit(folder, path) for path in (rotation_path(folder, rotation.name), *others))
