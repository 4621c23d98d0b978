"""Pieces of reviews that several pages show."""

from typing import Any

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _

from laotie.trade.reviews.contracts import Rating, Show
from laotie.trade.reviews.showing import Listing

register = template.Library()


@register.inclusion_tag("reviews/figures.html")
def review_figures(rating: Rating) -> dict[str, Any]:
    """The average and how the stars are spread, five first."""
    return {"rating": rating, "bars": list(zip((5, 4, 3, 2, 1), reversed(rating.by_stars), strict=True))}


@register.inclusion_tag("reviews/listing.html", takes_context=True)
def review_listing(context: template.Context, found: Listing) -> dict[str, Any]:
    """The chips that choose, and one page of reviews."""
    one, two, three, four, five = found.rating.by_stars
    choices = [
        (Show.ALL, _("All"), found.rating.count),
        (Show.PICTURES, _("With pictures"), found.rating.with_pictures),
        (Show.ADDED, _("Added to"), found.rating.with_additions),
        (Show.GOOD, _("Favourable"), four + five),
        (Show.MIDDLING, _("So-so"), three),
        (Show.BAD, _("Bad"), one + two),
    ]
    address = reverse("reviews:of_product", args=[found.product_id])
    return {"found": found, "choices": choices, "address": address, "request": context.get("request")}
