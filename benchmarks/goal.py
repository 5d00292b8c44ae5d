"""One weighted goal, for peers that know no tiers: the sum of all of this is made small."""

MUST = 100_000
"""A must seat that is empty."""
VALUE = 1_000
"""Each unit of value of another seat that is empty."""
SHADOW = 50
"""A shadow seat that is empty."""
DISLIKED = 20
"""A turn that its holder would rather not have; one that they like counts as much less."""
SPREAD = 10
"""Each thousandth between the highest and the lowest share index."""


def empty(must: bool, value: int, shadow: bool) -> int:
    """What an empty seat costs."""
    if must:
        return MUST
    return SHADOW if shadow else VALUE * value
