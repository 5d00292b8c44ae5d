"""The look of every table on the terminal."""

from rich import box
from rich.table import Table
from rich.text import Text


def table_of(first: str, *, title: str = "") -> Table:
    """A table without lines around it, with the heading of its first column."""
    table = Table(
        box=box.SIMPLE_HEAD,
        title=Text(title) if title else None,
        title_justify="left",
        title_style="bold",
        pad_edge=False,
        show_edge=False,
        header_style="bold",
    )
    table.add_column(first, no_wrap=first == "Week of")
    return table
