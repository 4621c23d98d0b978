"""The operators' pages of goods: the tree of categories, and products that may have to be taken down."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from laotie.goods.catalogue import actions as catalogue
from laotie.goods.catalogue import queries
from laotie.goods.catalogue.contracts import Category
from laotie.goods.listings import queries as listings
from laotie.goods.listings.forms.operator import CategoryForm, MoveForm, RenameForm, TakedownForm
from laotie.goods.listings.states import TABS
from laotie.kit.errors import MarketError
from laotie.kit.pages import account_id, operator_only, render
from laotie.kit.pages.problems import blame
from laotie.people.merchants import queries as merchants

A_PAGE = 30


@operator_only
def categories(request: HttpRequest) -> HttpResponse:
    """The tree; POST adds a node, or the usual categories to an empty tree."""
    if request.method == "POST" and request.POST.get("act") == "plant":
        count = catalogue.plant_categories(operator_id=account_id(request))
        messages.success(request, _("{count} categories were added.").format(count=count))
        return redirect("listings:operator_categories")
    form = CategoryForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        added = _tried(
            form,
            lambda: catalogue.add_category(
                said["slug"], said["name_zh"], said["name_en"], UUID(said["parent"]) if said["parent"] else None,
                operator_id=account_id(request),
            ),
        )  # fmt: skip
        if added:
            messages.success(request, _("Added."))
            return redirect("listings:operator_categories")
    counts = queries.products_by_category()
    status = 422 if request.method == "POST" else 200
    return render(
        request, "listings/categories.html", status=status, form=form, roots=queries.categories(), counts=counts
    )


@operator_only
def category(request: HttpRequest, category_id: UUID) -> HttpResponse:
    """One node: renamed, moved or removed."""
    node = queries.category(category_id)
    act = request.POST.get("act", "") if request.method == "POST" else ""
    rename, move = _forms(request, node, act)
    acts: dict[str, Callable[[], None]] = {
        "rename": lambda: catalogue.rename_category(
            node.id, rename.cleaned_data["name_zh"], rename.cleaned_data["name_en"], operator_id=account_id(request)
        ),
        "move": lambda: catalogue.move_category(
            node.id, UUID(move.cleaned_data["parent"]) if move.cleaned_data["parent"] else None,
            move.cleaned_data["place"] - 1, operator_id=account_id(request),
        ),
        "remove": lambda: catalogue.remove_category(node.id, operator_id=account_id(request)),
    }  # fmt: skip
    form = move if act == "move" else rename
    if act in acts and (act == "remove" or form.is_valid()) and _tried(form, acts[act]):
        messages.success(request, _("Removed.") if act == "remove" else _("Saved."))
        return redirect("listings:operator_categories")
    path = queries.category_path(category_id)
    return render(
        request, "listings/category.html", status=422 if act else 200, node=node, path=path, rename=rename, move=move
    )


def _forms(request: HttpRequest, node: Category, act: str) -> tuple[Form, Form]:
    siblings = queries.category(node.parent_id).children if node.parent_id else queries.categories()
    place = [each.id for each in siblings].index(node.id) + 1
    rename = RenameForm(
        request.POST if act == "rename" else None, initial={"name_zh": node.name_zh, "name_en": node.name_en}
    )
    move = MoveForm(
        request.POST if act == "move" else None,
        initial={"parent": str(node.parent_id or ""), "place": place},
        without={str(each.id) for each in node.walk()},
    )
    return rename, move


def _tried(form: Form, act: Callable[[], object]) -> bool:
    if not hasattr(form, "cleaned_data"):
        form.full_clean()
    try:
        act()
    except MarketError as error:
        if form.is_bound:
            blame(form, error)
        else:
            raise
        return False
    return True


@operator_only
@require_GET
def goods(request: HttpRequest) -> HttpResponse:
    """Every shop's products, changed last first, by words and state."""
    words, status = request.GET.get("q", "").replace("\0", "")[:100], request.GET.get("status", "")
    status = status if status in dict(TABS) else ""
    number = request.GET.get("page", "1")
    start = (int(number[:6]) - 1) * A_PAGE if number.isascii() and number.isdigit() and int(number[:6]) else 0
    products, total = queries.products_of_market(words, status, start=start, count=A_PAGE)
    shops = merchants.shops(product.merchant_id for product in products)
    pages = Paginator(range(total), A_PAGE).get_page(start // A_PAGE + 1)
    return render(
        request, "listings/operator_goods.html", rows=[(each, shops.get(each.merchant_id)) for each in products],
        pages=pages, tabs=TABS, status_=status, words=words,
    )  # fmt: skip


@operator_only
def judge(request: HttpRequest, product_id: UUID) -> HttpResponse:
    """One product as an operator sees it; POST takes it down with a reason, or gives it back."""
    product = queries.product(product_id)
    act = request.POST.get("act", "") if request.method == "POST" else ""
    form = TakedownForm(request.POST if act == "take_down" else None)
    if act == "restore":
        catalogue.restore_product(account_id(request), product_id)
        messages.success(request, _("The merchant may sell it again."))
        return redirect("listings:operator_judge", product_id=product_id)
    if act == "take_down" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if _tried(form, lambda: catalogue.take_down_product(account_id(request), product_id, reason)):
            messages.success(request, _("Taken down. The merchant was told why."))
            return redirect("listings:operator_judge", product_id=product_id)
    return render(
        request, "listings/operator_product.html", status=422 if act else 200, product=product, form=form,
        row=listings.row(product), shop_=merchants.shop(product.merchant_id), 
        path=queries.category_path(product.category_id),
    )  # fmt: skip
