"""A merchant's freight plans."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from laotie.goods.listings import queries
from laotie.goods.listings.forms.freight import PlanForm, Regions, initial_of
from laotie.goods.listings.pages.shared import console
from laotie.goods.offers import actions as offers
from laotie.goods.offers import queries as offer_queries
from laotie.goods.offers.contracts import FreightPlan
from laotie.goods.offers.errors import NoSuchPlan
from laotie.kit.errors import MarketError
from laotie.kit.pages import account_id, signed_in
from laotie.kit.pages.problems import blame
from laotie.people.merchants.contracts import Shop


@signed_in
@require_GET
def plans(request: HttpRequest, slug: str) -> HttpResponse:
    """All plans, the default first."""
    shop = queries.shop_for(account_id(request), slug)
    return console(request, shop, "freight.html", plans=offer_queries.plans_of_merchant(shop.id))


@signed_in
def new(request: HttpRequest, slug: str) -> HttpResponse:
    shop = queries.shop_for(account_id(request), slug)
    return _page(request, shop, None)


@signed_in
def edit(request: HttpRequest, slug: str, plan_id: UUID) -> HttpResponse:
    """A plan; POST saves or removes it."""
    shop = queries.shop_for(account_id(request), slug)
    plan = queries.freight_plan_for(account_id(request), plan_id)
    if plan.merchant_id != shop.id:
        raise NoSuchPlan
    if request.method == "POST" and request.POST.get("act") == "remove":
        offers.remove_freight_plan(plan.id)
        messages.success(request, _("Removed."))
        return redirect("listings:freight", slug=slug)
    return _page(request, shop, plan)


def _page(request: HttpRequest, shop: Shop, plan: FreightPlan | None) -> HttpResponse:
    words, rows = initial_of(plan) if plan else ({}, [])
    data = request.POST.copy() if request.method == "POST" else None
    adding = data is not None and data.get("act") == "add_region"
    if data is not None and adding:
        count = data.get("region-TOTAL_FORMS", "")
        data["region-TOTAL_FORMS"] = str(min(200, int(count) + 1)) if count.isascii() and count.isdigit() else "1"
    form = PlanForm(data, initial=words)
    regions: Any = Regions(data, prefix="region", initial=rows)
    if data is not None and not adding and form.is_valid() and regions.is_valid() and _saved(form, regions, shop, plan):
        messages.success(request, _("Saved."))
        return redirect("listings:freight", slug=shop.slug)
    wrong = data is not None and not adding
    return console(
        request, shop, "freight_edit.html", status=422 if wrong else 200, form=form, regions=regions, plan=plan
    )


def _saved(form: PlanForm, regions: Any, shop: Shop, plan: FreightPlan | None) -> bool:
    words = form.cleaned_data
    figures = {
        "base_minor": words["base"],
        "each_more_minor": words["each_more"],
        "free_from_minor": words["free_from"],
        "regions": regions.regions(),
        "arrives_within_days": words["arrives_within_days"],
    }
    try:
        if plan:
            offers.change_freight_plan(plan.id, words["name"], **figures)
        else:
            offers.make_freight_plan(shop.id, words["name"], **figures)
    except MarketError as error:
        blame(form, error)
        return False
    return True
