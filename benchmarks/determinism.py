"""What determinism costs: python -m benchmarks.determinism team

Rota with the limits of ``rota plan``, which end it at the same step on every machine, and then
with those of ``rota plan --fast`` for as many seconds as that took. Prints a table.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from benchmarks.figures import FAST, OURS, Line, difference, mid, middle
from benchmarks.items import ITEMS
from benchmarks.process import planned
from benchmarks.words import price, short, table


def cost(ours: list[Line], fast: list[Line]) -> Iterable[str]:
    """Both in Markdown, if both were run: the plans in the middle, and median times."""
    if not (ours and fast):
        return
    one, other = middle(ours), middle(fast)
    tiers = list(one["verdict"]["tiers"])
    yield from table(
        ("cost of determinism", "whole time", "proof", "ended by", "first difference", *tiers),
        [
            ("default", *_figures(ours), "", *_prices(one, tiers)),
            ("`--fast`", *_figures(fast), _better(one, other), *_prices(other, tiers)),
        ],
    )


def _figures(of: list[Line]) -> Iterable[str]:
    for what in ("seconds", "proof"):
        value = mid(line[what] for line in of)
        yield "–" if value is None else f"{short(value)} s"
    yield "the clock" if middle(of)["note"] else "proof or work"


def _prices(line: Line, tiers: list[str]) -> Iterable[str]:
    return (price(line["verdict"]["tiers"].get(tier)) for tier in tiers)


def _better(one: Line, other: Line) -> str:
    """Which plan is better, and where that shows first."""
    return difference(one, other).replace("ours", "default").replace("theirs", "`--fast`")


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("item", choices=ITEMS)
    parser.add_argument("--seconds", type=float, help="at most for each; each roster has a default")
    parser.add_argument("--seed", type=int, default=1, help="of a roster that is made up")
    asked = parser.parse_args()
    item = ITEMS[asked.item]
    with tempfile.TemporaryDirectory() as out:
        folder = item.prepare(Path(out), asked.seed)
        most = asked.seconds or item.seconds
        ours = planned(item, folder, OURS, 1, most, asked.seed)
        fast = planned(item, folder, FAST, 1, ours.get("seconds", most), asked.seed)
    for line in (ours, fast):
        if "missing" in line:
            sys.exit(f"{line['planner']}: {line['missing']}")
    print("\n".join(cost([ours], [fast])).strip())


if __name__ == "__main__":
    main()
