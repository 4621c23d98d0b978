"""What goods puts on the consoles: entries of their side navigation, and a shop's first step."""

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from laotie.goods.catalogue import queries as catalogue
from laotie.people.grants import queries as grants
from laotie.people.merchants.contracts import Shop


def console_nav(request: HttpRequest, shop: Shop | None = None, **arguments: Any) -> str:
    """Links of a shop's console, or of the operators' where there is no shop."""
    if shop:
        return _seller(request, shop)
    if not getattr(request.user, "is_operator", False):
        return ""
    entries = [
        (reverse("listings:operator_goods"), _("Goods"), "box", 0),
        (reverse("listings:operator_categories"), _("Categories"), "list", 0),
    ]
    return _links(request, entries)


def first_product(request: HttpRequest, shop: Shop, **_more: Any) -> str:
    """What a new shop does first, on its overview; nothing once it has a product in any state."""
    if any(catalogue.counts_of_merchant(shop.id).values()):
        return ""
    return render_to_string("listings/first.html", {"shop": shop}, request)


def _seller(request: HttpRequest, shop: Shop) -> str:
    if request.user.pk is None or not grants.may(request.user.pk, "goods", shop.id):
        return ""
    entries = [
        (reverse("listings:goods", args=[shop.slug]), _("Goods"), "box", 0),
        (reverse("listings:freight", args=[shop.slug]), _("Freight"), "truck", 0),
        (reverse("listings:terms", args=[shop.slug]), _("Promotions"), "ticket", 0),
    ]
    return _links(request, entries)


def _links(request: HttpRequest, entries: list[tuple[str, str, str, int]]) -> str:
    """The entries, the one marked that the page is, or lies below."""
    here = next((entry[0] for entry in entries if request.path.startswith(entry[0])), "")
    return render_to_string("kit/parts/nav.html", {"entries": entries, "here": here}, request)
