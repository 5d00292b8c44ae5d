"""The report as plain lines, at most 80 columns wide."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from textwrap import wrap

from scheduler.audit.report import Breach, Ledger, Report
from scheduler.audit.source import printable

WIDTH = 80
NAME = 24
"""Columns of a member's id; a longer one is cut."""


def render(report: Report) -> str:
    """The report for a terminal, without colour, ending in a newline."""
    return "".join(f"{line}\n" for line in _lines(report))


def _lines(report: Report) -> Iterator[str]:
    days = report.horizon
    yield from _wrapped(f"{report.team}, {report.name}: {days.first} to {days.last}", "")
    yield _verdict(report)
    yield from _breaches("Broken", report.broken)
    yield from _breaches("Waived", report.waived)
    yield from _listed("Must seats that nobody holds", report.empty)
    yield from _listed("Other seats that nobody holds", report.left_out)
    yield from _listed("Figures that are not so", report.false_figures)
    yield from _listed("Notes", report.notes)
    yield from _shares(report)
    yield from _doubles(report)
    yield from _upstreams(report)
    yield from _training(report)
    yield from _ledgers(report)


def _verdict(report: Report) -> str:
    turns = _count(report.turns, "turn")
    if report.broken:
        return f"{_count(len(report.broken), 'breach', 'breaches')} in {turns}."
    besides = f" besides {len(report.waived)} waived" if report.waived else ""
    return f"Every requirement holds in {turns}{besides}."


def _breaches(title: str, breaches: tuple[Breach, ...]) -> Iterator[str]:
    yield from _listed(title, [f"{breach.rule}: {breach.sentence}" for breach in breaches])


def _listed(title: str, sentences: Iterable[str]) -> Iterator[str]:
    sentences = list(sentences)
    if sentences:
        yield ""
        yield f"{title} ({len(sentences)})"
        for sentence in sentences:
            yield from _wrapped(sentence, "- ")


def _shares(report: Report) -> Iterator[str]:
    if not report.shares:
        return
    yield ""
    yield "Shares (1.00 is the team's mean; hours)"
    yield f"  {'member':{NAME}} {'load':>8} {'entitled':>8} {'carried':>8} {'index':>6}"
    for line in report.shares:
        index = "-" if line.scaled is None else f"{line.scaled:.2f}"
        hours = f"{_hours(line.load)} {_hours(line.entitlement)} {_hours(line.carried)}"
        yield f"  {_name(line.member)} {hours} {index:>6}"


def _doubles(report: Report) -> Iterator[str]:
    yield ""
    yield f"Several whole-day duties at once (days of {len(report.horizon)})"
    yield f"  {'':{NAME}} {'two or more':>11} {'three or more':>13}"
    yield f"  {'anybody':{NAME}} {report.days_with_two:>11} {report.days_with_three:>13}"
    for line in report.doubles:
        yield f"  {_name(line.member)} {line.two:>11} {line.three:>13}"


def _upstreams(report: Report) -> Iterator[str]:
    if report.upstreams:
        yield ""
        yield "Upstreams (hours, percent of the effort for upstreams, the strategy's share)"
    for line in report.upstreams:
        share = "-" if line.share is None else f"{line.share}%"
        yield f"  {_name(line.upstream)} {_hours(line.minutes)} {line.percent:>7.1f}% {share:>6}"


def _training(report: Report) -> Iterator[str]:
    if report.training:
        yield ""
        yield "Training, in this rotation"
    for goal in report.training:
        until = f" by {goal.by}" if goal.by else ""
        of = f" of {goal.asked}" if goal.asked else ""
        sentence = f"{goal.member}, {goal.skill} ({goal.goal}{until}): {goal.shadowed}{of} shadow"
        yield from _wrapped(f"{sentence} turns, {goal.served} turns in other seats", "  ")


def _ledgers(report: Report) -> Iterator[str]:
    if report.ledgers:
        yield ""
        yield "Ledgers (hours by kind of duty)"
    for line in report.ledgers:
        yield from _wrapped(f"{line.member}: {_ledger(line)}", "  ")


def _ledger(line: Ledger) -> str:
    parts = [f"{kind or 'other'} {minutes / 60:.1f}" for kind, minutes in line.kinds.items()]
    parts += [f"as a shadow {line.shadow / 60:.1f}"] if line.shadow else []
    parts += [f"of it in burdensome time {line.burdensome / 60:.1f}"] if line.burdensome else []
    return ", ".join(parts) or "nothing"


def _wrapped(sentence: str, bullet: str) -> list[str]:
    return wrap(
        printable(sentence), WIDTH, initial_indent=bullet, subsequent_indent=" " * len(bullet)
    )


def _name(name: str) -> str:
    return f"{printable(name)[:NAME]:{NAME}}"


def _hours(minutes: int) -> str:
    return f"{minutes / 60:8.1f}"


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"
