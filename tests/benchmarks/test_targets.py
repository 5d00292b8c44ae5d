"""Targets and the cost of determinism, on made-up lines with verdicts worked out by hand."""

from __future__ import annotations

import pytest

from benchmarks.determinism import cost
from benchmarks.figures import Line
from benchmarks.one import PLANNERS
from benchmarks.report import report
from benchmarks.targets import Target, distance, growth, targets
from tests.benchmarks.lines import HEAD, again, line


def tier(name: str, price: object, bound: object, *, proved: bool = False, given: int = 0) -> Line:
    return {"name": name, "price": price, "bound": bound, "proved": proved, "given": given}


MUST = tier("must", 0, 0, proved=True)
PROVED = [MUST, tier("fairness", [1100, 900], [1100, 900], proved=True)]
OPEN = [MUST, tier("fairness", [1100, 900], [1050, 0])]


def ours(item: str = "team", seconds: float = 2.0, **what: object) -> Line:
    return {**line("ours", seconds=seconds, fairness=[1100, 900]), "item": item, **what}


def peer(name: str, fairness: list[int], item: str = "team", **what: object) -> Line:
    return {**line(name, seconds=8.0, fairness=fairness), "item": item, **what}


def found(*lines: Line) -> dict[str, Target]:
    return {t.asked: t for t in targets(lines[0]["item"], list(lines), PLANNERS)}


def verdict(asked: str, *lines: Line) -> str:
    return found(*lines)[asked].verdict


def measured(asked: str, *lines: Line) -> str:
    return found(*lines)[asked].measured


# ------------------------------------------------------------------------------------------ team


def test_every_tier_is_proved_or_those_that_are_not_are_named() -> None:
    assert verdict("every tier proved", ours(stated=PROVED)) == "reached"
    assert verdict("every tier proved", ours(stated=OPEN)) == "not reached: fairness not proved"


THIRD = "at most 1/3 of plain CP-SAT's time"


@pytest.mark.parametrize(
    ("mine", "theirs", "measured", "verdict"),
    [
        (2.0, 8.0, "2 s against 8 s", "reached"),
        (4.0, 8.0, "4 s against 8 s", "not reached: ×0.5"),
        (2.0, None, "2 s against at least 8 s", "reached"),
        (4.0, None, "4 s against at least 8 s", "not reached: ×0.5 at most"),
        (None, 8.0, "no proof against 8 s", "not reached: no proof"),
    ],
)
def test_a_proof_takes_a_third_of_the_time_of_plain_cp_sat_or_of_all_it_had(
    mine: float | None, theirs: float | None, measured: str, verdict: str
) -> None:
    lines = ours(proof=mine), peer("plain_cp_sat", [1200, 800], proof=theirs)
    target = found(*lines)[THIRD]
    assert (target.measured, target.verdict) == (measured, verdict)
    assert target.planners == ("ours", "plain_cp_sat")


def test_nothing_is_said_about_a_third_where_plain_cp_sat_did_not_run() -> None:
    assert verdict(THIRD, ours(proof=1.0)) == "not measured"


def test_solving_ends_with_the_proof_and_not_with_the_clock() -> None:
    asked = "at most 2 s of solving, until the proof"
    assert verdict(asked, ours(seconds=2.0, proof=2.0)) == "reached"
    assert verdict(asked, ours(seconds=2.5, proof=2.5)) == "not reached: 2.5 s"
    assert verdict(asked, ours(seconds=1.0, proof=None)) == "not reached: never"


def test_times_are_medians_in_which_what_never_came_is_infinite() -> None:
    asked = "first complete plan within 0.5 s"
    assert verdict(asked, *(ours(first=s) for s in (0.1, 0.4, 9.0))) == "reached"
    assert verdict(asked, *(ours(first=s) for s in (0.1, 0.6, None))) == "not reached: 0.6 s"
    assert verdict(asked, *(ours(first=s) for s in (0.1, None, None))) == "not reached: never"


@pytest.mark.parametrize(
    ("item", "seconds"), [("team", 0.5), ("organisation", 1), ("foundation", 10)]
)
def test_the_first_complete_plan_has_its_time_at_each_size(item: str, seconds: float) -> None:
    asked = f"first complete plan within {seconds:g} s"
    assert verdict(asked, ours(item, first=seconds)) == "reached"
    assert verdict(asked, ours(item, first=2 * seconds)) == f"not reached: {2 * seconds:g} s"


