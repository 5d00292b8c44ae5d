"""The home tab: my duties, my calendar, my share and my training."""

from __future__ import annotations

from scheduler.messages.views import Home, home_view, stranger_view
from scheduler.slack.asking import Asking


async def opened(asking: Asking) -> None:
    """Somebody looks at the home tab."""
    look, now, member = asking.look, asking.now, asking.member
    share, why = look.share(member, now)
    home = Home(asking.door.feed(member), share, why, look.training(member, now))
    view = home_view(look.book, member, home, now)
    await asking.door.client.views_publish(user_id=asking.user, view=view)


async def stranger(asking: Asking) -> None:
    """Somebody looks whom the roster does not know."""
    view = stranger_view(asking.look.book.directory)
    await asking.door.client.views_publish(user_id=asking.user, view=view)
