"""Public holidays: which calendars there are, and their days. Importing the library takes a
moment, so that it waits until a roster names a calendar."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache

from scheduler.files.suggest import did_you_mean, quoted


def known(calendar: str) -> str:
    """A calendar such as ``DE`` or ``US-CA``, or "" for none.

    Raises:
        ValueError: there is no such calendar.
    """
    if not calendar:
        return calendar
    country, _, part = calendar.partition("-")
    parts = _countries().get(country)
    if parts is None:
        guess = did_you_mean(country, sorted(_countries()))
        raise ValueError(f"there is no holiday calendar {quoted(calendar)}{guess}")
    if part and part not in parts:
        guess = did_you_mean(part, parts) or f"; it has {', '.join(parts) or 'none'}"
        raise ValueError(f"the holiday calendar of {country} has no part {quoted(part)}{guess}")
    return calendar


def days_of(calendar: str, years: Iterable[int]) -> frozenset[date]:
    """The public holidays of some years, the days that stand in for them among them."""
    if not calendar:
        return frozenset()
    return frozenset(day for year in years for day in _days(calendar, year))


@cache
def _countries() -> dict[str, list[str]]:
    from holidays import list_supported_countries

    # A few parts are towns with long names, which no roster can name.
    return {
        country: [part for part in parts if part.isupper() or part.isdigit()]
        for country, parts in list_supported_countries().items()
    }


@cache
def _days(calendar: str, year: int) -> frozenset[date]:
    from holidays import country_holidays

    country, _, part = calendar.partition("-")
    # The language is fixed: it must not hang on where rota runs.
    return frozenset(country_holidays(country, part or None, years=year, language="en_US"))
