"""A small team by a dock, and the ways in which its rotations reach the audit."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scheduler.audit import Report, audit

ROSTER = """
team: Dock
timezone: Europe/Berlin
members:
  - {id: ana, name: Ana, budget: 8h, skills: [review, triage], permissions: [pypi]}
  - id: ben
    name: Ben
    budget: 8h
    timezone: America/New_York
    hours: 09:00-17:00
    skills: {triage: leads, review: mentors}
    away: [{first: 2027-01-13, last: 2027-01-14, reason: honeymoon}]
  - id: chi
    name: Chi
    budget: 8h
    days: [mon, tue]
    skills: {triage: leads, review: learning}
    goals: [{skill: review, level: leads, by: 2027-01-17}]
    joined: 2027-01-11
    left: 2027-01-22
  - id: dee
    name: Dee
    budget: 8h
    skills: [triage]
    paused: [{first: 2027-01-20, last: 2027-01-20}]
    wishes: {notes: never}
"""
DUTIES = """
duties:
  - {id: triage, kind: triage, cadence: weekly, effort: 4h, skill: triage, exclusive: true}
  - {id: watch, kind: ci, cadence: weekly, effort: 2h, exclusive: true}
  - id: review
    kind: review
    cadence: weekly
    effort: 2h
    skill: review
    seats: [lead, {seat: second, role: secondary}, shadow]
  - {id: notes, kind: docs, cadence: {every: [wed]}, effort: 1h}
  - {id: release, kind: releases, cadence: {dates: [2027-01-12]}, effort: 1h,
     seats: [{seat: lead, must: true, permission: pypi}]}
  - {id: desk, kind: support, cadence: weekly, effort: 1h,
     seats: [{seat: west, region: america}, {seat: east, region: europe}]}
  - {id: call, kind: meetings, cadence: {every: week, on: tuesday}, at: "16:00", lasts: 1h,
     effort: 1h}
"""
HORIZON = "2027-01-04_2027-01-31"
HEADER = "shift,duty,seat,start,end,member"


@dataclass(frozen=True)
class Dock:
    """A roster folder, and what the audit says of rotations for it."""

    folder: Path

    def write(self, roster: str = ROSTER, duties: str = DUTIES, policy: str = "") -> None:
        for name, text in (("roster", roster), ("duties", duties), ("policy", policy)):
            self.folder.joinpath(f"{name}.yaml").write_text(text, encoding="utf-8")

    def table(self, *rows: str, name: str = HORIZON) -> Report:
        """Judge the lines of a CSV."""
        text = "\n".join([HEADER, *rows, ""])
        return self.judge(f"{name}.csv", text)

    def week(self, duty: str, monday: int, *holders: str) -> Report:
        """Judge one week of a duty in January, its holders written as ``seat:member``."""
        return self.table(*(week(duty, monday, holder) for holder in holders))

    def document(self, content: dict[str, Any]) -> Report:
        """Judge the JSON of ``plan``."""
        return self.judge("plan.json", json.dumps(content))

    def judge(self, name: str, text: str) -> Report:
        """Judge a file."""
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return audit(self.folder, path)


def week(duty: str, monday: int, holder: str) -> str:
    """The line of a turn that begins on a Monday of January 2027 and lasts until the next one."""
    seat, _, member = holder.partition(":")
    end = f"2027-01-{monday + 7:02}" if monday < 25 else "2027-02-01"
    first = f"2027-01-{monday:02}"
    return f"{duty}@{first},{duty},{seat},{first},{end},{member}"


def rules(report: Report) -> set[str]:
    """The rules that a rotation breaks."""
    return {breach.rule for breach in report.broken}


def said(report: Report, rule: str) -> str:
    """The sentences about a broken rule."""
    return "\n".join(breach.sentence for breach in report.broken if breach.rule == rule)
