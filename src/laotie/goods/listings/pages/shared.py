"""What the merchant's pages share: the shop that is kept, and its console."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from laotie.goods.catalogue.contracts import Product
from laotie.goods.catalogue.errors import NoSuchProduct
from laotie.goods.listings import queries
from laotie.kit.pages import account_id, render
from laotie.people.merchants.contracts import Shop


def product_in(request: HttpRequest, slug: str, product_id: UUID) -> tuple[Shop, Product]:
    """A shop that the account keeps and a product of that shop. Raises NoSuchShop, NoSuchProduct, Forbidden."""
    shop = queries.shop_for(account_id(request), slug)
    product = queries.product_for(account_id(request), product_id)
    if product.merchant_id != shop.id:
        raise NoSuchProduct
    return shop, product


def console(request: HttpRequest, shop: Shop, template: str, *, status: int = 200, **context: Any) -> HttpResponse:
    """A page of the shop's console."""
    return render(request, f"listings/{template}", status=status, shop=shop, console_title=shop.name, **context)
