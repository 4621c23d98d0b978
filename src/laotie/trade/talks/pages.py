"""Talks as pages: a buyer's messages, and a shop's."""

from dataclasses import dataclass
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _

from laotie.kit.errors import BadInput
from laotie.kit.pages import account_id, rate_limit, render, signed_in, wants_partial
from laotie.kit.pages.problems import blame
from laotie.people.accounts.queries import accounts
from laotie.people.merchants import queries as merchants
from laotie.people.merchants.contracts import Shop
from laotie.trade.talks import actions, queries
from laotie.trade.talks.contracts import Side, Talk
from laotie.trade.talks.forms import SayForm

SIZE = 20


@dataclass(frozen=True)
class Thread:
    """What a talk's page shows: `other` is the name of who is on the far side."""

    talk: Talk
    side: Side
    shop: Shop
    other: str


@signed_in
def mine(request: HttpRequest) -> HttpResponse:
    """A buyer's talks, the newest first."""
    page = Paginator(queries.talks_of_buyer(account_id(request)), SIZE).get_page(request.GET.get("page"))
    talks = [queries.view(row) for row in page.object_list]
    shops = merchants.shops({talk.merchant_id for talk in talks})
    return render(request, "talks/mine.html", page=page, talks=[(talk, shops[talk.merchant_id]) for talk in talks])


@signed_in
@rate_limit("talk", per_minute=20)
def ask(request: HttpRequest, kind: str, about_id: UUID) -> HttpResponse:
    """Ask the shop: goes on in the talk about the same thing where there is one."""
    asker = account_id(request)
    merchant_id, topic = queries.topic(asker, kind, about_id)
    form = SayForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            talk = actions.ask(asker, kind, about_id, form.cleaned_data["words"], form.cleaned_data["pictures"])
        except BadInput as error:
            blame(form, error)
        else:
            return redirect("talks:talk", talk.id)
    open_talk = queries.talk_about(asker, kind, about_id)
    if request.method == "GET" and open_talk:
        return redirect("talks:talk", open_talk.id)
    return render(request, "talks/ask.html", form=form, topic=topic, shop=merchants.shop(merchant_id))


@signed_in
@rate_limit("talk", per_minute=20)
def talk(request: HttpRequest, talk_id: UUID) -> HttpResponse:
    """One talk, from the buyer's side; those of the shop are sent to theirs."""
    talk, side = queries.talk_for(account_id(request), talk_id)
    shop = merchants.shop(talk.merchant_id)
    if side == Side.SHOP:
        return redirect("talks:shop_talk", shop.slug, talk_id)
    return _thread(request, Thread(talk, side, shop, shop.name), "talks/talk.html")


@signed_in
def shop_talks(request: HttpRequest, slug: str) -> HttpResponse:
    """Buyers who wait for the shop's answer, or all who ever asked."""
    shop = queries.shop_of(account_id(request), slug)
    chosen = "all" if request.GET.get("view") == "all" else "waiting"
    rows = queries.talks_of_shop(account_id(request), shop.id, view=chosen)
    page = Paginator(rows, SIZE).get_page(request.GET.get("page"))
    talks = [queries.view(row) for row in page.object_list]
    buyers = accounts({talk.buyer_id for talk in talks})
    return render(
        request,
        "talks/shop_talks.html",
        shop=shop,
        console_title=shop.name,
        page=page,
        chosen=chosen,
        talks=[(talk, buyers[talk.buyer_id]) for talk in talks],
    )


@signed_in
@rate_limit("talk", per_minute=60)
def shop_talk(request: HttpRequest, slug: str, talk_id: UUID) -> HttpResponse:
    """One talk, from the shop's side."""
    talk, side = queries.talk_for(account_id(request), talk_id)
    shop = merchants.shop(talk.merchant_id)
    if side == Side.BUYER or shop.slug != slug:
        return redirect("talks:talk", talk_id)
    buyer = accounts([talk.buyer_id])[talk.buyer_id]
    return _thread(request, Thread(talk, side, shop, buyer.name or _("A buyer")), "talks/shop_talk.html")


def _thread(request: HttpRequest, thread: Thread, template: str) -> HttpResponse:
    reader, talk = account_id(request), thread.talk
    form = SayForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.say(reader, talk.id, form.cleaned_data["words"], form.cleaned_data["pictures"])
        except BadInput as error:
            blame(form, error)
        else:
            return redirect(request.path)
    actions.seen(reader, talk.id)
    context = {**vars(thread), "said": queries.messages(talk.id)}
    if wants_partial(request):
        return render(request, "talks/said.html", **context)
    return render(request, template, form=form, console_title=thread.shop.name, **context)


app_name = "talks"
urlpatterns = [
    path("messages", mine, name="mine"),
    path("messages/<uuid:talk_id>", talk, name="talk"),
    path("ask/<slug:kind>/<uuid:about_id>", ask, name="ask"),
    path("seller/<slug:slug>/talks", shop_talks, name="shop_talks"),
    path("seller/<slug:slug>/talks/<uuid:talk_id>", shop_talk, name="shop_talk"),
]
