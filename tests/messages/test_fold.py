"""After a sleep nobody is flooded, nothing that matters is lost, and nothing stale is said."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from scheduler.domain.rotation import Rotation
from scheduler.messages.blocks import message, section
from scheduler.messages.directory import Directory
from scheduler.messages.due import due, fold
from scheduler.messages.fold import LATE
from scheduler.messages.message import validate
from scheduler.messages.reminder import (
    AHEAD,
    CHANGED,
    DIGEST,
    HANDOVER,
    MISSED,
    MORNING,
    Reminder,
)
from tests.messages.making import LONG_AGO, teams

NOW = datetime(2027, 1, 14, 12, tzinfo=UTC)


def reminder(
    kind: str, late: timedelta, to: str = "ana", seat: str = "1", **more: object
) -> Reminder:
    at = NOW - late
    fields: dict[str, object] = {
        "key": f"{kind}/{to}/{seat}/{at.isoformat()}",
        "to": to,
        "at": at,
        "until": NOW + timedelta(days=2),
        "kind": kind,
        "subject": (("triage", seat),),
        "message": message(f"{kind} {seat}", section(kind)),
    }
    return Reminder(**{**fields, **more})  # type: ignore[arg-type]  # fields are of their types


HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def test_what_is_on_time_goes_out_as_it_is() -> None:
    both = (reminder(CHANGED, HOUR), reminder(CHANGED, timedelta(), seat="2"))
    assert fold(both, NOW) == both


def test_nothing_goes_out_once_it_no_longer_matters() -> None:
    assert fold([reminder(CHANGED, DAY, until=NOW)], NOW) == ()


def test_one_that_is_late_goes_out_as_it_is() -> None:
    late = reminder(CHANGED, 2 * DAY)
    assert fold([late], NOW) == (late,)


def test_several_that_are_late_become_one_that_lists_them() -> None:
    late = [reminder(CHANGED, 2 * DAY), reminder(MORNING, DAY, seat="2")]
    others = reminder(CHANGED, 2 * DAY, to="ben")
    other, only = fold([*late, others], NOW)
    assert other == others
    assert (only.kind, only.to) == (MISSED, "ana")
    assert set(only.folds) == {one.key for one in late}
    said = str(only.message.blocks)
    assert "changed 1" in said
    assert "morning 2" in said


def test_of_one_turn_only_the_last_announcement_is_sent_and_stands_for_the_others() -> None:
    series = [reminder(AHEAD, 2 * DAY), reminder(MORNING, DAY), reminder(HANDOVER, HOUR)]
    (last,) = fold(series, NOW)
    assert last.kind == HANDOVER
    assert set(last.folds) == {one.key for one in series[:2]}


def test_overviews_of_channels_are_never_folded() -> None:
    two = [reminder(DIGEST, DAY, to="#hub"), reminder(DIGEST, DAY, to="#hub", seat="2")]
    assert [one.kind for one in fold(two, NOW)] == [DIGEST, DIGEST]


@given(teams(), st.datetimes(datetime(2026, 12, 1), datetime(2027, 4, 1)), st.integers(1, 400))
def test_all_that_still_matters_is_told_exactly_once(
    team: tuple[Directory, Rotation], moment: datetime, hours: int
) -> None:
    known, planned = team
    now = moment.replace(tzinfo=UTC)
    asleep = due(known, [planned], max(LONG_AGO, now - timedelta(hours=hours)), now)
    sent = fold(asleep, now)
    told = [key for one in sent for key in {*one.folds, one.key} if one.kind != MISSED]
    told += [key for one in sent if one.kind == MISSED for key in one.folds]
    assert sorted(told) == sorted(one.key for one in asleep if one.until > now)
    late = [one.to for one in sent if now - one.at >= LATE and not one.is_for_channel]
    assert len(late) == len(set(late))
    for one in sent:
        validate(one.message)
