"""Swap, cover, override and undo: reviewed, refused or written, and judged by the audit."""

from __future__ import annotations

import multiprocessing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from scheduler.actions.alter import Altered, Offered, Wish
from scheduler.actions.assemble import assemble, history
from scheduler.actions.audit import audit
from scheduler.actions.cover import cover
from scheduler.actions.done import done
from scheduler.actions.horizon import named
from scheduler.actions.missed import missed
from scheduler.actions.override import override
from scheduler.actions.plan import plan
from scheduler.actions.publish import publish
from scheduler.actions.show import Wanted, show
from scheduler.actions.swap import swap
from scheduler.actions.undo import undo
from scheduler.domain.change import Debt, Kind, Move
from scheduler.domain.rotation import Rotation
from scheduler.errors import BadRequest, Refused, RotaError
from scheduler.files import read_rotation, read_rotations, read_team, rotation_path
from tests.actions.published import RELEASE, TRIAGE, published
from tests.actions.roster import FEBRUARY, JANUARY, change, request, roster

NOW = datetime(2027, 1, 6, 12, tzinfo=UTC)
"""A Wednesday: the first week of triage has begun."""
WRITE = Wish(write=True)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """January: Ana, Chi (while Ben is away), Ben and Chi at triage, Ana at the release."""
    roster(tmp_path)
    change(tmp_path, "roster.yaml", "{id: ana,", "{id: ana, lead: true,")
    published(tmp_path, t4="ana", t11="chi", t18="ben", t25="chi", release="ana")
    return tmp_path


def now_in(folder: Path) -> Rotation:
    return read_rotation(rotation_path(folder, JANUARY))


def holder(folder: Path, shift: str, seat: str = "lead") -> str:
    (found,) = [p.member for p in now_in(folder).placed if p.key == (shift, seat)]
    return found


