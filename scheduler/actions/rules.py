"""The rule book, as pages made from the classes alone."""

from scheduler.reports.rule_book import RulePage, pages
from scheduler.rules.book import RULES


def rules() -> tuple[RulePage, ...]:
    """A page for each rule there is, in the order of the book."""
    return pages(RULES)
