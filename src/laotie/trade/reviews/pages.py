"""Reviews as pages: of a product, of a buyer, of a shop."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from laotie.goods.catalogue import queries as catalogue
from laotie.kit.errors import BadInput
from laotie.kit.pages import account_id, rate_limit, render, signed_in, wants_partial
from laotie.kit.pages.problems import blame
from laotie.people.grants import queries as grants
from laotie.people.merchants import queries as merchants
from laotie.trade.orders import queries as orders
from laotie.trade.reviews import actions, queries
from laotie.trade.reviews.errors import NotYourReview
from laotie.trade.reviews.forms import AddForm, ReviewForm, WordsForm
from laotie.trade.reviews.showing import listing, shown

SIZE = 20
SHOWS = ("unanswered", "bad", "all")


@require_safe
def of_product(request: HttpRequest, product_id: UUID) -> HttpResponse:
    """All reviews of a product, or those asked for."""
    product = catalogue.product(product_id)
    found = listing(product_id, request.GET)
    if wants_partial(request):
        return render(request, "reviews/partial.html", found=found)
    return render(request, "reviews/of_product.html", product=product, found=found)


@signed_in
def mine(request: HttpRequest) -> HttpResponse:
    """What waits for my review, and what I wrote."""
    page = Paginator(queries.reviews_of_buyer(account_id(request)), SIZE).get_page(request.GET.get("page"))
    written = [queries.own(row) for row in page.object_list]
    waiting = queries.to_review(account_id(request)) if page.number == 1 else []
    return render(request, "reviews/mine.html", page=page, written=written, waiting=waiting)


@signed_in
@rate_limit("review", per_minute=10)
def write(request: HttpRequest, line_id: UUID) -> HttpResponse:
    """The form for one deal."""
    asker = account_id(request)
    order, line = orders.line_for(asker, line_id)
    if order.buyer_id != asker:
        raise NotYourReview
    if request.method == "GET" and queries.reviewed([line_id]):
        return redirect("reviews:mine")
    form = ReviewForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        clean = form.cleaned_data
        try:
            actions.write(asker, line_id, clean["stars"], clean["words"], clean["pictures"], unnamed=clean["unnamed"])
        except BadInput as error:
            blame(form, error)
        else:
            messages.success(request, _("Thank you. Your review helps others."))
            return redirect("reviews:mine")
    return render(request, "reviews/write.html", form=form, line=line, order=order)


@signed_in
@rate_limit("review", per_minute=10)
def add(request: HttpRequest, review_id: UUID) -> HttpResponse:
    """Add to my review."""
    asker = account_id(request)
    review = queries.review_for(asker, review_id)
    if not queries.reviews_of_buyer(asker).filter(pk=review_id).exists():
        raise NotYourReview
    form = AddForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add(asker, review_id, form.cleaned_data["words"], form.cleaned_data["pictures"])
        except BadInput as error:
            blame(form, error)
        else:
            messages.success(request, _("Added to your review."))
            return redirect("reviews:mine")
    return render(request, "reviews/add.html", form=form, review=review)


@signed_in
def of_shop(request: HttpRequest, slug: str) -> HttpResponse:
    """A shop's reviews, those without an answer first."""
    shop = merchants.shop_by_slug(slug)
    chosen = request.GET.get("show", "")
    chosen = chosen if chosen in SHOWS else SHOWS[0]
    rows = queries.reviews_of_shop(account_id(request), shop.id, show=chosen)
    page = Paginator(rows, SIZE).get_page(request.GET.get("page"))
    reviews = shown(queries.view(row) for row in page.object_list)
    return render(
        request,
        "reviews/of_shop.html",
        shop=shop,
        console_title=shop.name,
        page=page,
        reviews=reviews,
        chosen=chosen,
    )


@signed_in
@rate_limit("review.answer", per_minute=30)
def answer(request: HttpRequest, slug: str, review_id: UUID) -> HttpResponse:
    """Answer a review, or change the answer."""
    asker = account_id(request)
    review = queries.review_for(asker, review_id)
    grants.require(asker, "care", review.merchant_id)
    shop = merchants.shop(review.merchant_id)
    form = WordsForm(request.POST or None, initial={"words": review.answer})
    if request.method == "POST" and form.is_valid():
        try:
            actions.answer(asker, review_id, form.cleaned_data["words"])
        except BadInput as error:
            blame(form, error)
        else:
            messages.success(request, _("Your answer is shown below the review."))
            return redirect("reviews:of_shop", shop.slug)
    return render(request, "reviews/answer.html", shop=shop, console_title=shop.name, form=form, one=shown([review])[0])


app_name = "reviews"
urlpatterns = [
    path("p/<uuid:product_id>/reviews", of_product, name="of_product"),
    path("me/reviews", mine, name="mine"),
    path("me/reviews/write/<uuid:line_id>", write, name="write"),
    path("me/reviews/<uuid:review_id>/add", add, name="add"),
    path("seller/<slug:slug>/reviews", of_shop, name="of_shop"),
    path("seller/<slug:slug>/reviews/<uuid:review_id>", answer, name="answer"),
]
