"""Make a realistic roster: python -m benchmarks.generate organisation --seed 1 --out DIR

Writes a roster folder in the format of Rota, with the published rotation of the weeks before, and
says what is in it. The same size and seed give the same files.
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path
from random import Random
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import yaml

from benchmarks.census import census, read
from benchmarks.past import publish_past
from benchmarks.people import members
from benchmarks.sizes import SIZES, Size
from benchmarks.work import duties, upstreams


def generate(size: Size, seed: int, folder: Path) -> None:
    """Write the roster of a size into a folder; rotations that lie there already are removed."""
    shutil.rmtree(folder / "rotations", ignore_errors=True)
    random = Random(f"{size.name} {seed}")
    work = duties(size, random)
    people = members(size, work, random)
    _write(
        folder / "roster.yaml",
        {
            "team": f"{size.name} {seed}",
            "installation": str(uuid5(NAMESPACE_URL, f"{size.name} {seed}")),
            "timezone": "UTC",
            "not_together": _apart(people, random),
            "members": people,
        },
    )
    _write(folder / "duties.yaml", {"upstreams": upstreams(size, random), "duties": work})
    _write(folder / "policy.yaml", _policy())
    publish_past(folder, size)


def _apart(people: list[dict[str, Any]], random: Random) -> list[list[str]]:
    """A pair in every forty people that does not share a shift."""
    return [
        sorted(person["id"] for person in random.sample(people, 2))
        for _ in range(len(people) // 40)
    ]


def _policy() -> dict[str, Any]:
    return {
        "rules": {"rest": {"days": 7}},
        "quiet": [
            {"first": "2026-12-21", "last": "2027-01-03", "name": "year's end", "remember": True},
            {"first": "2027-03-26", "last": "2027-03-29", "name": "Easter"},
        ],
    }


def _write(path: Path, content: dict[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
    text = yaml.dump(content, Dumper=dumper, sort_keys=False, allow_unicode=True, width=100)
    path.write_text(text, encoding="utf-8")


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("size", choices=SIZES)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, required=True)
    asked = parser.parse_args()
    size = SIZES[asked.size]
    generate(size, asked.seed, asked.out)
    print(census(read(asked.out, size.horizon)))


if __name__ == "__main__":
    main()
