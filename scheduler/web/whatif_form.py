"""The form of ``what if``: what was filled in, and the plans side by side."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from scheduler.errors import BadFiles, RotaError
from scheduler.web.csrf import Form
from scheduler.web.desk import Desk

if TYPE_CHECKING:
    from scheduler.actions.whatif import Request

_FIELDS = ("quarter", "without", "joining", "budget_of", "budget", "away_of", "first", "last")
_SECONDS = 20.0
"""For each plan: somebody waits for it."""
_EACH_SECONDS, _ALL_SECONDS = 5.0, 45.0
"""For the plan of each who might leave, and for all of them."""
_LONGEST = 500


def empty(desk: Desk) -> dict[str, Any]:
    """The form before anything is filled in."""
    return _filled(desk, dict.fromkeys(_FIELDS, ""))


async def answered(desk: Desk, form: Form) -> tuple[dict[str, Any], int]:
    """The form with what came of it, and the status."""
    from scheduler.actions.suppose import Asked
    from scheduler.actions.whatif import Request, what_if

    given = {name: form.get(name, [""])[0].strip()[:_LONGEST] for name in _FIELDS}
    found = _filled(desk, given)
    joining, away = given["joining"], given["away_of"]
    asked = Asked(
        without=(given["without"],) if given["without"] else (),
        joining=(joining,) if joining else (),
        budgets=(f"{given['budget_of']}={given['budget']}",) if given["budget_of"] else (),
        away=(f"{away}={given['first']}..{given['last']}",) if away else (),
    )
    each = "each" in form
    if asked == Asked() and not each:
        return {**found, "wrong": "Say what to suppose: fill in at least one line."}, 400
    request = Request(desk.live.clock(), given["quarter"] or None, asked, _SECONDS)
    try:
        async with desk.one_plan:
            if each:
                return {**found, **await _each(desk, request)}, 200
            plans = await desk.do(what_if, desk.folder, request)
    except BadFiles:
        return {**found, "wrong": "The roster has a mistake just now. A lead can see it."}, 503
    except RotaError as error:
        return {**found, "wrong": str(error)}, 400
    return {**found, **_shown(plans)}, 200


def _filled(desk: Desk, given: Mapping[str, str]) -> dict[str, Any]:
    site = desk.live.state.site
    members = site.snapshot.team.members if site else ()
    return {
        "names": [rotation.name for rotation in reversed(site.snapshot.rotations)] if site else [],
        "members": [(member.id, member.name) for member in members],
        "filled": dict(given),
        "columns": [],
        "leavers": [],
    }


async def _each(desk: Desk, request: Request) -> dict[str, Any]:
    """Whose leaving would hurt most, as far as that is planned in the time."""
    from scheduler.actions.whatif import Interrupt, each_without
    from scheduler.reports import whatif as report
    from scheduler.reports.roster import Roster

    interrupt = Interrupt()
    timer = asyncio.get_running_loop().call_later(_ALL_SECONDS, interrupt.set)
    short = replace(request, seconds=_EACH_SECONDS)
    try:
        found = await desk.do(each_without, desk.folder, short, interrupt=interrupt)
    finally:
        timer.cancel()
    if not found:
        return {"said": "Nobody has a turn to come."}
    leavers = [report.Leaver(w.supposition.without[-1], w.today, w.kept) for w in found]
    roster = Roster(found[0].team.members, found[0].team.duties)
    told: dict[str, Any] = {
        "leavers": report.leaver_rows(leavers, roster),
        "leaver_heads": report.LEAVER_HEADS,
    }
    if interrupt.is_set():
        told["said"] = "The time was over before everybody's leaving was planned to the end."
    return told


def _shown(found: Any) -> dict[str, Any]:
    from scheduler.reports import whatif as report
    from scheduler.reports.roster import Roster

    roster = Roster(found.team.members, found.team.duties)
    plans, gone = found.plans, found.supposition.without
    return {
        "columns": [report.HEADS[name] for name in plans],
        "figures": list(report.figure_rows(plans, gone).items()),
        "hours": [(roster.name(id), cells) for id, cells in report.hour_rows(plans).items()],
        "emptied": list(report.emptied(plans, roster).items()),
        "said": " ".join(f"Look again: {note}." for note in found.supposition.notes),
    }
