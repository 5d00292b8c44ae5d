"""How the work was shared, as a picture. Needs altair: import it late."""

from __future__ import annotations

from typing import Any

import altair as alt
import vl_convert

from scheduler.reports.shared import Sharing

ROW, DOTS, CELL = 26, 300, 62
"""Pixels of a member's row, of the shares and of a ledger's column."""
FADED = 1.4
"""How far beyond the largest figure the colours reach, so that words stay readable on them."""
EVEN, UNEVEN = 0.95, 1.05
"""Shares within these count as even."""


def picture(sharing: Sharing, team: str, *, in_pixels: bool = False) -> bytes:
    """The shares of each rotation, and beside them the ledgers, above the fair part in orange and
    below it in blue; as SVG, or as PNG where it is to be ``in_pixels``."""
    spec: dict[str, Any] = chart(sharing, team).to_dict()
    if in_pixels:
        return bytes(vl_convert.vegalite_to_png(spec, scale=2))
    return vl_convert.vegalite_to_svg(spec).encode()


def chart(sharing: Sharing, team: str) -> Any:
    """The same as a chart of altair."""
    first, last = sharing.rotations[0].name, sharing.rotations[-1].name
    panels = [_shares(sharing)] + ([_ledgers(sharing)] if sharing.ledgers else [])
    return (
        alt.hconcat(*panels, spacing=24)
        .resolve_scale(color="independent")
        .properties(
            title=alt.Title(
                f"{team}: how the work was shared",
                subtitle=first if first == last else f"{first} to {last}",
                anchor="start",
                fontSize=18,
                subtitleFontSize=13,
                offset=16,
            ),
            padding=20,
        )
        .configure(background="white", font="sans-serif")
        .configure_view(stroke=None)
        .configure_axis(labelFontSize=12, titleFontSize=12, titleFontWeight="normal")
    )


def _names(sharing: Sharing) -> list[str]:
    return [line.name for line in sharing.lines]


def _shares(sharing: Sharing) -> Any:
    rows: list[dict[str, Any]] = [
        {"member": line.name, "rotation": rotation.name, "share": round(index, 3)}
        for line in sharing.lines
        for rotation, index in zip(sharing.rotations, line.indices, strict=True)
        if index is not None
    ]
    widest = max([0.25, *(abs(row["share"] - 1) for row in rows)])
    scale = alt.Scale(domain=[max(0, 1 - 1.1 * widest), 1 + 1.1 * widest], nice=False)
    order = [rotation.name for rotation in sharing.rotations]
    dots = (
        alt.Chart(alt.InlineData(values=rows))
        .mark_circle(size=110, opacity=0.9)
        .encode(
            x=alt.X(
                "share:Q",
                scale=scale,
                axis=alt.Axis(tickCount=5),
                title="share (1.00 is the team's mean)",
            ),
            y=alt.Y("member:N", sort=_names(sharing), title=None, axis=alt.Axis(grid=True)),
            color=alt.Color(
                "rotation:O",
                sort=order,
                scale=alt.Scale(scheme="greys", domain=order),
                legend=alt.Legend(orient="bottom", title=None, symbolOpacity=1),
            ),
        )
        .properties(width=DOTS, height=ROW * len(sharing.lines))
    )
    even = alt.Chart(alt.InlineData(values=[{"from": EVEN, "to": UNEVEN}])).mark_rect(
        color="#2a9d5c", opacity=0.15
    )
    return alt.layer(even.encode(x=alt.X("from:Q", scale=scale), x2="to:Q"), dots)


def _ledgers(sharing: Sharing) -> Any:
    rows: list[dict[str, Any]] = [
        {
            "member": line.name,
            "ledger": book.name,
            "above": round(book.above / 60, 1),
            "told": f"{book.above / 60:+.1f}",
        }
        for line in sharing.lines
        for book in line.books
        if book.load or book.fair
    ]
    most = max([1.0, *(abs(row["above"]) for row in rows)])
    cells = alt.Chart(alt.InlineData(values=rows)).encode(
        x=alt.X(
            "ledger:N",
            sort=list(sharing.ledgers),
            title="hours above (+) or below (-) the fair part",
            axis=alt.Axis(orient="top", labelAngle=-35, titlePadding=12, ticks=False, domain=False),
        ),
        y=alt.Y("member:N", sort=_names(sharing), title=None, axis=None),
    )
    heat = cells.mark_rect(cornerRadius=3, stroke="white", strokeWidth=2).encode(
        color=alt.Color(
            "above:Q",
            scale=alt.Scale(scheme="blueorange", domain=[-FADED * most, 0, FADED * most]),
            legend=None,
        )
    )
    words = cells.mark_text(fontSize=12).encode(text="told:N")
    size = {"width": CELL * len(sharing.ledgers), "height": ROW * len(sharing.lines)}
    return alt.layer(heat, words).properties(**size)
