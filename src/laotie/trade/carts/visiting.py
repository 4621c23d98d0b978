"""Whose cart a request means: the account's, or that of the signed cookie of a visitor."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from laotie.kit.ids import new_id
from laotie.kit.pages.guards import account_of
from laotie.trade.carts import actions

COOKIE = "laotie_cart"
AGE = int(actions.GUESTS_KEPT.total_seconds())
Page = Callable[..., HttpResponse]


def guest_cart(request: HttpRequest) -> UUID | None:
    """The cart in the visitor's cookie; a forged or broken cookie is none."""
    value = request.get_signed_cookie(COOKIE, default=None, max_age=AGE)
    try:
        return UUID(value) if value else None
    except ValueError:
        return None


def carts_of(request: HttpRequest) -> list[UUID]:
    """Every cart the request may see, without changing any: for counting."""
    return [cart for cart in (account_of(request), guest_cart(request)) if cart]


def with_cart(page: Page) -> Page:
    """Give the page its cart's id; what a visitor gathered before signing in joins the account's cart here."""

    @wraps(page)
    def brought(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        account, guest = account_of(request), guest_cart(request)
        if account and guest:
            actions.merge(guest, account)
        cart = account or guest or new_id()
        response = page(request, *args, cart=cart, **kwargs)
        if account and guest:
            response.delete_cookie(COOKIE)
        elif not account and not guest and request.method == "POST":
            keep(response, cart)
        return response

    return brought


def keep(response: HttpResponse, cart: UUID) -> None:
    """Give a visitor's browser the cart's cookie."""
    response.set_signed_cookie(
        COOKIE, str(cart), max_age=AGE, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
    )
