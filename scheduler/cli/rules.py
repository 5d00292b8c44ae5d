"""``rota rules``"""

from typing import Annotated, Any

import typer

from scheduler.cli import options, screen


def rules(
    markdown: Annotated[bool, typer.Option("--markdown", help="Print docs/rules.md.")] = False,
    json: options.Json = False,
) -> None:
    """Print the rule book.

    It says what is never broken and what is wished for, with the options of each rule.
    """
    from dataclasses import asdict

    from scheduler.actions.rules import rules as action
    from scheduler.reports.rule_book import as_markdown, as_pages

    book = action()
    if json:
        document: dict[str, Any] = {"schema": 1, "rules": [asdict(page) for page in book]}
        screen.as_json(document)
    elif markdown:
        screen.raw(as_markdown(book))
    else:
        screen.show(as_pages(book))
