"""What machines read of a product page: schema.org as JSON-LD. Data, not script: the content policy lets it be."""

import json
from typing import Any

from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe

from laotie.kit.pictures import queries as pictures
from laotie.places.shelf.contracts import ProductPage

ESCAPES = {ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&"}


def product_json(request: HttpRequest, page: ProductPage) -> SafeString:
    """The product and its offer, safe inside a script element."""
    text = json.dumps(_product(request, page), ensure_ascii=False).translate(ESCAPES)
    return mark_safe(text)


def _product(request: HttpRequest, page: ProductPage) -> dict[str, Any]:
    product = page.product
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Product",
        "name": product.title,
        "description": product.description[:500],
        "sku": str(product.id),
        "url": request.build_absolute_uri(request.path),
        "image": [request.build_absolute_uri(pictures.url(each, 1080)) for each in product.pictures],
    }
    if product.brand:
        data["brand"] = {"@type": "Brand", "name": product.brand}
    if page.card:
        data["offers"] = {
            "@type": "Offer",
            "price": page.card.price.plain,
            "priceCurrency": page.card.price.currency,
            "availability": f"https://schema.org/{'OutOfStock' if page.card.sold_out else 'InStock'}",
            "seller": {"@type": "Organization", "name": page.shop.name},
        }
    return data
