"""Ways to pay: adapters behind one port, by name."""

from collections.abc import Callable

from django.conf import settings

from laotie.trade.payments.errors import NoSuchProvider
from laotie.trade.payments.providers.port import Provider
from laotie.trade.payments.providers.sandbox import Sandbox

KNOWN: dict[str, Callable[[], Provider]] = {"sandbox": Sandbox}


def offered() -> list[str]:
    """The names of the ways to pay that this market offers, the first one is the usual."""
    return [name for name in settings.PAYMENT_PROVIDERS if name in KNOWN]


def provider(name: str) -> Provider:
    """Raises NoSuchProvider. One that is no longer offered still answers for the payments it took."""
    if name not in KNOWN:
        raise NoSuchProvider
    return KNOWN[name]()
