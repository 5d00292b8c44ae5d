"""The answers of ``rota why`` as plain data for programs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from scheduler.domain.rotation import Price, Rotation
from scheduler.review.answers import Answer, lines
from scheduler.review.because import Reason


def as_data(rotation: Rotation, answers: Iterable[Answer], broken: Iterable[str]) -> dict[str, Any]:
    """What ``rota why --json`` prints; docs/json.md tells its keys."""
    return {
        "schema": 1,
        "team": rotation.team,
        "name": rotation.name,
        "broken": list(broken),
        "answers": [_answer(answer) for answer in answers],
    }


def _answer(answer: Answer) -> dict[str, Any]:
    return {
        "shift": answer.seat.shift.id,
        "duty": answer.seat.duty.id,
        "seat": answer.seat.name,
        "holder": answer.holder.id if answer.holder else None,
        "question": answer.question.value,
        "member": answer.member.id if answer.member else None,
        "possible": not answer.is_impossible,
        "proved": answer.is_proved,
        "sentences": list(lines(answer)),
        "tiers": [_price(price) for price in answer.prices],
        "taker": answer.taker.id if answer.taker else None,
        "costs": list(answer.costs),
        "moved": _number(answer.moved),
        "facts": [_reason(fact) for fact in answer.facts],
        "repairs": [_reason(repair) for repair in answer.repairs],
    }


def _price(reason: Reason) -> dict[str, Any]:
    return {
        "name": reason.name,
        "before": _plain(reason.before),
        "after": _plain(reason.after),
        "bound": _plain(reason.bound),
        "proved": reason.proved,
    }


def _reason(reason: Reason) -> dict[str, Any]:
    return {
        "kind": reason.kind.value,
        "name": reason.name,
        "members": [member.id for member in reason.members],
        "seats": [{"shift": seat.shift.id, "seat": seat.name} for seat in reason.seats],
        "phrase": reason.phrase,
        "amount": _plain(reason.after),
    }


def _number(reason: Reason | None) -> dict[str, Any] | None:
    if reason is None:
        return None
    return {"turns": _plain(reason.after), "fewest": reason.proved}


def _plain(price: Price | None) -> int | list[int] | None:
    return list(price) if isinstance(price, tuple) else price