# ---------------------------------------------------------------------------------- larger teams


def test_tiers_within_half_a_percent_are_enough_for_a_large_team_but_for_fairness() -> None:
    asked = "every tier proved or within 0.5%"
    near = [MUST, tier("backlog", 1004, 1000), tier("fairness", [1100, 900], [1100, 0])]
    assert verdict(asked, ours("large-team", stated=near)) == "reached"
    far = [MUST, tier("backlog", 1006, 1000), tier("comfort", 3, 0)]
    told = "not reached: backlog 0.6% above, comfort above a bound of 0"
    assert verdict(asked, ours("large-team", stated=far)) == told
    assert verdict("fairness proved", ours("large-team", stated=PROVED)) == "reached"
    told = "not reached: within, but not proved"
    assert verdict("fairness proved", ours("large-team", stated=near)) == told
    told = "not reached: 4.8% above"
    assert verdict("fairness proved", ours("large-team", stated=OPEN)) == told


def test_the_gap_without_bands_is_stated() -> None:
    asked = "highest share without bands"
    line = ours("large-team", unbanded={"highest": 1089.0, "least": 1000.0})
    assert measured(asked, line) == "1089.0, at least 1000.0: 8.9%"
    assert verdict(asked, line) == "stated"
    assert verdict(asked, ours("large-team")) == "not measured"


@pytest.mark.parametrize(
    ("item", "seconds"), [("large-team", 15), ("organisation", 60), ("foundation", 120)]
)
def test_the_whole_time_is_limited(item: str, seconds: float) -> None:
    assert verdict(f"in {seconds} s", ours(item, seconds)) == "reached"
    late = seconds + 1
    assert verdict(f"in {seconds} s", ours(item, late)) == f"not reached: {late:.3g} s"


def test_memory_is_in_megabytes() -> None:
    """572 MiB are 599.8 MB, 573 are 600.8; 1,430 MiB are 1,499.5 MB, 1,431 are 1,500.5."""
    asked = "memory under 600 MB"
    assert verdict(asked, ours("organisation", memory=572)) == "reached"
    assert verdict(asked, ours("organisation", memory=573)) == "not reached: 601 MB"
    asked = "memory under 1500 MB"
    assert verdict(asked, ours("foundation", memory=1430)) == "reached"
    assert verdict(asked, ours("foundation", memory=1431)) == "not reached: 1501 MB"


def test_a_tier_lies_within_one_percent_at_an_organisation() -> None:
    asked = "every tier within 1% of its bound"
    assert verdict(asked, ours("organisation", stated=[tier("backlog", 101, 100)])) == "reached"
    told = "not reached: backlog 2.0% above"
    assert verdict(asked, ours("organisation", stated=[tier("backlog", 102, 100)])) == told


def test_a_foundation_fills_the_seats_that_somebody_may_hold() -> None:
    """The line fills three of four working seats."""
    asked = "every fillable seat filled"
    assert verdict(asked, ours("foundation", fillable=3)) == "reached"
    assert verdict(asked, ours("foundation", fillable=4)) == "not reached: 3 of 4"


def test_the_highest_share_of_a_foundation_lies_within_two_percent() -> None:
    asked = "highest share within 2% of its bound"
    near = [tier("fairness", [1050, 1000], [1030, 0])]
    assert verdict(asked, ours("foundation", stated=near)) == "reached"
    assert verdict(asked, ours("foundation", stated=OPEN)) == "not reached: 4.8% above"


def test_what_was_given_up_for_later_tiers_is_no_gap() -> None:
    assert distance(tier("backlog", 105, 100, given=5)) == 0
    assert distance(tier("backlog", 107, 100, given=5)) == pytest.approx(0.02)
    assert distance(tier("backlog", 105, 0, proved=True)) == 0


# -------------------------------------------------------------------------------- in every size


