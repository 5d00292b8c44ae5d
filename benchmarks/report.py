"""The report on some runs: python -m benchmarks.report out/bench/results.jsonl

Medians over the runs, in Markdown, and ratios to Rota. A time that did not come in half of the
runs or more stands as "–". With --page the figures of a page are written anew, below its mark.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path

from benchmarks import targets
from benchmarks.determinism import cost
from benchmarks.figures import (
    ASIDE,
    FAST,
    OURS,
    Line,
    by,
    difference,
    done,
    groups,
    mid,
    middle,
    read,
)
from benchmarks.growth import draw, exponent
from benchmarks.one import PLANNERS
from benchmarks.sizes import SIZES
from benchmarks.words import price, short, table

MARK = "<!-- python -m benchmarks.report writes what is below -->"
TIMES = {
    "first": "first complete",
    "close": "within 2%",
    "near": "within 1%",
    "proof": "proof",
    "seconds": "whole time",
}


def report(lines: list[Line], picture: str) -> str:
    """The figures in Markdown. The first line says on what and how they were made, ``picture`` is
    where the one of growth will lie."""
    return "\n".join(_report(lines[0], lines[1:], picture)) + "\n"


def _report(head: Line, lines: list[Line], picture: str) -> Iterable[str]:
    yield f"Made with `{head['command']}` on {head['machine']}."
    for item, some in by(lines, "item"):
        runs = done(some)
        peers = {planner: of for planner, of in runs.items() if planner not in ASIDE}
        yield from ("", f"## {item}")
        if any(line["planner"] == OURS for line in some):
            yield from targets.told(item, some, PLANNERS)
        if peers:
            yield from ("", *_tables(peers))
        yield from cost(runs.get(OURS, []), runs.get(FAST, []))
        for planner, of in by(some, "planner"):
            reasons = dict.fromkeys(line["missing"] for line in of if "missing" in line)
            yield from (f"\nLeft out, {planner}: {reason}." for reason in reasons)
    yield from _growth(lines, picture)


def _tables(runs: dict[str, list[Line]]) -> Iterable[str]:
    some = next(iter(runs.values()))[0]
    often = ", ".join(str(n) for n in sorted({len(of) for of in runs.values()}))
    yield (
        f"{some['members']} members, {some['verdict']['seats']} seats, {some['pairs']} eligible "
        f"pairs; at most {some['limit']:g} s each; runs: {often}."
    )
    plans = {planner: middle(of) for planner, of in runs.items()}
    ours = plans.get(OURS)
    yield from table(
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
            for planner, line in plans.items()
        ],
    )  # fmt: skip
    tiers = list(dict.fromkeys(t for line in plans.values() for t in line["verdict"]["tiers"]))
    yield from table(
        ("price by tier", *tiers),
        [
            (planner, *(price(line["verdict"]["tiers"].get(tier)) for tier in tiers))
            for planner, line in plans.items()
        ],
    )
    if ours is not None:
        yield from table(
            ("bound by tier", *tiers),
            [("ours", *(_bound(ours["stated"], tier) for tier in tiers))],
        )
    yield from table(
        ("planner", *TIMES.values(), "memory", "bound, gap"),
        [
            (planner, *_costs(of, runs.get(OURS, [])), _gap(plans[planner]))
            for planner, of in runs.items()
        ],
    )
    for planner, line in plans.items():
        if line["note"] or line["verdict"]["false_figures"]:
            false = len(line["verdict"]["false_figures"])
            said = f"{false} figures that the audit counts otherwise" if false else ""
            yield f"\n{planner}: {'; '.join(filter(None, (line['note'], said)))}."


def growth(lines: list[Line]) -> list[Line]:
    """A point for each planner, roster and time, where most runs have that time."""
    points = []
    for (item, planner), some in groups(lines, "item", "planner"):
        if item not in SIZES or planner in ASIDE:
            continue
        of = [line for line in some if "missing" not in line]
        for what, name in TIMES.items():
            value = mid(line[what] for line in of)
            if value is not None:
                seats = of[0]["verdict"]["seats"]
                point = {"item": item, "planner": planner, "time": name}
                points.append({**point, "seats": seats, "seconds": max(value, 0.001)})
    return points


def _growth(lines: list[Line], picture: str) -> Iterable[str]:
    rows = []
    for (planner, what), points in groups(growth(lines), "planner", "time"):
        steepness = exponent([(point["seats"], point["seconds"]) for point in points])
        if steepness is not None:
            rows.append((planner, what, len(points), f"{steepness:.2f}"))
    if rows:
        yield from ("", "## Growth", "", f"![time against seats]({picture})", "")
        yield "Exponent of time in the number of seats, least squares on log axes:"
        yield from table(("planner", "time", "rosters", "exponent"), rows)
        yield from targets.growth_told(lines)


# ---------------------------------------------------------------------------------------- words


def _costs(of: list[Line], ours: list[Line]) -> Iterable[str]:
    for what, unit in (*((what, "s") for what in TIMES), ("memory", "MiB")):
        value, base = mid(r[what] for r in of), mid(r[what] for r in ours)
        if value is None:
            yield "–"
        else:
            ratio = f" (×{short(value / base)})" if base and of is not ours else ""
            yield f"{short(value)} {unit}{ratio}"


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


def _bound(stated: list[Line], tier: str) -> str:
    for line in stated:
        if line["name"] == tier:
            return f"{price(line['bound'])}{' (proved)' if line['proved'] else ''}"
    return "–"


def _gap(line: Line) -> str:
    value, bound = line["value"], line["bound"]
    if line["planner"] == OURS:
        return "by tier, above"
    if value is None or bound is None:
        return "has none"
    part = (value - bound) / abs(value) if value else 0.0
    return f"{bound:.6g}, {part:.1%}"


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
