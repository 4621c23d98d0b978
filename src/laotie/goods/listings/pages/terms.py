"""Special prices, caps and commissions of a product, and all that hold in a shop."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from laotie.goods.catalogue import queries as catalogue
from laotie.goods.listings import queries
from laotie.goods.listings.contracts import Row
from laotie.goods.listings.forms.terms import CapForm, CommissionForm, ForVariant, TimedPriceForm
from laotie.goods.listings.pages.shared import console, product_in
from laotie.goods.offers import queries as offers
from laotie.goods.terms import actions as terms
from laotie.goods.terms import queries as terms_queries
from laotie.goods.terms.contracts import CommissionPlan
from laotie.kit import clock
from laotie.kit.errors import MarketError
from laotie.kit.pages import account_id, rate_limit, signed_in
from laotie.kit.pages.problems import blame
from laotie.people.creators import queries as creators
from laotie.people.creators.contracts import Creator
from laotie.people.standing import queries as standing

FORMS: dict[str, type[ForVariant]] = {"timed": TimedPriceForm, "cap": CapForm, "commission": CommissionForm}


@signed_in
@require_GET
def overview(request: HttpRequest, slug: str) -> HttpResponse:
    """Special prices and commissions of the whole shop, running or to come."""
    shop = queries.shop_for(account_id(request), slug)
    held = offers.offers_of_merchant(shop.id)
    timed = terms_queries.timed_prices(held, clock.now())
    plans = terms_queries.commission_plans(held, clock.now())
    products = catalogue.products(
        {
            held[offer_id].product_id
            for offer_id in [each.offer_id for each in timed] + [each.offer_id for each in plans]
        }
    )
    of_offer = {offer_id: products.get(offer.product_id) for offer_id, offer in held.items()}
    return console(
        request, shop, "terms.html", timed=[(each, held[each.offer_id], of_offer[each.offer_id]) for each in timed],
        plans=[(each, held[each.offer_id], of_offer[each.offer_id]) for each in plans], now=clock.now(),
        creators=_named(plans),
        standing=standing.of(shop.id, clock.now()),
    )  # fmt: skip


@signed_in
@rate_limit("goods.write", 120)
def of_product(request: HttpRequest, slug: str, product_id: UUID) -> HttpResponse:
    """What holds for one product; POST sets or ends it."""
    shop, product = product_in(request, slug, product_id)
    row = queries.row(product)
    act = request.POST.get("act", "") if request.method == "POST" else ""
    forms = {name: _form(name, act, request, row) for name in FORMS}
    if act.startswith("end_"):
        _end(account_id(request), act, request.POST.get("id", ""))
        messages.success(request, _("Ended."))
        return redirect("listings:product_terms", slug=slug, product_id=product.id)
    if act in forms and forms[act].is_valid() and _set(act, forms[act]):
        messages.success(request, _("Saved."))
        return redirect("listings:product_terms", slug=slug, product_id=product.id)
    ids = [each.offer.id for each in row.variants if each.offer]
    names = {each.offer.id: each for each in row.variants if each.offer}
    caps, plans = terms_queries.caps(ids), terms_queries.commission_plans(ids, clock.now())
    return console(
        request, shop, "product_terms.html", status=422 if act else 200, product=product, row=row, forms=forms,
        timed=[(each, names[each.offer_id]) for each in terms_queries.timed_prices(ids, clock.now())],
        plans=[(each, names[each.offer_id]) for each in plans], creators=_named(plans),
        caps=[(names[offer_id], cap) for offer_id, cap in caps.items()], now=clock.now(), act=act,
        standing=standing.of(shop.id, clock.now()),
    )  # fmt: skip


def _named(plans: list[CommissionPlan]) -> dict[UUID, list[Creator]]:
    """By plan the creators it names, as far as they still are creators."""
    known = creators.creators(account for plan in plans for account in plan.creators)
    return {plan.id: [known[account] for account in plan.creators if account in known] for plan in plans}


def _form(name: str, act: str, request: HttpRequest, row: Row) -> ForVariant:
    data = request.POST if act == name else None
    return FORMS[name](data, variants=list(row.variants), auto_id=f"id_{name}_%s")


def _set(act: str, form: ForVariant) -> bool:
    said = form.cleaned_data
    offer_id = UUID(said["offer"])
    setters: dict[str, Callable[[], Any]] = {
        "timed": lambda: terms.set_timed_price(
            offer_id, said["price"], said["starts_at"], said["ends_at"],
            cap_per_buyer=said["cap_per_buyer"], allotment=said["allotment"],
        ),
        "cap": lambda: terms.set_cap(offer_id, said["cap"]),
        "commission": lambda: terms.offer_plan(
            offer_id, said["rate"], creators=said["creators"], starts_at=said["starts_at"], ends_at=said["ends_at"]
        ),
    }  # fmt: skip
    try:
        setters[act]()
    except MarketError as error:
        blame(form, error)
        return False
    return True


def _end(account_id: UUID, act: str, text: str) -> None:
    try:
        found = UUID(text)
    except ValueError:
        return
    if act == "end_timed":
        terms.end_timed_price(queries.timed_price_for(account_id, found).id)
    elif act == "end_commission":
        terms.end_plan(queries.commission_plan_for(account_id, found).id)
