"""The rotation file: written line by line so that a change is a small diff, and read again."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from scheduler.domain.rotation import Placed, Price, Rotation, Share, TierResult
from scheduler.domain.shifts import ShiftId
from scheduler.domain.training import Progress
from scheduler.errors import BadFiles, Mistake
from scheduler.files.changes_shape import keys_of
from scheduler.files.located import parse_yaml, read_yaml
from scheduler.files.plain_text import visible
from scheduler.files.rotation_shape import RotationShape, rotation_of
from scheduler.files.shape import check

_HEAD = """\
# Written by rota: who does what. In a draft you may write another member into a seat, and
# "pinned: true" beside them to keep them there; then run rota plan again.
"""
# What any reader of YAML takes for text without quotes.
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9._@/+-]*|\d{4}-Q[1-4]|sha256:[0-9a-f]+")
_NOT_TEXT = {"y", "n", "yes", "no", "on", "off", "true", "false", "null"}

_Value = str | int | bool | date | Price | tuple[Any, ...] | dict[str, Any] | None


# ----------------------------------------------------------------------------------------- reading


def read_rotation(path: Path) -> Rotation:
    """Read a rotation file.

    Raises:
        BadFiles: with every mistake in it.
    """
    shown = str(path)
    located = read_yaml(path, shown)
    rotation = rotation_of(check(RotationShape, located, shown))
    if rotation.name != path.stem:
        sentence = f'the file is called {path.name}, so the name should be "{path.stem}"'
        raise BadFiles([Mistake(shown, *located.at(("name",)), sentence)])
    return rotation


def parse_rotation(text: str, shown: str) -> Rotation:
    """Read the text of a rotation file, such as an old one; ``shown`` is its name in sentences.

    Raises:
        BadFiles: with every mistake in it.
    """
    return rotation_of(check(RotationShape, parse_yaml(text, shown), shown))


# ----------------------------------------------------------------------------------------- writing


def written(rotation: Rotation) -> str:
    """The text of the file: the same for the same rotation, with shifts in order of time."""
    return _HEAD + "".join(f"{line}\n" for line in _lines(rotation))


def in_order(placed: tuple[Placed, ...]) -> list[tuple[ShiftId, list[Placed]]]:
    """The seats by shift, in the order of the file; seats of one shift keep theirs."""
    shifts: dict[ShiftId, list[Placed]] = {}
    for seat in placed:
        shifts.setdefault(seat.shift, []).append(seat)
    return sorted(shifts.items(), key=lambda item: (item[1][0].span.first, item[0]))


def _lines(rotation: Rotation) -> Iterator[str]:
    yield "schema: 1"
    yield from _block(
        {
            "team": rotation.team,
            "name": rotation.name,
            "first": rotation.horizon.first,
            "last": rotation.horizon.last,
            "published": rotation.published,
            "inputs": rotation.inputs,
            "version": rotation.version,
            "seed": rotation.seed,
            "interrupted": rotation.interrupted or None,
            "notes": rotation.notes or None,
        }
    )
    yield from _list("tiers", [_flow(_tier(tier)) for tier in rotation.tiers])
    yield from _list("shares", [_flow(_share(share)) for share in rotation.shares])
    if rotation.training:
        yield from _list("training", [_flow(_progress(line)) for line in rotation.training])
    if rotation.bus_factors:
        yield from _list("bus_factor", [_flow(asdict(line)) for line in rotation.bus_factors])
    yield from _shifts("shifts", rotation.placed)
    if rotation.dropped:
        yield from _shifts("dropped", rotation.dropped)
    if rotation.changes:
        yield from _list("changes", [_flow(keys_of(entry)) for entry in rotation.changes])


def _list(key: str, entries: list[str]) -> Iterator[str]:
    yield f"{key}:" if entries else f"{key}: []"
    yield from (f"  - {entry}" for entry in entries)


def _shifts(key: str, placed: tuple[Placed, ...]) -> Iterator[str]:
    shifts = in_order(placed)
    yield f"{key}:" if shifts else f"{key}: []"
    for shift, seats in shifts:
        of_shift = seats[0]
        keys = {
            "id": shift,
            "duty": of_shift.duty,
            "upstream": of_shift.upstream or None,
            "first": of_shift.span.first,
            "last": of_shift.span.last,
            "start": of_shift.start,
            "end": of_shift.end,
        }
        for number, line in enumerate(_block(keys)):
            yield ("    " if number else "  - ") + line
        yield "    seats:"
        yield from (f"      - {_flow(_seat(seat, of_shift))}" for seat in seats)


def _tier(tier: TierResult) -> dict[str, _Value]:
    return {
        "name": tier.name,
        "price": tier.price,
        "bound": tier.bound,
        "proved": tier.proved,
        "given": tier.given or None,
    }


def _progress(line: Progress) -> dict[str, _Value]:
    return {
        "member": line.member,
        "skill": line.skill,
        "level": line.level.name,
        "by": line.by,
        "shadow": line.done.shadow,
        "shadow_turns": line.needed.shadow,
        "lead": line.done.lead,
        "lead_turns": line.needed.lead,
        "leads_from": line.leads_from,
        "reached": line.reached or None,
    }


def _share(share: Share) -> dict[str, _Value]:
    ledgers = tuple((ledger.name, ledger.load, ledger.fair) for ledger in share.ledgers)
    return {**asdict(share), "ledgers": ledgers or None}


def _seat(seat: Placed, of_shift: Placed) -> dict[str, _Value]:
    """A seat's keys; times only where they differ from those of its shift."""
    return {
        "seat": seat.seat,
        "role": seat.role,
        "must": seat.must or None,
        "first": seat.span.first if seat.span.first != of_shift.span.first else None,
        "last": seat.span.last if seat.span.last != of_shift.span.last else None,
        "start": seat.start if seat.start != of_shift.start else None,
        "end": seat.end if seat.end != of_shift.end else None,
        "effort": seat.effort,
        "member": seat.member or None,
        "pinned": seat.pinned or None,
        "why": seat.why or None,
        "empty": seat.reasons or None,
        "price": seat.price or None,
        "revision": seat.revision or None,
        "revised": seat.revised,
        "waives": seat.waives or None,
    }


def _block(keys: Mapping[str, _Value]) -> Iterator[str]:
    return (f"{key}: {_scalar(value)}" for key, value in keys.items() if value is not None)


def _flow(keys: Mapping[str, _Value]) -> str:
    return "{" + ", ".join(_block(keys)) + "}"


def _scalar(value: _Value) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case datetime():
            return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
        case int() | date():
            return str(value)
        case dict():
            return _flow(value)
        case tuple():
            return f"[{', '.join(_scalar(entry) for entry in value)}]"
        case str() if _PLAIN.fullmatch(value) and value.lower() not in _NOT_TEXT:
            return value
        case _:
            # JSON's quotes are YAML's double quotes.
            return json.dumps(visible(str(value)), ensure_ascii=False)
