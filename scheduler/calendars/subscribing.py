"""How to subscribe to a feed: the links that open it in somebody's calendar."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, urlencode


@dataclass(frozen=True, slots=True)
class Subscription:
    """The links of a served feed: the file itself, ``webcal`` for Apple, Thunderbird and whatever
    else is installed, and one for each calendar that lives on the web."""

    file: str
    webcal: str
    google: str
    outlook: str
    office: str


def subscription(address: str, name: str) -> Subscription:
    """The links of a feed that is served at an ``http`` or ``https`` address."""
    webcal = "webcal" + address[address.index(":") :]
    outlook = urlencode({"url": address, "name": name}, quote_via=quote)
    return Subscription(
        file=address,
        webcal=webcal,
        google="https://calendar.google.com/calendar/render?" + urlencode({"cid": webcal}),
        outlook=f"https://outlook.live.com/calendar/0/addfromweb?{outlook}",
        office=f"https://outlook.office.com/calendar/0/addfromweb?{outlook}",
    )