def loads(rotation: Rotation) -> dict[str, int]:
    return {share.member: share.load // 60 for share in rotation.shares}


def made(done: Altered | Offered) -> Altered:
    assert isinstance(done, Altered)
    return done


def offered(done: Altered | Offered) -> Offered:
    assert isinstance(done, Offered)
    return done


def passes(folder: Path) -> bool:
    report = audit(folder, rotation_path(folder, JANUARY))
    return report.holds and not report.false_figures


# ------------------------------------------------------------------------------------------- cover


def test_a_dry_run_writes_nothing(folder: Path) -> None:
    before = now_in(folder)
    done = made(cover(folder, TRIAGE[3], NOW, Wish(), to="ben"))
    assert not done.written
    assert loads(done.rotation) == {"ana": 9, "ben": 6, "chi": 3}
    assert now_in(folder) == before


def test_a_cover_is_written_with_shares_words_and_the_next_audit_passes(folder: Path) -> None:
    assert passes(folder)
    done = made(cover(folder, TRIAGE[3], NOW, Wish(write=True, note="two\nlines"), to="ben"))
    assert done.written
    assert now_in(folder) == done.rotation
    assert loads(now_in(folder)) == {"ana": 9, "ben": 6, "chi": 3}
    (entry,) = now_in(folder).changes
    assert (entry.id, entry.kind, entry.by, entry.on_behalf) == (1, Kind.cover, "chi", "")
    assert entry.moves == (Move(TRIAGE[3], "lead", "chi", "ben"),)
    assert entry.note == "two lines"
    assert now_in(folder).placed[-1].why == "Covers for Chi Nguyen."
    assert passes(folder)


def test_an_empty_seat_can_be_covered_and_uncovered(folder: Path) -> None:
    published(folder, t4="ana", t11="chi", t18="ben")
    done = made(cover(folder, TRIAGE[3], NOW, WRITE, to="chi"))
    assert done.entry.moves[0].was == ""
    assert now_in(folder).placed[-1].why == "Stepped in where there was nobody."
    assert {tier.name: (tier.before, tier.after) for tier in done.proposal.tiers}["must"] == (1, 0)
    assert passes(folder)
    made(undo(folder, NOW, WRITE))
    assert holder(folder, TRIAGE[3]) == ""
    assert now_in(folder).placed[-1].reasons
    assert passes(folder)


def test_what_breaks_a_requirement_is_refused_in_sentences(folder: Path) -> None:
    with pytest.raises(Refused, match="Ben Okafor is away then") as caught:
        cover(folder, TRIAGE[1], NOW, WRITE, to="ben")
    assert "honeymoon" not in str(caught.value)
    assert now_in(folder).changes == ()


def test_a_breach_that_was_there_before_is_not_the_changes_fault(folder: Path) -> None:
    published(folder, t4="ana", t11="ben", t18="ben", t25="chi", release="ana")
    assert made(cover(folder, TRIAGE[3], NOW, WRITE, to="ben")).written


@pytest.mark.parametrize("arguments", [{"to": "ben"}, {"to": None}])
def test_what_has_begun_is_never_changed(folder: Path, arguments: dict[str, str | None]) -> None:
    with pytest.raises(Refused, match="has begun"):
        cover(folder, TRIAGE[0], NOW, Wish(), **arguments)


def test_the_day_begins_where_the_team_is(folder: Path) -> None:
    change(folder, "roster.yaml", "team: Moons", "team: Moons\ntimezone: Asia/Tokyo")
    sunday = datetime(2027, 1, 10, 14, tzinfo=UTC)
    assert not made(cover(folder, TRIAGE[1], sunday, Wish(), to="ana")).written
    with pytest.raises(Refused, match="has begun"):
        cover(folder, TRIAGE[1], sunday.replace(hour=16), Wish(), to="ana")


def test_candidates_come_by_right_share_and_debt(folder: Path) -> None:
    found = offered(cover(folder, TRIAGE[1], NOW, Wish())).candidates
    assert [(c.members[0].id, bool(c.obstacle)) for c in found] == [("ana", False), ("ben", True)]
    assert found[1].obstacle == "Ben Okafor is away then"
    assert found[0].after > found[0].before
    found = offered(cover(folder, TRIAGE[3], NOW, Wish())).candidates
    assert [c.members[0].id for c in found] == ["ben", "ana"]


def test_who_owes_a_turn_comes_first_among_equals(folder: Path) -> None:
    change(
        folder,
        "roster.yaml",
        "    away: [{first: 2027-01-11, last: 2027-01-17, reason: honeymoon}]\n",
        "",
    )
    change(folder, "roster.yaml", "name: Chi Nguyen, budget: 4h", "name: Chi Nguyen, budget: 8h")
    published(folder, t4="ana", t11="chi", t18="ben", t25="ana")
    even = offered(cover(folder, TRIAGE[3], NOW, Wish())).candidates
    assert [(c.members[0].id, c.owes) for c in even] == [("ben", False), ("chi", False)]
    # Ana covers for Chi and Ben gives a turn back, so that both have one turn again.
    made(cover(folder, TRIAGE[1], NOW, WRITE, to="ana"))
    made(override(folder, TRIAGE[1], NOW, Wish(by="ana", write=True), to="chi"))
    owing = offered(cover(folder, TRIAGE[3], NOW, Wish())).candidates
    assert [(c.members[0].id, c.owes) for c in owing] == [("chi", True), ("ben", False)]


def test_debts_are_shown_to_both(folder: Path) -> None:
    made(cover(folder, TRIAGE[3], NOW, WRITE, to="ben"))
    owed = Debt("chi", "ben", 1, 180)
    assert show(folder, Wanted(JANUARY, member="chi"), NOW).debts == (owed,)
    assert show(folder, Wanted(JANUARY, member="ben"), NOW).debts == (owed,)
    assert show(folder, Wanted(JANUARY, member="ana"), NOW).debts == ()


def test_a_rotation_published_after_it_is_said_to_be_outdated(folder: Path) -> None:
    assert made(cover(folder, TRIAGE[3], NOW, Wish(), to="ben")).notes == ()
    plan(folder, request(FEBRUARY))
    publish(folder, FEBRUARY, NOW)
    (note,) = made(cover(folder, TRIAGE[3], NOW, WRITE, to="ben")).notes
    assert note.startswith(f"{FEBRUARY} is published already")


# --------------------------------------------------------------------------------- done and missed


def test_a_missed_turn_counts_for_nobody_until_that_is_taken_back(folder: Path) -> None:
    before = now_in(folder)
    told = missed(folder, TRIAGE[0], NOW, WRITE)
    assert (told.entry.kind, told.entry.by, told.written) == (Kind.missed, "ana", True)
    assert told.proposal.broken == ()
    after = now_in(folder)
    assert after.placed == before.placed
    assert loads(after) == loads(before) | {"ana": loads(before)["ana"] - 3}
    assert {t.name: t.price for t in after.tiers}["must"] == 1
    assert [p.key for p in after.assignments if p not in after.served] == [(TRIAGE[0], "lead")]
    assert passes(folder)
    undo(folder, NOW, WRITE)
    assert loads(now_in(folder)) == loads(before)
    assert passes(folder)


def test_the_last_word_about_a_turn_counts(folder: Path) -> None:
    missed(folder, TRIAGE[0], NOW, WRITE)
    done(folder, TRIAGE[0], NOW, WRITE)
    assert now_in(folder).missed == frozenset()
    assert passes(folder)
    undo(folder, NOW, WRITE)
    assert now_in(folder).missed == {(TRIAGE[0], "lead")}
    assert passes(folder)
    with pytest.raises(BadRequest, match="Change 1 says already"):
        missed(folder, TRIAGE[0], NOW, WRITE)


def test_what_was_missed_is_no_past_turn_of_the_next_plan(folder: Path) -> None:
    def past() -> int:
        team, rotations = read_team(folder), read_rotations(folder)
        problem = assemble(team, history(rotations, named(FEBRUARY)), named(FEBRUARY))
        return sum(turn.member == "ana" for turn in problem.past)

    assert past() == 2
    missed(folder, TRIAGE[0], NOW, WRITE)
    assert past() == 1


def test_what_nobody_held_or_is_still_to_come_is_neither_done_nor_missed(folder: Path) -> None:
    with pytest.raises(Refused, match="has not begun"):
        missed(folder, TRIAGE[1], NOW, WRITE)
    later = datetime(2027, 1, 25, tzinfo=UTC)
    with pytest.raises(Refused, match="Nobody holds"):
        done(folder, RELEASE, later, WRITE, seat="shadow")


def test_a_turn_of_somebody_who_has_left_the_roster_can_be_missed(folder: Path) -> None:
    change(folder, "roster.yaml", "{id: ana, lead: true,", "{id: zoe, lead: true,")
    told = missed(folder, TRIAGE[0], NOW, Wish(by="zoe", write=True))
    was = {share.member: share.load for share in told.before.shares}
    assert {s.member: s.load for s in told.rotation.shares}["ana"] == was["ana"] - 180


# -------------------------------------------------------------------------------------------- swap


def test_two_exchange_their_turns(folder: Path) -> None:
    done = made(swap(folder, TRIAGE[2], NOW, Wish(by="ana", write=True), partners=[TRIAGE[3]]))
    assert (holder(folder, TRIAGE[2]), holder(folder, TRIAGE[3])) == ("chi", "ben")
    assert (done.entry.by, done.entry.on_behalf) == ("ana", "ben")
    assert loads(now_in(folder)) == loads(done.before)
    assert passes(folder)


def test_with_a_member_their_only_possible_turn_is_taken(folder: Path) -> None:
    # Ben is away in Chi's first week.
    done = made(swap(folder, TRIAGE[2], NOW, Wish(), partners=["chi"]))
    assert {move.shift for move in done.entry.moves} == {TRIAGE[2], TRIAGE[3]}


def test_without_a_partner_the_possible_exchanges_are_told(folder: Path) -> None:
    found = offered(swap(folder, TRIAGE[2], NOW, Wish()))
    assert [move.shift for c in found.candidates for move in c.moves[1:]] == [TRIAGE[3]]
    assert found.chains == ()


def test_an_exchange_that_breaks_a_rule_is_not_offered_and_is_refused(folder: Path) -> None:
    with pytest.raises(Refused, match="Ben Okafor is away then"):
        swap(folder, TRIAGE[2], NOW, WRITE, partners=[TRIAGE[1]])
    # The release has one who can lead it.
    assert offered(swap(folder, RELEASE, NOW, Wish(), seat="lead")).candidates == ()


THREE = """\
team: Three
installation: 0b8f3e7c-5b0a-4b43-9f0e-0d9c6a4d1f10
members:
  - {id: ana, budget: 8h, skills: [triage], away: [{first: 2027-01-25, last: 2027-01-31}]}
  - {id: ben, budget: 8h, skills: [triage], away: [{first: 2027-01-11, last: 2027-01-17}]}
  - {id: chi, budget: 8h, skills: [triage], away: [{first: 2027-01-18, last: 2027-01-24}]}
"""


def test_three_exchange_in_a_ring_where_no_two_can(folder: Path) -> None:
    folder.joinpath("roster.yaml").write_text(THREE, encoding="utf-8")
    change(folder, "duties.yaml", "lead, {seat: shadow, effort: 1h}", "lead")
    change(folder, "duties.yaml", "skill: release", "skill: triage")
    published(folder, t11="ana", t18="ben", t25="chi")
    found = offered(swap(folder, TRIAGE[1], NOW, Wish()))
    assert found.candidates == ()
    (chain,) = found.chains
    partners = [move.shift for move in chain.moves[1:]]
    assert partners == [TRIAGE[2], TRIAGE[3]]
    made(swap(folder, TRIAGE[1], NOW, WRITE, partners=partners))
    assert [holder(folder, shift) for shift in TRIAGE[1:]] == ["chi", "ana", "ben"]
    assert passes(folder)


# ---------------------------------------------------------------------------------------- override


def test_only_a_lead_overrides(folder: Path) -> None:
    with pytest.raises(Refused, match="Ben Okafor is no lead"):
        override(folder, TRIAGE[3], NOW, Wish(by="ben"), to="ana")
    assert override(folder, TRIAGE[3], NOW, Wish(by="ana", write=True), to="ana").written
    assert now_in(folder).placed[-1].why == "Decided by Ana Silva."


def test_a_lead_may_insist_and_the_file_and_the_audit_say_so(folder: Path) -> None:
    wish = Wish(by="ana", insist=True, write=True)
    assert override(folder, TRIAGE[1], NOW, wish, to="ben").entry.waives == (
        "away",
        "weekly_budget",
    )
    report = audit(folder, rotation_path(folder, JANUARY))
    assert report.holds
    assert {breach.rule for breach in report.waived} == {"away", "weekly_budget"}
    undo(folder, NOW, WRITE)
    assert audit(folder, rotation_path(folder, JANUARY)).waived == ()


def test_a_breach_on_a_seat_that_stays_is_waived_there(folder: Path) -> None:
    learning = "budget: 4h, skills: {triage: leads, release: learning}"
    change(folder, "roster.yaml", "budget: 4h, skills: [triage]", learning)
    published(folder, t4="ana", t18="ben", t25="chi")
    cover(folder, f"{RELEASE}/lead", NOW, WRITE, to="ana")
    cover(folder, f"{RELEASE}/shadow", NOW, WRITE, to="chi")
    with pytest.raises(Refused, match="Chi Nguyen"):
        undo(folder, NOW, WRITE, number=1)
    done = undo(folder, NOW, Wish(by="ana", insist=True, write=True), number=1)
    assert done.entry.waives == ("shadow_beside_lead",)
    assert done.entry.moves[1] == Move(RELEASE, "shadow", "chi", "chi")
    report = audit(folder, rotation_path(folder, JANUARY))
    assert report.holds
    assert {breach.rule for breach in report.waived} == {"shadow_beside_lead"}


def test_who_is_no_lead_cannot_insist(folder: Path) -> None:
    with pytest.raises(Refused, match="only a lead may break a rule"):
        cover(folder, TRIAGE[1], NOW, Wish(by="chi", insist=True), to="ben")


def test_a_pin_of_the_policy_is_a_rule_like_others(folder: Path) -> None:
    pin = f"pins:\n  - {{shift: {TRIAGE[3]}, seat: lead, member: chi}}\n"
    folder.joinpath("policy.yaml").write_text(pin, encoding="utf-8")
    with pytest.raises(Refused, match=r"policy\.yaml pins triage@2027-01-25/lead to Chi Nguyen"):
        cover(folder, TRIAGE[3], NOW, WRITE, to="ben")
    override(folder, TRIAGE[3], NOW, Wish(by="ana", insist=True, write=True), to="ben")
    assert audit(folder, rotation_path(folder, JANUARY)).holds


# -------------------------------------------------------------------------------------------- undo


def test_an_undo_restores_the_file_but_for_the_memory(folder: Path) -> None:
    before = now_in(folder)
    cover(folder, TRIAGE[3], NOW, WRITE, to="ben")
    done = undo(folder, NOW, WRITE)
    after = now_in(folder)
    assert [p.member for p in after.placed] == [p.member for p in before.placed]
    assert (after.shares, after.tiers) == (before.shares, before.tiers)
    assert (done.entry.undoes, len(after.changes)) == (1, 2)
    with pytest.raises(Refused, match=r"No change of .* is in force"):
        undo(folder, NOW, WRITE)
    undo(folder, NOW, WRITE, number=2)
    assert holder(folder, TRIAGE[3]) == "ben"
    assert now_in(folder).placed[-1].why == "Covers for Chi Nguyen."


def test_what_later_changes_built_on_is_not_undone_alone(folder: Path) -> None:
    cover(folder, TRIAGE[3], NOW, WRITE, to="ben")
    cover(folder, TRIAGE[3], NOW, WRITE, to="ana")
    with pytest.raises(Refused, match="undo 2 first"):
        undo(folder, NOW, WRITE, number=1)
    undo(folder, NOW, WRITE)
    undo(folder, NOW, WRITE, number=1)
    assert holder(folder, TRIAGE[3]) == "chi"


def test_what_has_begun_is_not_undone(folder: Path) -> None:
    cover(folder, TRIAGE[1], NOW, WRITE, to="ana")
    with pytest.raises(Refused, match="has begun"):
        undo(folder, NOW.replace(day=12), WRITE)


def test_an_undo_that_would_break_a_rule_is_refused(folder: Path) -> None:
    cover(folder, TRIAGE[3], NOW, WRITE, to="ben")
    away = "budget: 4h, away: [{first: 2027-01-25, last: 2027-01-29}]"
    change(folder, "roster.yaml", "budget: 4h", away)
    with pytest.raises(Refused, match="Chi Nguyen is away then"):
        undo(folder, NOW, WRITE)


# ------------------------------------------------------------------------------- people come and go


def test_a_turn_of_somebody_who_has_left_the_roster_can_be_covered(folder: Path) -> None:
    text = folder.joinpath("roster.yaml").read_text(encoding="utf-8")
    kept = "".join(line for line in text.splitlines(keepends=True) if "id: chi" not in line)
    folder.joinpath("roster.yaml").write_text(kept, encoding="utf-8")
    done = made(cover(folder, TRIAGE[3], NOW, WRITE, to="ben"))
    assert done.entry.by == "ben"
    assert loads(now_in(folder)) == {"ana": 9, "ben": 6, "chi": 3}


def test_whoever_joined_since_gets_a_line_of_their_own(folder: Path) -> None:
    text = folder.joinpath("roster.yaml").read_text(encoding="utf-8")
    new = "  - {id: dee, budget: 8h, joined: 2027-01-15, skills: [triage]}\n"
    folder.joinpath("roster.yaml").write_text(text + new, encoding="utf-8")
    made(cover(folder, TRIAGE[3], NOW, WRITE, to="dee"))
    assert loads(now_in(folder)) == {"ana": 9, "ben": 3, "chi": 3, "dee": 3}
    assert passes(folder)


def test_turns_of_a_duty_that_is_gone_still_take_time(folder: Path) -> None:
    text = folder.joinpath("duties.yaml").read_text(encoding="utf-8")
    folder.joinpath("duties.yaml").write_text(text.partition("  - id: release")[0], "utf-8")
    change(folder, "roster.yaml", "name: Ana Silva, budget: 8h", "name: Ana Silva, budget: 4h")
    with pytest.raises(Refused, match=r"Ana Silva would work 6\.0 of 4\.0 hours"):
        cover(folder, TRIAGE[1], NOW, WRITE, to="ana")


# ------------------------------------------------------------------------------------- wrong calls


def test_wrong_calls_are_told(folder: Path) -> None:
    wrong: list[tuple[str, type[RotaError], dict[str, str]]] = [
        ("did you mean", BadRequest, {"shift": "triage@2027-01-26"}),
        ("several seats", BadRequest, {"shift": RELEASE}),
        ('no seat "led"', BadRequest, {"shift": f"{RELEASE}/led"}),
        ("holds .* already", BadRequest, {"shift": TRIAGE[3], "to": "chi"}),
        ('no member "bem"', BadRequest, {"shift": TRIAGE[3], "to": "bem"}),
        ("There is no rotation", BadRequest, {"shift": TRIAGE[3], "name": "2027-Q1"}),
    ]
    for words, error, arguments in wrong:
        with pytest.raises(error, match=words):
            cover(folder, now=NOW, wish=Wish(), **arguments)
    with pytest.raises(Refused, match="not by Ben Okafor"):
        cover(folder, TRIAGE[3], NOW, Wish(on_behalf="ben"), to="ana")
    with pytest.raises(BadRequest, match="--with SHIFT"):
        swap(folder, TRIAGE[2], NOW, WRITE)
    with pytest.raises(BadRequest, match="more than one of these turns"):
        swap(folder, TRIAGE[1], NOW, WRITE, partners=[TRIAGE[3]])


def test_a_draft_takes_no_changes(folder: Path) -> None:
    path = rotation_path(folder, JANUARY)
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    text = "".join(line for line in lines if "published" not in line)
    path.write_text(text, encoding="utf-8")
    with pytest.raises(Refused, match="is only a draft"):
        cover(folder, TRIAGE[3], NOW, WRITE, to="ben")


# -------------------------------------------------------------------------------- several at once


def _cover(arguments: tuple[Path, str, str]) -> str:
    folder, shift, to = arguments
    try:
        cover(folder, shift, NOW, WRITE, to=to)
    except Refused as refused:
        return str(refused)
    return ""


def test_processes_at_once_all_succeed_or_are_refused_with_a_sentence(folder: Path) -> None:
    calls = [(folder, TRIAGE[3], "ben"), (folder, TRIAGE[2], "ana")] * 2
    with multiprocessing.get_context("fork").Pool(4) as pool:
        told = pool.map(_cover, calls, chunksize=1)
    done = now_in(folder)
    assert len(done.changes) == told.count("")
    assert [entry.id for entry in done.changes] == list(range(1, len(done.changes) + 1))
    assert all("another rota is writing" in sentence for sentence in told if sentence)
