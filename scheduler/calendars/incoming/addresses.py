"""Where a host name leads, and whether a calendar may be fetched from there.

An address inside a private network, or of this very machine, is refused: otherwise a roster, or a
server that redirects, could make rota knock at doors that only rota can reach.
"""

from __future__ import annotations

import asyncio
import socket
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from scheduler.calendars.incoming.trouble import Trouble

Address = IPv4Address | IPv6Address

# IPv6 addresses with an IPv4 address in their last four bytes, to which a gateway passes them on.
_TRANSLATED = (ip_network("64:ff9b::/96"), ip_network("64:ff9b:1::/48"), ip_network("::/96"))


async def resolve(host: str, port: int, *, private: bool) -> tuple[str, ...]:
    """The addresses of a host, each of them checked; connect to one of these, since the name may
    lead elsewhere when it is asked again.

    Raises:
        Trouble: there is no such host, or one of its addresses is not public.
    """
    loop = asyncio.get_running_loop()
    try:
        found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Trouble("cannot be found: there is no such host, or no network") from error
    addresses = tuple(dict.fromkeys(str(place[4][0]) for place in found))
    if not private and not all(is_public(address) for address in addresses):
        raise Trouble("leads into a private network; where that is right, say private: true")
    return addresses


def is_public(text: str) -> bool:
    """Whether an address is one of the open internet."""
    try:
        address: Address = ip_address(text.partition("%")[0])
    except ValueError:
        return False
    return all(
        inner.is_global and not inner.is_multicast and not inner.is_reserved
        for inner in _unwrapped(address)
    )


def _unwrapped(address: Address) -> list[Address]:
    """The address, or the IPv4 addresses that stand in it."""
    if isinstance(address, IPv4Address):
        return [address]
    if address.ipv4_mapped is not None:
        return [address.ipv4_mapped]
    if address.sixtofour is not None:
        return [address.sixtofour]
    if address.teredo is not None:
        return list(address.teredo)
    if any(address in network for network in _TRANSLATED):
        return [IPv4Address(int(address) & 0xFFFFFFFF)]
    return [address]
