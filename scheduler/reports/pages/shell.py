"""The templates, and what each of them can say."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined

from scheduler.domain.rotation import Placed
from scheduler.reports.pages.view import View
from scheduler.reports.wording import day, days, hours, period, price, seat_title, summary
from scheduler.review.wording import counted

NAVIGATION = (
    ("index", "Timeline"),
    ("handovers", "Hand-overs"),
    ("backlog", "Left out"),
    ("changes", "Changes"),
    ("training", "Training"),
    ("upstreams", "Upstreams"),
)
ACROSS = (("people", "People"), ("fairness", "Fairness"), ("rules", "Rules"))
"""Pages that are not about one rotation."""


def fill(template: str, view: View, **values: object) -> str:
    """A page from its template."""
    return (
        environment()
        .get_template(f"{template}.html.j2")
        .render(view=view, roster=view.roster, rotation=view.rotation, **values)
    )


@lru_cache
def environment() -> Environment:
    """The templates of all pages. Every value is escaped."""
    made = Environment(
        loader=PackageLoader("scheduler.reports.pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals |= {"NAVIGATION": NAVIGATION, "ACROSS": ACROSS}
    made.filters |= {
        "hours": hours,
        "days": days,
        "day": day,
        "period": period,
        "price": price,
        "summary": summary,
        "seat_title": seat_title,
        "counted": counted,
        "signed": signed,
        "instant": instant,
        "utc": utc,
        "anchor": anchor,
    }
    return made


def instant(moment: datetime) -> str:
    """An instant as HTML wants it, to the second in UTC."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def utc(moment: datetime) -> str:
    """An instant as people read it who have no JavaScript: ``12 Jan 2027 16:00 UTC``."""
    moment = moment.astimezone(UTC)
    return f"{day(moment)} {moment:%H:%M} UTC"


def signed(minutes: int) -> str:
    """Minutes as hours above (+) or below (−) something; nothing has no sign."""
    told = f"{minutes / 60:+.1f}".replace("-", "−")
    return "0.0" if told[1:] == "0.0" else told


def anchor(seat: Placed) -> str:
    """The place of a seat on the page of what was left out."""
    return quote(f"{seat.shift}.{seat.seat}", safe="@")
