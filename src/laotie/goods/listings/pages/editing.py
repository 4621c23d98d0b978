"""One product: made, changed, previewed, listed and ended."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from laotie.goods.catalogue import actions as catalogue
from laotie.goods.catalogue import queries as catalogue_queries
from laotie.goods.catalogue.contracts import Product
from laotie.goods.catalogue.errors import WrongStatus
from laotie.goods.listings import actions, queries
from laotie.goods.listings.forms.editor import ADDS, Editor, blank_editor, editor_from, editor_of
from laotie.goods.listings.pages.shared import console, product_in
from laotie.goods.offers import queries as offers
from laotie.kit.errors import MarketError
from laotie.kit.pages import account_id, rate_limit, signed_in
from laotie.kit.pages.problems import sentence
from laotie.people.merchants import queries as merchants
from laotie.people.merchants.contracts import Shop


@signed_in
@rate_limit("goods.write", 120)
def new(request: HttpRequest, slug: str) -> HttpResponse:
    """A blank listing; POST keeps it as a draft or shows it to buyers."""
    shop = queries.shop_for(account_id(request), slug)
    plans = offers.plans_of_merchant(shop.id)
    if request.method != "POST":
        return _form(request, shop, blank_editor(plans))
    editor = editor_from(request, plans, shop.id)
    product = _saved(request, editor, shop, None)
    return _after(request, shop, product) if product else _form(request, shop, editor)


@signed_in
@rate_limit("goods.write", 120)
def edit(request: HttpRequest, slug: str, product_id: UUID) -> HttpResponse:
    """The listing of a product; POST saves it."""
    shop, product = product_in(request, slug, product_id)
    plans = offers.plans_of_merchant(shop.id)
    if request.method != "POST":
        return _form(request, shop, editor_of(queries.row(product), plans), product)
    editor = editor_from(request, plans, shop.id)
    saved = _saved(request, editor, shop, product)
    return _after(request, shop, saved) if saved else _form(request, shop, editor, product)


def _saved(request: HttpRequest, editor: Editor, shop: Shop, product: Product | None) -> Product | None:
    """The product as it was written, or None where the form must be shown again."""
    act = request.POST.get("act", "save")
    if act in ADDS or act == "pictures" or not editor.is_valid():
        return None
    try:
        if product is None:
            write = actions.list_product if act == "list" else actions.draft_product
            return write(shop.id, editor.listing())
        save = actions.save_and_list if act == "list" else actions.save_product
        return save(product.id, editor.listing())
    except MarketError as error:
        editor.refuse(error)
        return None


def _after(request: HttpRequest, shop: Shop, product: Product) -> HttpResponse:
    listed = product.status == "listed"
    messages.success(request, _("Saved. Buyers see it now.") if listed else _("Saved. Buyers do not see it yet."))
    return redirect("listings:edit", slug=shop.slug, product_id=product.id)


def _form(request: HttpRequest, shop: Shop, editor: Editor, product: Product | None = None) -> HttpResponse:
    adding = request.POST.get("act") in {*ADDS, "pictures"}
    wrong = request.method == "POST" and not adding
    return console(
        request, shop, "edit.html", status=422 if wrong else 200, editor=editor, product=product, show_errors=wrong,
        brands=catalogue_queries.brand_names(),
    )  # fmt: skip


@signed_in
@require_POST
def state(request: HttpRequest, slug: str, product_id: UUID) -> HttpResponse:
    """List or end one product."""
    shop, product = product_in(request, slug, product_id)
    acts = {"list": actions.relist, "end": catalogue.end_product}
    act = request.POST.get("act", "")
    if act not in acts:
        raise WrongStatus
    try:
        acts[act](product.id)
    except MarketError as error:
        messages.error(request, sentence(error))
        return redirect("listings:edit", slug=shop.slug, product_id=product.id)
    messages.success(request, _("Buyers see it now.") if act == "list" else _("Ended. You can list it again any time."))
    return redirect("listings:edit", slug=shop.slug, product_id=product.id)


@signed_in
@require_GET
def preview(request: HttpRequest, slug: str, product_id: UUID) -> HttpResponse:
    """The product as buyers will see it, whatever its state."""
    shop, product = product_in(request, slug, product_id)
    path = catalogue_queries.category_path(product.category_id)
    card = offers.cards([product.id]).get(product.id)
    return console(request, shop, "preview.html", product=product, row=queries.row(product), path=path, card=card)


@signed_in
@require_GET
def find(request: HttpRequest, product_id: UUID) -> HttpResponse:
    """Where notices point to: the product in its shop's console."""
    product = queries.product_for(account_id(request), product_id)
    shop = merchants.shop(product.merchant_id)
    return redirect("listings:edit", slug=shop.slug, product_id=product.id)
