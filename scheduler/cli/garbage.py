"""How often a process looks for garbage."""

import gc


def look_seldom() -> None:
    """Look through what is new after 100,000 objects, not after every 700.

    A plan is made of millions of small objects that stay to the end, and hardly any of them refer
    to one another in a ring. Looking through them again and again took a quarter of the time of
    planning a large roster again, and found a thousand that could go.
    """
    gc.set_threshold(100_000, 10, 10)
