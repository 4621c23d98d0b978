"""The button that keeps a product, for the product page."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.template.loader import render_to_string

from laotie.kit.pages import account_id as who
from laotie.people.saved import queries


def button(request: HttpRequest, product_id: UUID | None = None, product: Any = None, **_more: Any) -> str:
    """A heart that saves and unsaves; takes a product's id, or anything with an `id`."""
    wanted = product_id or product.id
    kept = request.user.is_authenticated and wanted in queries.which_saved(who(request), [wanted])
    context = {"product_id": wanted, "kept": kept, "next": request.POST.get("next") or request.get_full_path()}
    return render_to_string("saved/button.html", context, request)
