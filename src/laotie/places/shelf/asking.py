"""Reading what a visitor asks of a list from the address: words, filters, order, page."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from laotie.kit import market
from laotie.kit.money import BadAmount, Money
from laotie.places.search.contracts import DEEPEST_PAGE, Ask, Filters, Sort

MOST_TICKED = 20  # brands or shops at a time
SORTS: dict[str, Any] = {
    Sort.BEST: pgettext_lazy("order of goods", "Best match"),
    Sort.RECOMMENDED: pgettext_lazy("order of goods", "Recommended"),
    Sort.POPULAR: pgettext_lazy("order of goods", "Popular"),
    Sort.NEWEST: pgettext_lazy("order of goods", "Newest"),
}


class PriceField(forms.CharField):
    """An amount of the market's currency, or nothing. Cleans to minor units."""

    def clean(self, value: Any) -> int | None:
        text = str(super().clean(value) or "").strip()
        if not text:
            return None
        try:
            minor = Money.parse(text, market.current().currency).minor
        except BadAmount as error:
            raise forms.ValidationError(_("Not an amount.")) from error
        if minor < 0:
            raise forms.ValidationError(_("A price is not below zero."))
        return minor


class AskForm(forms.Form):
    """The filters of a list. Every field is optional, and a bad one is shown and left out rather than refused."""

    low = PriceField(required=False, max_length=20)
    high = PriceField(required=False, max_length=20)
    stock = forms.BooleanField(label=_("In stock"), required=False)
    freight = forms.BooleanField(label=_("Free freight"), required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        low, high = data.get("low"), data.get("high")
        if low is not None and high is not None and low > high:
            data["low"], data["high"] = high, low
        return data


def asked(request: HttpRequest, within: Filters | None = None) -> tuple[Ask, AskForm]:
    """The question in the address, held `within` what the page is about, and the form that shows it."""
    form = AskForm(request.GET)
    form.is_valid()
    data = form.cleaned_data
    filters = Filters(
        category=_text(request, "category", 80),
        shops=_shops(request),
        brands=tuple(brand.replace("\x00", "")[:80] for brand in request.GET.getlist("brand")[:MOST_TICKED] if brand),
        price_from=data.get("low"),
        price_to=data.get("high"),
        in_stock=bool(data.get("stock")),
        free_freight=bool(data.get("freight")),
    )
    if within is not None:
        filters = replace(filters, category=within.category or filters.category, shops=within.shops or filters.shops)
    words = _text(request, "q", 200)
    return Ask(words, filters, _sort(request, words, within), page_of(request)), form


def _text(request: HttpRequest, name: str, longest: int) -> str:
    return request.GET.get(name, "").replace("\x00", " ")[:longest].strip()


def _shops(request: HttpRequest) -> tuple[UUID, ...]:
    found = []
    for text in request.GET.getlist("shop")[:MOST_TICKED]:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return tuple(found)


def _sort(request: HttpRequest, words: str, within: Filters | None) -> Sort:
    """The order asked for; else by fit to the words, and recommended where there are none but in a single shop."""
    asked_for = request.GET.get("sort", "")
    sort = Sort(asked_for) if asked_for in set(Sort) else Sort.BEST
    if words or (within and within.shops):
        return Sort.BEST if sort == Sort.RECOMMENDED else sort
    return Sort.RECOMMENDED if sort == Sort.BEST else sort


def page_of(request: HttpRequest) -> int:
    """The page asked for, from 1."""
    number = request.GET.get("page", "1")
    return min(max(int(number), 1), DEEPEST_PAGE) if number.isdecimal() and len(number) < 6 else 1
