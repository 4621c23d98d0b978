"""What this machine is called and where it is reached."""

import ipaddress
import socket
from collections.abc import Iterable

import psutil


def names(further: Iterable[str] = ()) -> tuple[str, ...]:
    """Every name and address that others may use for this machine, its own before those told of; no wildcards."""
    host = socket.gethostname().lower()
    own = ["localhost", host, *([] if "." in host else [f"{host}.local"])]
    told = [name.strip("[]").lower() for name in further]
    return tuple(dict.fromkeys(name for name in [*own, *addresses(), *told] if name and "*" not in name))


def addresses() -> list[str]:
    """The addresses of this machine's interfaces, loopback first; those that mean nothing to others are left out."""
    found = [
        ipaddress.ip_address(each.address)
        for each in (each for of in psutil.net_if_addrs().values() for each in of)
        if each.family in (socket.AF_INET, socket.AF_INET6) and "%" not in each.address
    ]
    shown = [each for each in found if not each.is_link_local]
    return [str(each) for each in sorted(shown, key=lambda each: (not each.is_loopback, each.version, each))]


def reachable() -> list[str]:
    """The addresses under which a phone in the same network may find this machine."""
    found = [ipaddress.ip_address(each) for each in addresses()]
    return [str(each) for each in found if each.version == 4 and not each.is_loopback]
