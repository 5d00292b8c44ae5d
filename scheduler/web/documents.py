"""The JSON that programs read; docs/json.md tells every key, and ``openapi.json`` the shapes."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

from scheduler import __version__
from scheduler.actions.snapshot import Snapshot
from scheduler.domain.fairness import scaled
from scheduler.domain.rotation import Placed, Rotation
from scheduler.reports.document import SCHEMA, bounds, document

Document = Mapping[str, Any]


def made(snapshot: Snapshot, path: str) -> bytes | None:
    """The document of a path that depends on no clock; ``None`` where there is nothing."""
    match path.split("/")[2:]:
        case ["openapi.json"]:
            return written(openapi())
        case ["rotations"]:
            return written(rotations(snapshot))
        case ["rotations", name]:
            found = (r for r in snapshot.rotations if r.name == name)
            return next((written(document(rotation)) for rotation in found), None)
        case ["members", id]:
            member = _member(snapshot, id)
            return None if member is None else written(member)
    return None


def written(found: Document) -> bytes:
    """A document as it goes out."""
    return f"{json.dumps(found, ensure_ascii=False, indent=1)}\n".encode()


def openapi() -> Document:
    """The description of the API for machines."""
    text = files("scheduler.web").joinpath("openapi.json").read_text(encoding="utf-8")
    told: dict[str, Any] = json.loads(text)
    told["info"]["version"] = __version__
    return told


def rotations(snapshot: Snapshot) -> Document:
    """All published rotations, in order."""
    return {
        "schema": SCHEMA,
        "team": snapshot.team.name,
        "rotations": [
            {
                "name": rotation.name,
                "from": rotation.horizon.first.isoformat(),
                "to": rotation.horizon.last.isoformat(),
                "published": rotation.published.isoformat() if rotation.published else None,
                "changes": len(rotation.changes),
            }
            for rotation in snapshot.rotations
        ],
    }


def now(snapshot: Snapshot, moment: datetime) -> Document:
    """Whose turn it is at a moment. Days are those of the team."""
    zone = ZoneInfo(snapshot.team.timezone)
    there = [found for found in _held(snapshot) if _runs_at(found[1], moment, zone)]
    there.sort(key=lambda found: (found[1].duty, found[1].moment, found[1].key))
    return {
        "schema": SCHEMA,
        "team": snapshot.team.name,
        "on_duty": [_turn(rotation, seat, snapshot) for rotation, seat in there],
    }


def _member(snapshot: Snapshot, id: str) -> Document | None:
    member = next((member for member in snapshot.team.members if member.id == id), None)
    held = [(rotation, seat) for rotation, seat in _held(snapshot) if seat.member == id]
    if member is None and not held:
        return None
    held.sort(key=lambda found: (found[1].moment, found[1].key))
    return {
        "schema": SCHEMA,
        "team": snapshot.team.name,
        "id": id,
        "name": member.name if member else id,
        "turns": [_turn(rotation, seat, snapshot) for rotation, seat in held],
        "shares": [
            {"rotation": rotation.name, "share_index": _index(rotation, id)}
            for rotation in snapshot.rotations
        ],
    }


def _index(rotation: Rotation, member: str) -> float | None:
    index = scaled(rotation.shares).get(member)
    return None if index is None else round(index, 3)


def _runs_at(seat: Placed, moment: datetime, zone: ZoneInfo) -> bool:
    if seat.start is not None and seat.end is not None:
        return seat.start <= moment < seat.end
    return moment.astimezone(zone).date() in seat.span


def _held(snapshot: Snapshot) -> Iterator[tuple[Rotation, Placed]]:
    for rotation in snapshot.rotations:
        for seat in rotation.assignments:
            yield rotation, seat


def _turn(rotation: Rotation, seat: Placed, snapshot: Snapshot) -> Document:
    begin, end = bounds(seat)
    names = {duty.id: duty.name for duty in snapshot.team.duties}
    people = {member.id: member.name for member in snapshot.team.members}
    return {
        "rotation": rotation.name,
        "shift": seat.shift,
        "seat": seat.seat,
        "role": seat.role,
        "duty": seat.duty,
        "duty_name": names.get(seat.duty, seat.duty),
        "upstream": seat.upstream or None,
        "member": seat.member,
        "member_name": people.get(seat.member, seat.member),
        "start": begin,
        "end": end,
        **({"missed": True} if seat.key in rotation.missed else {}),
    }
