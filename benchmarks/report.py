"""The report on some runs: python -m benchmarks.report out/bench/results.jsonl

Medians over the runs, in Markdown, and ratios to Rota. A time that did not come in half of the
runs or more stands as "–". With --page the figures of a page are written anew, below its mark.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Sequence
from itertools import groupby
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.growth import draw, exponent
from benchmarks.sizes import SIZES

Line = dict[str, Any]
OURS = "ours"
MARK = "<!-- python -m benchmarks.report writes what is below -->"
TIMES = ("first", "near", "proof", "seconds")


def report(lines: list[Line], picture: str) -> str:
    """The figures in Markdown. The first line says on what and how they were made, ``picture`` is
    where the one of growth will lie."""
    return "\n".join(_report(lines[0], lines[1:], picture)) + "\n"


def read(results: Path) -> list[Line]:
    """The lines of a file of results."""
    return [json.loads(line) for line in results.read_text(encoding="utf-8").splitlines()]


def _report(head: Line, lines: list[Line], picture: str) -> Iterable[str]:
    yield f"Made with `{head['command']}` on {head['machine']}."
    for item, some in _by(lines, "item"):
        by_planner = dict(_by(some, "planner"))
        done = {p: [r for r in of if "missing" not in r] for p, of in by_planner.items()}
        done = {planner: of for planner, of in done.items() if of}
        yield from ("", f"## {item}", "")
        if done:
            yield from _tables(done)
        for planner, of in by_planner.items():
            reasons = dict.fromkeys(r["missing"] for r in of if "missing" in r)
            yield from (f"\nLeft out, {planner}: {reason}." for reason in reasons)
    yield from _growth(lines, picture)


def _tables(done: dict[str, list[Line]]) -> Iterable[str]:
    some = next(iter(done.values()))[0]
    runs = ", ".join(str(n) for n in sorted({len(of) for of in done.values()}))
    yield (
        f"{some['members']} members, {some['verdict']['seats']} seats, {some['pairs']} eligible "
        f"pairs; at most {some['limit']:g} s each; runs: {runs}."
    )
    middle = {planner: _middle(of) for planner, of in done.items()}
    ours = middle.get(OURS)
    yield from _markdown(
        ("planner", "seats filled", "shadows", "must missed", "requirements broken", "share index",
         "first difference"),
        [
            (
                planner,
                *_filled(line["verdict"]),
                line["verdict"]["must_missed"],
                _broken(line["verdict"]["broken"]),
                _shares(line["verdict"]),
                difference(ours, line) if ours is not None else "",
            )
            for planner, line in middle.items()
        ],
    )  # fmt: skip
    tiers = list(dict.fromkeys(t for line in middle.values() for t in line["verdict"]["tiers"]))
    yield from _markdown(
        ("price by tier", *tiers),
        [
            (planner, *(_price(line["verdict"]["tiers"].get(tier)) for tier in tiers))
            for planner, line in middle.items()
        ],
    )
    if ours is not None:
        yield from _markdown(
            ("bound by tier", *tiers),
            [("ours", *(_bound(ours["stated"], tier) for tier in tiers))],
        )
    yield from _markdown(
        ("planner", "first complete", "within 1%", "proof", "whole time", "memory", "bound, gap"),
        [(planner, *_costs(of, done.get(OURS, [])), _gap(middle[planner]))
         for planner, of in done.items()],
    )  # fmt: skip
    for planner, line in middle.items():
        if line["note"] or line["verdict"]["false_figures"]:
            false = len(line["verdict"]["false_figures"])
            said = f"{false} figures that the audit counts otherwise" if false else ""
            yield f"\n{planner}: {'; '.join(filter(None, (line['note'], said)))}."


def rank(line: Line) -> tuple[Any, ...]:
    """What puts one plan before another: breaches of requirements, then the tiers in order."""
    verdict = line["verdict"]
    broken = sum(verdict["broken"].values())
    return (broken, *(_tuple(price) for price in verdict["tiers"].values()))


def difference(ours: Line, other: Line) -> str:
    """Where two plans first differ, in order of the tiers, and whose is better there."""
    if ours is other:
        return ""
    names = ("requirements", *ours["verdict"]["tiers"])
    for name, one, another in zip(names, rank(ours), rank(other), strict=True):
        if one != another:
            return f"{'ours' if one < another else 'theirs'}, {name}"
    return "none"


def growth(lines: list[Line]) -> list[Line]:
    """A point for each planner, roster and time, where most runs have that time."""
    points = []
    for (item, planner), some in _groups(lines, "item", "planner"):
        of = [line for line in some if "missing" not in line and item in SIZES]
        for what in TIMES:
            value = _median(line[what] for line in of)
            if value is not None:
                seats = of[0]["verdict"]["seats"]
                point = {"item": item, "planner": planner, "time": _WHAT[what]}
                points.append({**point, "seats": seats, "seconds": max(value, 0.001)})
    return points


def _growth(lines: list[Line], picture: str) -> Iterable[str]:
    rows = []
    for (planner, what), points in _groups(growth(lines), "planner", "time"):
        steepness = exponent([(point["seats"], point["seconds"]) for point in points])
        if steepness is not None:
            rows.append((planner, what, len(points), f"{steepness:.2f}"))
    if rows:
        yield from ("", "## Growth", "", f"![time against seats]({picture})", "")
        yield "Exponent of time in the number of seats, least squares on log axes:"
        yield from _markdown(("planner", "time", "rosters", "exponent"), rows)


_WHAT = {
    "first": "first complete",
    "near": "within 1%",
    "proof": "proof",
    "seconds": "whole time",
}


# ---------------------------------------------------------------------------------------- figures


def _by(lines: Iterable[Line], key: str) -> Iterable[tuple[str, list[Line]]]:
    found: dict[str, list[Line]] = {}
    for line in lines:
        found.setdefault(line[key], []).append(line)
    return found.items()


def _groups(lines: Iterable[Line], *keys: str) -> Iterable[tuple[tuple[str, ...], list[Line]]]:
    found: dict[tuple[str, ...], list[Line]] = {}
    for line in lines:
        found.setdefault(tuple(line[key] for key in keys), []).append(line)
    return found.items()


def _middle(of: list[Line]) -> Line:
    """The run in the middle, from the best plan to the worst."""
    return sorted(of, key=rank)[len(of) // 2]


def _median(values: Iterable[float | None]) -> float | None:
    """The median, where what never came counts as infinite; ``None`` where that is infinite."""
    known = [float("inf") if value is None else value for value in values]
    middle = median(known) if known else float("inf")
    return None if middle == float("inf") else middle


def _tuple(price: Any) -> tuple[int, ...]:
    return tuple(price) if isinstance(price, list | tuple) else (price,)


def _costs(of: list[Line], ours: list[Line]) -> Iterable[str]:
    for what, unit in (*((what, "s") for what in TIMES), ("memory", "MiB")):
        value, base = _median(r[what] for r in of), _median(r[what] for r in ours)
        if value is None:
            yield "–"
        else:
            ratio = f" (×{_short(value / base)})" if base and of is not ours else ""
            yield f"{_short(value)} {unit}{ratio}"


# ------------------------------------------------------------------------------------------ words


def _short(value: float) -> str:
    if value < 0.01:
        return "<0.01"
    return f"{value:.0f}" if value >= 100 else f"{value:.3g}"


def _filled(verdict: Line) -> tuple[str, int]:
    """Working seats that are filled, of how many, and shadow seats that are."""
    working = verdict["working"]
    filled = working - verdict["must_missed"] - verdict["left_out"]
    return f"{filled} of {working}", verdict["filled"] - filled


def _broken(broken: dict[str, int]) -> str:
    return ", ".join(f"{rule} {count}" for rule, count in broken.items()) or "none"


def _shares(verdict: Line) -> str:
    if verdict["highest"] is None:
        return "–"
    return f"{verdict['lowest'] / 1000:.2f} to {verdict['highest'] / 1000:.2f}"


def _price(price: Any) -> str:
    """A price; of a list the highest entries, each with how often it comes."""
    if price is None:
        return "–"
    if not isinstance(price, list | tuple):
        return str(price)
    runs = [f"{value}×{len(list(same))}" for value, same in groupby(price)]
    return " ".join(runs[:4]) + (" …" if len(runs) > 4 else "")


def _bound(stated: list[Line], tier: str) -> str:
    for line in stated:
        if line["name"] == tier:
            return f"{_price(line['bound'])}{' (proved)' if line['proved'] else ''}"
    return "–"


def _gap(line: Line) -> str:
    value, bound = line["value"], line["bound"]
    if line["planner"] == OURS:
        return "by tier, above"
    if value is None or bound is None:
        return "has none"
    part = (value - bound) / abs(value) if value else 0.0
    return f"{bound:.6g}, {part:.1%}"


def _markdown(head: Sequence[str], rows: Sequence[Sequence[Any]]) -> Iterable[str]:
    yield ""
    yield f"| {' | '.join(head)} |"
    yield f"|{' --- |' * len(head)}"
    for row in rows:
        yield f"| {' | '.join(str(cell) for cell in row)} |"


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("results", type=Path)
    parser.add_argument("--page", type=Path, help="write the figures there, below its mark")
    asked = parser.parse_args()
    lines = read(asked.results)
    if asked.page is None:
        print(report(lines, "growth.svg"))
        return
    above, mark, _ = asked.page.read_text(encoding="utf-8").partition(MARK)
    if not mark:
        parser.error(f"{asked.page} has no line {MARK}")
    picture = Path("images", f"{asked.page.stem}-growth.svg")
    asked.page.write_text(f"{above}{mark}\n\n{report(lines, str(picture))}", encoding="utf-8")
    draw(growth(lines[1:]), (asked.page.parent / picture).with_suffix(""), suffixes=(".svg",))


if __name__ == "__main__":
    main()
