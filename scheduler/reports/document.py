"""A rotation as JSON. ``docs/json.md`` tells every key; what stands there stays."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from scheduler.domain.fairness import scaled
from scheduler.domain.rotation import Placed, Rotation, Share, TierResult
from scheduler.domain.shifts import SeatKey
from scheduler.domain.training import Progress
from scheduler.reports.training import told

SCHEMA = 1


def document(rotation: Rotation, whole: Rotation | None = None) -> dict[str, Any]:
    """A rotation as plain data, ready for ``json.dumps``.

    Where ``rotation`` is only the part that was asked for, the share indices are still scaled by
    the ``whole``.
    """
    indices, missed = scaled((whole or rotation).shares), rotation.missed
    return {
        "schema": SCHEMA,
        "team": rotation.team,
        "name": rotation.name,
        "status": "published" if rotation.is_published else "draft",
        "interrupted": rotation.interrupted,
        "from": rotation.horizon.first.isoformat(),
        "to": rotation.horizon.last.isoformat(),
        "tiers": [_tier(tier) for tier in rotation.tiers],
        "assignments": [_assignment(seat, missed) for seat in rotation.assignments],
        "unfilled": [_unfilled(seat) for seat in rotation.unfilled],
        "members": [_member(share, indices[share.member]) for share in rotation.shares],
        "training": [_progress(line) for line in rotation.training],
        "bus_factor": [asdict(line) for line in rotation.bus_factors],
    }


def _tier(tier: TierResult) -> dict[str, Any]:
    return {
        "name": tier.name,
        "price": _plain(tier.price),
        "bound": _plain(tier.bound),
        "proved": tier.proved,
    }


def _plain(price: int | tuple[int, ...]) -> int | list[int]:
    return price if isinstance(price, int) else list(price)


def _assignment(seat: Placed, missed: Collection[SeatKey]) -> dict[str, Any]:
    begin, end = bounds(seat)
    return {
        "shift": seat.shift,
        "duty": seat.duty,
        "upstream": seat.upstream or None,
        "seat": seat.seat,
        "start": begin,
        "end": end,
        "member": seat.member,
        "effort_hours": _hours(seat.effort),
        **({"missed": True} if seat.key in missed else {}),
    }


def _unfilled(seat: Placed) -> dict[str, Any]:
    begin, end = bounds(seat)
    return {
        "shift": seat.shift,
        "duty": seat.duty,
        "seat": seat.seat,
        "start": begin,
        "end": end,
        "reasons": list(seat.reasons),
        "price": seat.price or None,
    }


def _member(share: Share, index: float | None) -> dict[str, Any]:
    return {
        "id": share.member,
        "load_hours": _hours(share.load),
        "entitlement_hours": _hours(share.entitlement),
        "share_index": None if index is None else round(index, 3),
        "available_hours": _hours(share.available),
    }


def _progress(line: Progress) -> dict[str, Any]:
    return {
        "member": line.member,
        "skill": line.skill,
        "level": line.level.name,
        "by": line.by.isoformat() if line.by else None,
        "shadow_turns": {"done": line.done.shadow, "needed": line.needed.shadow},
        "lead_turns": {"done": line.done.lead, "needed": line.needed.lead},
        "leads_from": line.leads_from.isoformat() if line.leads_from else None,
        "reached": line.reached,
        "told": told(line),
    }


def _hours(minutes: int) -> float:
    return round(minutes / 60, 2)


def bounds(seat: Placed) -> tuple[str, str]:
    """The first moment of a seat and the first one after it: instants with their offset for a
    timed duty, dates for one of whole days."""
    begin: date | datetime = seat.start or seat.span.first
    end: date | datetime = seat.end or seat.span.end
    return begin.isoformat(), end.isoformat()
