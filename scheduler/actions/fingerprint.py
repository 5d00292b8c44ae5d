"""What a plan depends on, as one line: the same fingerprint means that planning again is idle."""

from __future__ import annotations

import hashlib
from dataclasses import astuple

from scheduler import __version__
from scheduler.domain.problem import Problem


def fingerprint(problem: Problem, files: str, seed: int) -> str:
    """``sha256:`` and the digest of everything that goes into a plan but the draft it starts from.

    ``files`` is the fingerprint of the three roster files, which stands for members, duties and
    policy; the rest is the horizon, its public holidays, what earlier rotations left behind, the
    pins of the draft, the version and the seed.
    """
    facts = (
        __version__,
        seed,
        files,
        (problem.horizon.first, problem.horizon.end),
        sorted(problem.pins.items()),
        sorted(problem.carried.items()),
        sorted(problem.ledgers_carried.items()),
        [(member.id, sorted(member.public_holidays)) for member in problem.members],
        sorted(map(astuple, problem.past), key=repr),
        sorted((key, astuple(turns)) for key, turns in problem.experience.items()),
    )
    return f"sha256:{hashlib.sha256(repr(facts).encode()).hexdigest()}"
