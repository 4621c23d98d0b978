"""Who an account is beside a buyer, and where each role's work begins."""

from uuid import UUID

from django.urls import reverse

from laotie.people.accounts.contracts import Role
from laotie.people.creators.queries import is_creator
from laotie.people.merchants.queries import shops_of


def console(account_id: UUID) -> str:
    """The console of a seller's first open shop."""
    shop = next((shop for shop in shops_of(account_id) if shop.is_open), None)
    return reverse("merchants:home", args=[shop.slug]) if shop else ""


def own_page(account_id: UUID) -> str:
    """A creator's own page."""
    return reverse("creators:mine") if is_creator(account_id) else ""


ALL = (
    Role("seller", console, acts_for_others=True),
    Role("creator", own_page, acts_for_others=False),
)
