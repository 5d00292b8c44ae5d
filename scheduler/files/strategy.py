"""The shares of duties.yaml: which part of the effort upstreams and kinds of work are to get."""

from collections.abc import Iterable, Iterator

from scheduler.domain.duties import FOUNDATIONAL_KINDS
from scheduler.errors import Mistake
from scheduler.files.duties_shape import DutiesShape
from scheduler.files.located import Loc
from scheduler.files.parts import Part
from scheduler.files.suggest import did_you_mean, quoted
from scheduler.files.words import standing


def without_aims(duties: Part[DutiesShape]) -> tuple[str, ...]:
    """The rules about shares that find none in this file."""
    if duties.value is None:
        return ("upstream_share", "kind_share")
    upstreams = any(entry.share is not None for _, entry in standing(duties.value.upstreams))
    return (
        *(() if upstreams else ("upstream_share",)),
        *(() if duties.value.kinds else ("kind_share",)),
    )


def check_shares(duties: Part[DutiesShape]) -> Iterator[Mistake]:
    """Shares that are more than the whole, and shares of kinds that there are not."""
    if duties.value is None:
        return
    upstreams = [
        (("upstreams", index, "share"), upstream.share)
        for index, upstream in standing(duties.value.upstreams)
        if upstream.share
    ]
    for loc, total in _too_much(upstreams):
        yield duties.mistake(loc, _too_much_said(total))
    for loc, total in _too_much([(("kinds", k), s) for k, s in duties.value.kinds.items()]):
        yield duties.key_mistake(loc, _too_much_said(total))
    yield from _unknown_kinds(duties, duties.value)


def _too_much(shares: Iterable[tuple[Loc, int]]) -> Iterator[tuple[Loc, int]]:
    """The places from which on the shares add up to more than the whole."""
    total = 0
    for loc, share in shares:
        total += share
        if total > 100:
            yield loc, total


def _too_much_said(total: int) -> str:
    return f"the shares add up to {total}% here; together they can be 100% at most"


def _unknown_kinds(duties: Part[DutiesShape], shape: DutiesShape) -> Iterator[Mistake]:
    used = {duty.kind for _, duty in standing(shape.duties)}
    for kind in shape.kinds:
        if kind not in used and kind not in FOUNDATIONAL_KINDS:
            known = sorted({*used, *FOUNDATIONAL_KINDS})
            remedy = did_you_mean(kind, known) or "; give a duty that kind or delete it here"
            sentence = f"no duty has the kind {quoted(kind)}{remedy}"
            yield duties.key_mistake(("kinds", kind), sentence)
