"""The report on made-up figures, counted by hand."""

from __future__ import annotations

import pytest

from benchmarks.figures import difference
from benchmarks.growth import exponent
from benchmarks.report import report
from tests.benchmarks.lines import HEAD, line

OURS = line("ours", seconds=2.0, fairness=[1100, 900])


def test_the_first_difference_goes_by_the_tiers() -> None:
    worse = line("greedy", seconds=1.0, fairness=[1200, 800])
    assert difference(OURS, worse) == "ours, fairness"
    assert difference(worse, OURS) == "theirs, fairness"
    assert difference(OURS, line("milp", seconds=1.0, fairness=[1100, 900])) == "none"


def test_a_broken_requirement_comes_before_every_tier() -> None:
    illegal = line("round_robin", seconds=1.0, fairness=[900, 900], broken={"away": 2})
    assert difference(OURS, illegal) == "ours, requirements"


def test_figures_are_medians_and_ratios_to_ours() -> None:
    greedy = [line("greedy", seconds=s, fairness=[1200, 800]) for s in (0.5, 1.0, 9.0)]
    told = report([HEAD, OURS, *greedy], "growth.svg")
    assert "| greedy | 1 s (×0.5) | – | – | – | 1 s (×0.5) | 100 MiB (×1) | has none |" in told
    assert "| ours | 2 s | – |" in told
    # Three working seats of four, as one is left out, and so one of the two shadow seats.
    assert "| ours | 3 of 4 | 1 | 0 | none | 0.90 to 1.10 |" in told


def test_who_is_missing_is_named_and_stays_out_of_the_tables() -> None:
    gone = {**line("timefold", seconds=1.0, fairness=[]), "missing": "there is no Java"}
    told = report([HEAD, OURS, gone], "growth.svg")
    assert "Left out, timefold: there is no Java." in told
    assert "| timefold |" not in told


def test_a_time_that_most_runs_lack_is_not_told() -> None:
    runs = [line("ours", seconds=s, fairness=[1100, 900]) for s in (1.0, 2.0, 3.0)]
    for run in runs[:2]:
        run["first"] = None
    assert "| ours | – |" in report([HEAD, *runs], "growth.svg")


def test_growth_is_a_slope_on_log_axes() -> None:
    assert exponent([(10, 1), (100, 100), (1000, 10_000)]) == pytest.approx(2)
    assert exponent([(10, 1), (10, 2)]) is None
