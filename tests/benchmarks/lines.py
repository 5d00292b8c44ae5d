"""Lines of results, made up."""

from __future__ import annotations

from benchmarks.figures import Line

HEAD: Line = {"machine": "two cores", "command": "python -m benchmarks.run"}


def line(planner: str, *, seconds: float, fairness: list[int], **verdict: object) -> Line:
    """A run on the smallest size, of two members with six seats; ``verdict`` says what the audit
    counts otherwise."""
    return {
        **{"item": "team", "planner": planner, "run": 1, "limit": 10, "seed": 1},
        **{"members": 2, "pairs": 8, "fillable": 4, "memory": 100, "unbanded": None},
        **{"seconds": seconds, "first": seconds, "close": None, "near": None, "proof": None},
        **{"value": None, "bound": None, "note": "", "stated": []},
        "verdict": {
            **{"filled": 4, "seats": 6, "working": 4, "must_missed": 0, "left_out": 1},
            **{"tiers": {"must": 0, "fairness": fairness}, "highest": 1100, "lowest": 900},
            **{"broken": {}, "false_figures": [], **verdict},
        },
    }


def again(scratch: float, replanned: float, moved: int) -> Line:
    """Planning again beside planning from scratch, in seconds of processor."""
    head: Line = {
        "item": "team",
        "planner": "replan",
        "run": 1,
        "limit": 10,
        "seed": 1,
        "cut": False,
    }
    return {**head, "scratch": scratch, "again": replanned, "moved": moved}