@pytest.mark.parametrize("name", [planner for planner in PLANNERS if planner != "ours"])
def test_the_first_difference_is_ours_against_every_peer(name: str) -> None:
    asked = f"audit: the first difference is ours, against {name}"
    for item in ("team", "2i2c"):
        mine = ours(item)
        assert verdict(asked, mine, peer(name, [1200, 800], item)) == "reached"
        told = "not reached: theirs, fairness"
        assert verdict(asked, mine, peer(name, [1050, 950], item)) == told
        assert verdict(asked, mine, peer(name, [1100, 900], item)) == "reached"
        assert measured(asked, mine, peer(name, [1100, 900], item)) == "none"
        gone = {**peer(name, [], item), "missing": "it is not installed"}
        assert verdict(asked, mine, gone) == "not measured"
        assert verdict(asked, mine) == "not measured"


def test_a_scenario_has_the_targets_of_the_audit_alone() -> None:
    assert all(asked.startswith("audit") for asked in found(ours("2i2c")))


REPLAN = "re-plan after one leave: at most 1/5 of planning from scratch"


def test_planning_again_takes_a_fifth() -> None:
    quick, slow = again(10.0, 1.0, 2), again(10.0, 4.0, 6)
    assert verdict(REPLAN, ours(), quick, quick, slow) == "reached"
    told = "×0.1: 1 s of processor against 10 s, 2 turns moved"
    assert measured(REPLAN, ours(), quick, quick, slow) == told
    assert verdict(REPLAN, ours(), slow) == "not reached: ×0.4"
    assert "10 s, ended by the clock, 6" in measured(REPLAN, ours(), {**slow, "cut": True})
    assert verdict(REPLAN, ours()) == "not measured"


def at(item: str, seats: int, close: float | None) -> Line:
    return {**line("ours", seconds=1.0, fairness=[], seats=seats), "item": item, "close": close}


def test_time_to_within_two_percent_grows_with_an_exponent() -> None:
    """Ten times the seats in ten and in a hundred times the time: 1 and 2."""
    small, large = at("team", 100, 0.1), at("organisation", 1000, 1.0)
    assert (growth([small, large]).measured, growth([small, large]).verdict) == (
        "1.00 over 2 sizes",
        "reached",
    )
    steep = growth([small, at("organisation", 1000, 10.0)])
    assert (steep.measured, steep.verdict) == ("2.00 over 2 sizes", "not reached: 2.00")
    assert growth([small]).verdict == "not measured"
    never = growth([small, large, at("foundation", 10_000, None)])
    assert never.verdict == "not reached: never within 2% at foundation"


# ----------------------------------------------------------------------------- determinism, words


def test_the_cost_of_determinism_is_told_by_tier_and_time() -> None:
    fast = peer("fast", [1050, 950], proof=1.5, note="ended by the clock")
    told = list(cost([ours(proof=2.0)], [fast]))
    assert "| default | 2 s | 2 s | proof or work |  | 0 | 1100×1 900×1 |" in told
    assert "| `--fast` | 8 s | 1.5 s | the clock | `--fast`, fairness | 0 | 1050×1 950×1 |" in told
    worse = list(cost([ours()], [peer("fast", [1200, 800])]))
    assert "| `--fast` | 8 s | – | proof or work | default, fairness | 0 | 1200×1 800×1 |" in worse
    assert list(cost([ours()], [])) == []


def test_rota_with_other_limits_is_no_peer() -> None:
    fast = peer("fast", [1050, 950])
    assert not any("fast" in asked for asked in found(ours(), fast))
    assert "| fast |" not in report([HEAD, ours(), fast, again(10.0, 1.0, 2)], "growth.svg")


def test_each_target_has_the_command_that_measures_it() -> None:
    lines = [{**ours(), "run": run, "limit": 20, "seed": 7} for run in (1, 2)]
    told = report([HEAD, *lines, peer("greedy", [1200, 800])], "growth.svg")
    run = "python -m benchmarks.run --items team --planners"
    assert f"| reached | `{run} ours,greedy --runs 2 --seconds 20 --seed 7` |" in told


def test_a_size_that_rota_did_not_come_back_from_reaches_nothing() -> None:
    gone = {**ours(), "missing": "ended with 1"}
    assert {target.verdict for target in found(gone).values()} == {"not measured"}
    assert "| every tier proved | – | not measured |" in report([HEAD, gone], "growth.svg")
