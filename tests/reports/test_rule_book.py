"""The rule book as text."""

from dataclasses import fields

from scheduler.reports.rule_book import as_markdown, pages
from scheduler.rules.book import RULES


def test_every_rule_has_a_manual_and_a_meaning_for_each_option() -> None:
    for page in pages(RULES):
        assert page.manual, page.id
        assert all(option.meaning for option in page.options), page.id


def test_every_option_of_every_rule_is_in_the_book() -> None:
    text = as_markdown(pages(RULES))
    for rule in RULES:
        section = text.split(f"### {rule.id()}\n")[1].split("###")[0]
        for field in fields(rule):
            assert f"| `{field.name}` | `{field.default}` |" in section
