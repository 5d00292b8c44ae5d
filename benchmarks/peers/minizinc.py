"""Gecode through MiniZinc, with the model of ``rota.mzn`` beside this file.

Gecode knows no bound, only whether it has searched everything. The limit on how many shadows one
person accompanies at once is left out of the model, so that the audit may find it broken.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks import goal
from benchmarks.facts import Facts
from benchmarks.found import Found, Missing, Run, stopwatch

MODEL = Path(__file__).with_name("rota.mzn")


def plan(run: Run) -> Found:
    """Who holds each seat in the best solution found.

    Raises:
        Missing: MiniZinc or its Gecode is not installed.
    """
    program = shutil.which("minizinc")
    if program is None:
        raise Missing("the program minizinc is not installed")
    elapsed = stopwatch()
    facts = run.facts
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder, "data.json")
        data.write_text(json.dumps(_data(facts)), encoding="utf-8")
        order = [program, "--solver", "gecode", "--json-stream"]
        limits = ["--time-limit", str(round(1000 * run.seconds)), "-r", str(run.seed)]
        process = subprocess.Popen(
            [*order, "--intermediate", *limits, str(MODEL), str(data)],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        first, cost, holder, proof = None, None, [0] * len(facts.places), None
        # Closes the pipe and waits also where reading it fails.
        with process:
            for message in _messages(process):
                if message["type"] == "error":
                    raise Missing(f"minizinc says: {message.get('message', message)}")
                if message["type"] == "status" and message["status"] == "OPTIMAL_SOLUTION":
                    proof = elapsed()
                if message["type"] == "solution":
                    members, _, price = message["output"]["default"].rpartition(" ")
                    holder, cost = json.loads(members), float(price)
                    if first is None and _is_complete(facts, holder):
                        first = elapsed()
    return Found(
        holders={
            facts.places[seat].key: facts.members[member - 1]
            for seat, member in enumerate(holder)
            if member
        },
        seconds=elapsed(),
        first=first,
        near=proof,
        close=proof,
        proof=proof,
        value=cost,
        bound=cost if proof is not None else None,
        note="" if cost is not None else "no solution in time",
    )


def _messages(process: subprocess.Popen[str]) -> Iterator[dict[str, Any]]:
    for line in process.stdout or ():
        if line.startswith("{"):
            yield json.loads(line)


def _is_complete(facts: Facts, holder: list[int]) -> bool:
    return all(member or not place.must for place, member in zip(facts.places, holder, strict=True))


def _data(facts: Facts) -> dict[str, Any]:
    """The facts in MiniZinc's JSON, where everything is numbered from 1."""
    pairs = {pair: number for number, pair in enumerate(facts.loads, 1)}
    work = [(s, w, m) for s, place in enumerate(facts.places, 1) for w, m in place.weeks]
    weeks = 1 + max((week for _, week in facts.budgets), default=0)
    shadows = [(s, place.guides) for s, place in enumerate(facts.places, 1) if place.shadow]
    groups = [[pairs[pair] for pair in group.pairs] for group in (*facts.clashes, *facts.meetings)]
    most: dict[int, int] = defaultdict(int)
    for (_, member), minutes in facts.loads.items():
        most[member] += minutes
    return {
        "members": len(facts.members),
        "seats": len(facts.places),
        "weeks": weeks,
        "able": [{"set": [member + 1 for member in place.able]} for place in facts.places],
        "empty_cost": [goal.empty(p.must, p.value, p.shadow) for p in facts.places],
        "entitlement": facts.entitlements,
        "served": facts.served,
        "works": len(work),
        "work_seat": [seat for seat, _, _ in work],
        "work_week": [week + 1 for _, week, _ in work],
        "work_minutes": [minutes for _, _, minutes in work],
        "budget": [
            [facts.budgets.get((member, week), 0) for week in range(weeks)]
            for member in range(len(facts.members))
        ],
        "pairs": len(pairs),
        "pair_seat": [seat + 1 for seat, _ in pairs],
        "pair_member": [member + 1 for _, member in pairs],
        "pair_load": list(facts.loads.values()),
        "pair_cost": [-goal.DISLIKED * facts.likes.get(pair, 0) for pair in pairs],
        "groups": len(groups),
        "group": [{"set": group} for group in groups],
        "shadows": len(shadows),
        "shadow": [seat for seat, _ in shadows],
        "guides": [{"set": [guide + 1 for guide in guides]} for _, guides in shadows],
        "spread_cost": goal.SPREAD,
        "top": max(
            (
                1000 * (most[m] + facts.served[m]) // entitled + 1
                for m, entitled in enumerate(facts.entitlements)
                if entitled
            ),
            default=0,
        ),
    }
