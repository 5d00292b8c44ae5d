"""Add days of absence to ``roster.yaml`` as a person would: a few characters more, all else as it
was, comments included."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml

from scheduler.domain.span import Span
from scheduler.errors import BadFiles, BadRequest, Refused
from scheduler.files.store import write_whole
from scheduler.files.team import ROSTER, read_team


def add_away(folder: Path, member: str, span: Span) -> Path:
    """Add a span to a member's ``away``; the caller holds the right to write.

    Nothing is written unless the file then says what it said before and this span more.

    Raises:
        BadFiles: the span makes a mistake of the file.
        BadRequest: there is no such member.
        Refused: the file is written in a way that only a person can add to.
    """
    path = folder / ROSTER
    old = path.read_text(encoding="utf-8")
    new = _with_span(old, member, span)
    if _data(new) != _expected(old, member, span):
        raise Refused(
            f"{path} cannot be added to safely; write it by hand below {member}: "
            f"away: [{_written(span)}]"
        )
    with tempfile.TemporaryDirectory() as trial:
        for file in (*folder.glob("*.yaml"), *folder.glob("*.yml")):
            shutil.copy(file, trial)
        Path(trial, ROSTER).write_text(new, encoding="utf-8")
        _check(Path(trial), folder)
    write_whole(path, new.encode())
    return path


def _check(trial: Path, folder: Path) -> None:
    """Read the trial, and tell its mistakes as those of the folder that they would be in."""
    try:
        read_team(trial)
    except BadFiles as bad:
        told = (replace(m, file=m.file.replace(str(trial), str(folder))) for m in bad.mistakes)
        raise BadFiles(told) from bad


def _with_span(text: str, member: str, span: Span) -> str:
    node = _node(text, member)
    away = next((value for key, value in node.value if key.value == "away"), None)
    entry = _written(span)
    if isinstance(away, yaml.SequenceNode):
        return _into_list(text, away, entry)
    if node.flow_style:
        return _before_bracket(text, node.end_mark.index, f", away: [{entry}]")
    line = _column(node.start_mark.column) + f"away: [{entry}]"
    return _after_line(text, _last(node), line)


def _into_list(text: str, away: yaml.SequenceNode, entry: str) -> str:
    if away.flow_style:
        return _before_bracket(text, away.end_mark.index, f", {entry}" if away.value else entry)
    return _after_line(text, _last(away), _column(away.start_mark.column) + f"- {entry}")


def _before_bracket(text: str, end: int, addition: str) -> str:
    """Put something before a closing bracket, behind the last thing within."""
    kept = text[: end - 1].rstrip()
    addition = addition.lstrip(", ") if kept.endswith(("[", "{")) else addition
    addition = addition.removeprefix(",") if kept.endswith(",") else addition
    return kept + addition + text[len(kept) :]


def _after_line(text: str, index: int, line: str) -> str:
    """Put a line behind the one that a place is in."""
    end = text.find("\n", index)
    if end < 0:
        return f"{text}\n{line}\n"
    return f"{text[: end + 1]}{line}\n{text[end + 1 :]}"


def _last(node: yaml.Node) -> int:
    """The last character of a block, without the blank lines and comments after it."""
    if isinstance(node, yaml.MappingNode) and not node.flow_style and node.value:
        return _last(node.value[-1][1])
    if isinstance(node, yaml.SequenceNode) and not node.flow_style and node.value:
        return _last(node.value[-1])
    return max(node.start_mark.index, node.end_mark.index - 1)


def _column(number: int) -> str:
    return " " * number


def _written(span: Span) -> str:
    return f"{{first: {span.first}, last: {span.last}}}"


def _node(text: str, member: str) -> yaml.MappingNode:
    """Where the member stands in the file.

    Raises:
        BadRequest: nowhere.
    """
    root: Any = yaml.compose(text, Loader=yaml.SafeLoader)
    for key, value in root.value:
        if key.value == "members":
            for entry in value.value:
                for name, id in entry.value:
                    if name.value == "id" and id.value == member:
                        return entry  # type: ignore[no-any-return]  # PyYAML has no types for nodes
    raise BadRequest(f"There is no member {member} in {ROSTER}.")


def _data(text: str) -> Any:
    try:
        return yaml.safe_load(text)
    except yaml.YAMLError:
        return None


def _expected(old: str, member: str, span: Span) -> Any:
    data = yaml.safe_load(old)
    for entry in data["members"]:
        if entry.get("id") == member:
            entry["away"] = [*(entry.get("away") or []), {"first": span.first, "last": span.last}]
    return data
