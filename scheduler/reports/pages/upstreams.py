"""How the work is spread over the communities and kinds, beside what the strategy says."""

from __future__ import annotations

from scheduler.reports.pages.shell import fill
from scheduler.reports.pages.timeline import colour
from scheduler.reports.pages.view import View
from scheduler.reports.upstreams import efforts, efforts_by_kind


def page(view: View) -> str:
    """Hours and parts of the effort, by upstream and by kind of work."""
    upstreams = efforts(view.rotation, view.roster)
    ids = {upstream.name: upstream.id for upstream in view.roster.upstreams}
    lines = [(effort, ids.get(effort.name, "")) for effort in upstreams]
    kinds = efforts_by_kind(view.rotation, view.roster)
    colours = {id: colour(view, id) for _, id in lines}
    shares = [e.percent for e in (*upstreams, *kinds)]
    aims = [e.aim for e in (*upstreams, *kinds) if e.aim is not None]
    widest = max([10.0, *shares, *aims])
    return fill("upstreams", view, lines=lines, kinds=kinds, colours=colours, widest=widest)
