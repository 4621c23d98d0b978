"""The button that keeps a product, for the product page."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse

from laotie.kit.pages import account_id as who
from laotie.kit.pages.stencils import drawn
from laotie.people.saved import queries


def button(request: HttpRequest, product_id: UUID | None = None, product: Any = None, **_more: Any) -> str:
    """A heart that saves and unsaves; takes a product's id, or anything with an `id`."""
    wanted = product_id or product.id
    kept = request.user.is_authenticated and wanted in queries.which_saved(who(request), [wanted])
    address = reverse("saved:unsave" if kept else "saved:save", args=[wanted])
    holes = {"address": address, "next": request.POST.get("next") or request.get_full_path()}
    return drawn("saved/button.html", request, {"kept": kept}, holes)
