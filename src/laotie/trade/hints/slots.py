"""Hints on other rooms' pages."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.template.loader import render_to_string

from laotie.kit.errors import NotFound
from laotie.trade.hints import queries
from laotie.trade.hints.words import REASONS
from laotie.trade.reviews import queries as reviews
from laotie.trade.reviews.contracts import STARS, Review, Show


def of_review(request: HttpRequest, review: Review, **_more: Any) -> str:
    """For its shop: what the words of a review suggest went wrong; nothing where they are praise."""
    return "" if review.stars in STARS[Show.GOOD] else _suggested(request, review, "hints/of_review.html")


def of_reported(request: HttpRequest, kind: str, object_id: UUID, **rest: Any) -> str:
    """For operators: what a reported review's words suggest."""
    if kind != "review" or not request.user.is_authenticated:
        return ""
    try:
        review = reviews.review_for(None, object_id)
    except NotFound:
        return ""
    return _suggested(request, review, "hints/chip.html")


def _suggested(request: HttpRequest, review: Review, template: str) -> str:
    reason = queries.reason(f"{review.words}\n{review.added_words}")
    return render_to_string(template, {"reason": REASONS[reason]}, request) if reason else ""
