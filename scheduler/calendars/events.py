"""Events: one turn, one that somebody no longer holds, or the word that there is none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import uuid5

from icalendar import Alarm, Event

from scheduler.calendars.directory import Directory
from scheduler.calendars.text import Text, line, link
from scheduler.calendars.turns import Turn
from scheduler.domain.duties import Handoff
from scheduler.domain.rotation import Placed, Rotation
from scheduler.domain.span import Span

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def event_of(turn: Turn, directory: Directory, alarms: Iterable[timedelta] = ()) -> Event:
    """A filled turn as an event: whole days as dates, a timed duty as UTC instants. Each of
    ``alarms`` is how long before its start a client reminds the holder."""
    placed = turn.placed
    event = _dated(turn, directory)
    event.add("SUMMARY", Text(_summary(placed, directory)))
    event.add("DESCRIPTION", Text("\n".join(_description(turn, directory))))
    _show(event, busy=placed.start is not None and placed.end is not None)
    checklist = _checklist(turn, directory)
    if checklist:
        event.add("URL", checklist)
    for before in sorted(set(alarms), reverse=True):
        event.add_component(_alarm(before, event, directory))
    return event


def tombstone(turn: Turn, former: str, directory: Directory) -> Event:
    """The turn of somebody who held it once and does not now, as cancelled."""
    placed = replace(turn.placed, member=former)
    event = _dated(turn, directory)
    event.add("SUMMARY", Text(f"Cancelled: {_summary(placed, directory)}"))
    now = turn.placed.member
    holds = f"{directory.member(now)} holds" if now else "Nobody holds"
    told = f"{directory.member(former)} no longer holds this turn. {holds} it now."
    event.add("DESCRIPTION", Text(line(told)))
    _show(event, busy=False, status="CANCELLED")
    return event


def _dated(turn: Turn, directory: Directory) -> Event:
    """An event with its identity, its days or instants, and its revision."""
    placed = turn.placed
    event = Event()
    event.add("UID", str(uuid5(directory.installation, f"{placed.shift}/{placed.seat}")))
    event.add("DTSTART", placed.start.astimezone(UTC) if placed.start else placed.span.first)
    event.add("DTEND", placed.end.astimezone(UTC) if placed.end else placed.span.end)
    event.add("SEQUENCE", turn.sequence)
    event.add("DTSTAMP", turn.changed)
    event.add("LAST-MODIFIED", turn.changed)
    return event


def _alarm(before: timedelta, event: Event, directory: Directory) -> Alarm:
    alarm = Alarm()
    # Without a UID of ours, clients give an alarm one of their own and then ring twice.
    minutes = before // timedelta(minutes=1)
    alarm.add("UID", str(uuid5(directory.installation, f"{event['UID']}/alarm/{minutes}")))
    alarm.add("ACTION", "DISPLAY")
    alarm.add("DESCRIPTION", Text(str(event["SUMMARY"])))
    alarm.add("TRIGGER", -before)
    return alarm


def nothing(path: str, holder: str, rotation: Rotation, directory: Directory) -> Event:
    """'Nothing assigned' over the days of a published rotation: some clients refuse a calendar
    that becomes empty."""
    event = _empty("Nothing assigned", rotation.horizon, rotation.published)
    event.add("UID", str(uuid5(directory.installation, f"{path}/{rotation.name}/nothing")))
    event.add("DESCRIPTION", Text(line(f"{holder}: no turn in {rotation.name}.")))
    return event


def not_yet(path: str, holder: str, directory: Directory) -> Event:
    """What stands in a feed before anything is published: on a day long past, since no other is
    known, so that it is in nobody's way."""
    day = Span(date(2000, 1, 1), date(2000, 1, 2))
    event = _empty("Nothing published yet", day, datetime(2000, 1, 1, tzinfo=UTC))
    event.add("UID", str(uuid5(directory.installation, f"{path}/nothing")))
    event.add("DESCRIPTION", Text(line(f"{holder}: no rotation is published yet.")))
    return event


def _empty(said: str, span: Span, stamp: datetime | None) -> Event:
    event = Event()
    event.add("SUMMARY", Text(said))
    event.add("DTSTART", span.first)
    event.add("DTEND", span.end)
    event.add("SEQUENCE", 0)
    event.add("DTSTAMP", stamp)
    event.add("LAST-MODIFIED", stamp)
    _show(event, busy=False)
    return event


def _show(event: Event, *, busy: bool, status: str = "CONFIRMED") -> None:
    """A duty of whole days leaves the day free; a meeting takes its time."""
    event.add("STATUS", status)
    event.add("TRANSP", "OPAQUE" if busy else "TRANSPARENT")
    event.add("X-MICROSOFT-CDO-BUSYSTATUS", Text("BUSY" if busy else "FREE"))


def _summary(placed: Placed, directory: Directory) -> str:
    return line(f"{directory.duty(placed.duty)} ({placed.seat}): {directory.member(placed.member)}")


def _description(turn: Turn, directory: Directory) -> Iterator[str]:
    if why := line(turn.placed.why):
        yield why
    yield from (line(sentence) for sentence in _partners(turn, directory))
    duty = directory.duties.get(turn.placed.duty)
    if duty is not None and duty.handoff is not None:
        yield f"Hand-over: {_handoff(duty.handoff, line(directory.timezone))}."
    checklist = _checklist(turn, directory)
    if checklist:
        yield f"Checklist: {checklist}"


def _partners(turn: Turn, directory: Directory) -> Iterator[str]:
    holder, before, after = turn.placed.member, turn.before, turn.after
    if before is not None and before.member not in {"", holder}:
        yield f"Takes over from {directory.member(before.member)}."
    if after is None:
        return
    if not after.member:
        yield "Nobody holds the turn after this one yet."
    elif after.member == holder:
        yield "Keeps the seat for the turn after this one."
    else:
        yield f"Hands over to {directory.member(after.member)}."


def _handoff(handoff: Handoff, timezone: str) -> str:
    day = _WEEKDAYS[handoff.weekday]
    return day if handoff.at is None else f"{day} at {handoff.at:%H:%M} ({timezone})"


def _checklist(turn: Turn, directory: Directory) -> str:
    duty = directory.duties.get(turn.placed.duty)
    return link(duty.checklist) if duty is not None else ""
