"""The rule book as text, made from the rules' classes alone."""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Iterator
from dataclasses import MISSING, dataclass, fields, replace
from itertools import groupby

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from scheduler.rules.card import Preference, Rule


@dataclass(frozen=True, slots=True)
class Option:
    """A field of a rule that ``policy.yaml`` may set."""

    name: str
    default: str
    meaning: str


@dataclass(frozen=True, slots=True)
class RulePage:
    """What there is to know about a rule. ``kind`` is "requirement" or "preference"; ``tier`` is
    empty for a requirement."""

    id: str
    kind: str
    tier: str
    manual: str
    options: tuple[Option, ...]


def pages(rules: Iterable[type[Rule]]) -> tuple[RulePage, ...]:
    """A page for each rule, in the order given."""
    return tuple(_page(rule) for rule in rules)


def in_force(rules: Iterable[Rule]) -> tuple[RulePage, ...]:
    """A page for each rule of a policy, with the options that the policy sets."""
    return tuple(_as_set(rule) for rule in rules)


def _as_set(rule: Rule) -> RulePage:
    page = _page(type(rule))
    options = tuple(
        replace(option, default=_shown(getattr(rule, option.name))) for option in page.options
    )
    tier = next((option.default for option in options if option.name == "tier"), "")
    return replace(page, options=options, tier=tier)


def _page(rule: type[Rule]) -> RulePage:
    options = tuple(
        Option(field.name, _shown(field.default), field.metadata.get("help", ""))
        for field in fields(rule)
    )
    wished = issubclass(rule, Preference)
    tier = next((option.default for option in options if option.name == "tier"), "")
    manual = inspect.cleandoc(rule.__doc__ or "")
    return RulePage(rule.id(), "preference" if wished else "requirement", tier, manual, options)


def _shown(default: object) -> str:
    """A default as one would write it in YAML."""
    if default is MISSING:
        return ""
    if isinstance(default, bool):
        return str(default).lower()
    return str(default)


INTRODUCTION = """\
# The rule book

This page is what `rota rules --markdown` prints: it is made from the rules themselves. A
*requirement* is never broken; a *preference* has a price, and a plan costs as little as possible,
tier by tier. Under `rules:` in `policy.yaml` a team sets a rule's options, or switches it off:

```yaml
rules:
  rest: {days: 14, weight: 10}
  local_hours: off
```
"""


def as_pages(book: Iterable[RulePage]) -> RenderableType:
    """The whole book for the terminal."""
    return Group(*(part for page in book for part in _on_screen(page)))


def _on_screen(page: RulePage) -> Iterator[RenderableType]:
    title = Text(page.id, style="bold")
    title.append(f"  {page.kind}{f' in the tier {page.tier}' if page.tier else ''}", "not bold")
    yield title
    for paragraph in page.manual.split("\n\n"):
        yield Padding(Text(paragraph.replace("\n", " ").replace("``", "")), (0, 0, 0, 2))
    for option in page.options:
        line = Text(f"{option.name}: {option.default}", style="cyan")
        line.append(f"  {option.meaning}", "not bold default")
        yield Padding(line, (0, 0, 0, 4))
    yield Text()


def as_markdown(book: Iterable[RulePage]) -> str:
    """The whole book as one page."""
    return "\n".join([INTRODUCTION, *_parts(book)])


def _parts(book: Iterable[RulePage]) -> Iterator[str]:
    for kind, rules in groupby(book, key=lambda page: page.kind):
        yield f"## {kind.capitalize()}s\n"
        for page in rules:
            yield _section(page)


def _section(page: RulePage) -> str:
    lines = [f"### {page.id}\n", f"{page.manual.replace('``', '`')}\n"]
    if page.options:
        lines += ["| option | default | meaning |", "| --- | --- | --- |"]
        lines += [f"| `{o.name}` | `{o.default}` | {o.meaning} |" for o in page.options]
        lines.append("")
    return "\n".join(lines)
