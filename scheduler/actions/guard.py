"""A guard against more change than a team allows at once."""

from __future__ import annotations

from scheduler.domain.rotation import Rotation
from scheduler.errors import Refused
from scheduler.files.team import Team
from scheduler.review.compare import compare


def guard(team: Team, before: Rotation | None, after: Rotation, *, force: bool = False) -> int:
    """The number of published turns that move between two rotations; ``most_moves`` of the policy
    bounds it unless it is forced.

    Raises:
        Refused: more turns would move than the policy allows.
    """
    if before is None or not before.is_published:
        return 0
    moved = len(compare(before, after).moved)
    if team.most_moves is not None and moved > team.most_moves and not force:
        raise Refused(
            f"Nothing was written: {moved} published turns would move, and policy.yaml allows "
            f"{team.most_moves} at once (most_moves). Look at them first; --force writes them."
        )
    return moved
