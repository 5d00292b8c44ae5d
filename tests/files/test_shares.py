"""Shares of the strategy: read from duties.yaml, their tier missed only where it matters."""

from pathlib import Path

from scheduler.files import read_team
from tests.files.rosters import DUTIES, told, write

OLD = "tiers: [must, backlog, ceiling, draft, fairness, growth, comfort]\n"
NO_SHARE = DUTIES.replace(", share: 40%", "")


def test_shares_of_kinds_are_read_and_change_the_fingerprint(tmp_path: Path) -> None:
    without = read_team(write(tmp_path))
    duties = DUTIES.replace("duties:", "kinds: {triage: 60%, docs: 40}\nduties:")
    team = read_team(write(tmp_path, duties=duties))
    assert team.kinds == {"triage": 60, "docs": 40}
    assert without.kinds == {}
    assert team.inputs != without.inputs


def test_the_tier_of_the_strategy_is_missed_only_where_there_are_shares(tmp_path: Path) -> None:
    sentences = [mistake.sentence for mistake in told(write(tmp_path, policy=OLD))]
    assert any(said.startswith("upstream_share counts for nothing") for said in sentences)
    assert not any("kind_share" in said for said in sentences)
    sentences = [m.sentence for m in told(write(tmp_path, duties=NO_SHARE, policy=OLD))]
    assert not any("_share" in said for said in sentences)


def test_a_tier_that_the_policy_names_itself_must_be_there(tmp_path: Path) -> None:
    policy = OLD + "rules: {kind_share: {tier: strategie}}\n"
    errors = told(write(tmp_path, duties=NO_SHARE, policy=policy))
    assert [m.sentence for m in errors if m.severity == "error"] == [
        'the tier "strategie" is not in tiers; add it there'
    ]
