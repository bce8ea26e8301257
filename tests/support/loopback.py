"""Keeps tests on this machine: a connection to any other address is refused and remembered."""

import errno
import ipaddress
import sys

refused: list[str] = []
_guarding = False


def guard() -> None:
    """From now on, for the rest of the process (Python's audit hooks cannot be taken off)."""
    global _guarding
    if not _guarding:
        _guarding = True
        sys.addaudithook(_hook)


def _hook(event: str, args: tuple[object, ...]) -> None:
    if event not in ("socket.connect", "socket.sendto"):
        return
    address = args[1]
    if not isinstance(address, tuple) or _stays_here(str(address[0])):
        return
    refused.append(str(address[0]))
    raise OSError(errno.ENETUNREACH, f"a test may not reach {address[0]}")


def _stays_here(host: str) -> bool:
    """Loopback, multicast (discovery), and the addresses that RFC 5737 keeps for documentation: nobody has them."""
    if host in ("localhost", ""):
        return True
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return False
    documentation = ("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24")
    return (
        address.is_loopback
        or address.is_multicast
        or address.is_unspecified
        or any(address in ipaddress.ip_network(n) for n in documentation)
    )
