"""What one team costs on its way through many: python -m benchmarks.scale FOLDER SIZE [--fast]

Plans a roster that ``benchmarks.generate`` made, and prints what docs/scale.md reckons with: the
time to read it, the bytes that travel, the time to solve it, and the memory at the highest.
"""

from __future__ import annotations

import argparse
import pickle
import resource
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from benchmarks.sizes import SIZES
from scheduler.actions.plan import Made, Prepared, Request, make, prepare

T = TypeVar("T")


def measured(what: str, work: Callable[[], T]) -> T:
    """Do some work and print what it took: seconds by the clock, and of the processor."""
    clock, processor = time.perf_counter(), time.process_time()
    done = work()
    took, busy = time.perf_counter() - clock, time.process_time() - processor
    print(f"{what:<8} {took:8.2f} s {busy:8.2f} s of processor", flush=True)
    return done


def told(prepared: Prepared, made: Made) -> None:
    """Print the bytes that travel each way, the memory, and what the plan came to."""
    there, back = len(pickle.dumps(prepared)), len(pickle.dumps(made))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"travels  {there // 1000} kB there, {back // 1000} kB back; memory {memory} MB")
    for tier in made.rotation.tiers:
        print(f"{tier.name:<10} {'proved' if tier.proved else 'open':<8} {tier.price}")


def main() -> None:
    """Read the arguments, plan, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("size", choices=SIZES)
    parser.add_argument("--fast", action="store_true")
    asked = parser.parse_args()
    days = SIZES[asked.size].horizon
    name = f"{days.first}_{days.last}"
    request = Request(name, days, fresh=True, fast=asked.fast)
    measured("import", lambda: prepare(asked.folder, request))
    prepared = measured("read", lambda: prepare(asked.folder, request))
    told(prepared, measured("solve", lambda: make(prepared)))


if __name__ == "__main__":
    main()
