"""A merchant's list of its goods: search, states, acts on many, quick changes of price and stock."""

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import formset_factory
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from laotie.goods.catalogue import queries as catalogue
from laotie.goods.listings import actions, queries
from laotie.goods.listings.contracts import Row
from laotie.goods.listings.forms.quick import QuickForm
from laotie.goods.listings.pages.shared import console, product_in
from laotie.goods.listings.states import TABS
from laotie.goods.offers import actions as offers
from laotie.goods.stock import actions as stock
from laotie.kit.errors import MarketError
from laotie.kit.pages import account_id, render, signed_in, wants_partial
from laotie.kit.pages.problems import sentence

A_PAGE = 20
MANY = 200
Quick = formset_factory(QuickForm, extra=0)


@signed_in
@require_GET
def goods(request: HttpRequest, slug: str) -> HttpResponse:
    """The list. `ended`: products that were just ended, offered to be listed again."""
    shop = queries.shop_for(account_id(request), slug)
    status, words = request.GET.get("status", ""), request.GET.get("q", "").replace("\0", "")[:100]
    status = status if status in dict(TABS) else ""
    counts = catalogue.counts_of_merchant(shop.id)
    tabs = [(key, label, counts[key] if key else sum(counts.values())) for key, label in TABS]
    number = request.GET.get("page", "1")
    start = (int(number[:6]) - 1) * A_PAGE if number.isascii() and number.isdigit() and int(number[:6]) else 0
    found = queries.page(shop.id, words, status, start=start, count=A_PAGE)
    if start and not found.rows:
        start, found = 0, queries.page(shop.id, words, status, count=A_PAGE)
    pages = Paginator(range(found.total), A_PAGE).get_page(start // A_PAGE + 1)
    return console(
        request, shop, "goods.html", rows=[(row, quick_of(row)) for row in found.rows], pages=pages, tabs=tabs,
        status_=status, words=words, total=found.total, any=sum(counts.values()),
        ended=_ids(request.GET.getlist("ended")),
    )  # fmt: skip


def quick_of(row: Row) -> object:
    """The small form of one row: price and stock of every variant."""
    initial = [
        {"offer_id": each.offer.id, "price": each.offer.price.minor, "stock": each.left, "stock_seen": each.left}
        for each in row.variants
        if each.offer
    ]
    return Quick(prefix=f"q{row.product.id.hex}", initial=initial)


@signed_in
@require_POST
def quick(request: HttpRequest, slug: str, product_id: UUID) -> HttpResponse:
    """Save the small form; htmx gets the row anew, others the list."""
    shop, product = product_in(request, slug, product_id)
    forms = Quick(request.POST, prefix=f"q{product.id.hex}")
    refused = "" if forms.is_valid() else _("Look at the figures once more: a price such as 69.90, a whole stock.")
    if not refused:
        try:
            for each in sorted(forms.cleaned_data, key=lambda each: str(each["offer_id"])):
                _save_quick(account_id(request), each)
        except MarketError as error:
            refused = sentence(error)
    if not wants_partial(request):
        (messages.error if refused else messages.success)(request, refused or _("Saved."))
        return redirect("listings:goods", slug=slug)
    row = queries.row(product)
    shown = forms if refused else quick_of(row)
    return render(
        request, "listings/parts/row.html", status=422 if refused else 200, shop=shop, row=row, quick=shown,
        refused=refused, saved=not refused, opened=True,
    )  # fmt: skip


def _save_quick(account_id: UUID, figures: dict[str, object]) -> None:
    offer = queries.offer_for(account_id, UUID(str(figures["offer_id"])))
    offers.set_price(offer.id, int(str(figures["price"])))
    if figures["stock"] != figures["stock_seen"]:
        seen = figures["stock_seen"]
        stock.set_stock(offer.id, int(str(figures["stock"])), seen=None if seen is None else int(str(seen)))


@signed_in
@require_POST
def many(request: HttpRequest, slug: str) -> HttpResponse:
    """End or list the ticked products; what was refused is told one by one."""
    shop = queries.shop_for(account_id(request), slug)
    ids = _ids(request.POST.getlist("product"))
    ending = request.POST.get("act") == "end"
    done, refused = (actions.end_many if ending else actions.relist_many)(shop.id, ids)
    if not ids:
        messages.warning(request, _("Tick the products first."))
    for each in refused:
        if isinstance(each.error, MarketError):
            messages.error(request, f"{each.title}: {sentence(each.error)}")
    if done and not ending:
        words = ngettext("%(count)d product is listed.", "%(count)d products are listed.", len(done))
        messages.success(request, words % {"count": len(done)})
    query = urlencode([("ended", str(each)) for each in done]) if ending else ""
    return redirect(f"{reverse('listings:goods', args=[slug])}{'?' if query else ''}{query}")


def _ids(texts: list[str]) -> list[UUID]:
    found = []
    for text in texts[:MANY]:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found
