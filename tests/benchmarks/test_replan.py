"""Planning again as it is measured: who takes leave, and that only what must move does."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from benchmarks.generate import generate
from benchmarks.replan import Work, again, busiest, scratch, send_away
from benchmarks.sizes import SIZES
from scheduler.domain.span import Span
from scheduler.files import read_rotation, read_team, rotation_path

TEAM = SIZES["team"]


def test_whoever_has_most_turns_in_the_fifth_week_takes_it_off(tmp_path: Path) -> None:
    generate(TEAM, 1, tmp_path)
    work = Work(tmp_path, TEAM.horizon, 1.0, 1)
    assert work.leave == Span(date(2027, 2, 1), date(2027, 2, 8))
    spent, rotation = scratch(work)
    member = busiest(rotation.placed, work.leave)
    held = {p.key for p in rotation.placed if p.member == member and p.span.overlaps(work.leave)}
    assert held
    send_away(tmp_path, member, work.leave)
    away = next(m for m in read_team(tmp_path).members if m.id == member).away
    assert work.leave in away
    spent_again, moved = again(work)
    assert min(spent, spent_again) > 0
    assert moved >= len(held)
    after = read_rotation(rotation_path(tmp_path, rotation.name))
    assert not [p for p in after.placed if p.key in held and p.member == member]
