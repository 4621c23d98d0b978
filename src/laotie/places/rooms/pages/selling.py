"""What a host does to sell on air: pieces of the desk, shown in its sheet."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST

from laotie.kit.errors import MarketError
from laotie.kit.pages import account_id, render, signed_in
from laotie.kit.pages.problems import blame
from laotie.people.merchants import queries as merchants
from laotie.places.rooms import actions, queries, views
from laotie.places.rooms.errors import NoSuchCard
from laotie.places.rooms.forms import FlashOffer, HandOut, NewDraw, NewVote
from laotie.places.rooms.pages.desk import busy

DONE = "desk-done"  # what the desk's script closes its sheet by


@require_http_methods(["GET", "POST"])
@signed_in
@busy
def flash(request: HttpRequest, session_id: UUID, card_id: UUID) -> HttpResponse:
    """A price with a clock and a count on one card."""
    me = account_id(request)
    queries.hosted(me, session_id)
    shown = next(iter(views.shown([queries.card_in(session_id, card_id)])), None)
    if shown is None:
        raise NoSuchCard
    form = FlashOffer(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        asked = {name: said[name] for name in ("cap_per_buyer", "starts_in")}
        try:
            actions.flash(me, session_id, card_id, said["price"], said["pieces"], said["seconds"], **asked)
        except MarketError as error:
            blame(form, error)
        else:
            return done()
    return render(request, "rooms/parts/flash.html", form=form, session_id=session_id, shown=shown)


@require_POST
@signed_in
@busy
def end_flash(request: HttpRequest, session_id: UUID, card_id: UUID) -> HttpResponse:
    actions.end_flash(account_id(request), session_id, card_id)
    return done()


@require_http_methods(["GET", "POST"])
@signed_in
@busy
def hand_out(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """A coupon for everyone who is there in time."""
    me = account_id(request)
    queries.hosted(me, session_id)
    form = HandOut(request.POST or None, shops=_shops(me, session_id))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        money = (said["amount"], said["threshold"], said["budget"])
        try:
            actions.hand_out(me, session_id, said["shop"], *money, minutes=said["minutes"])
        except MarketError as error:
            blame(form, error)
        else:
            return done()
    return render(request, "rooms/parts/hand_out.html", form=form, session_id=session_id)


def _shops(account_id: UUID, session_id: UUID) -> list[tuple[str, str]]:
    """The shops of the cards that let the host cut their prices."""
    ids = {card.shop_id for card in queries.cards(session_id)}
    shops = merchants.shops(shop_id for shop_id in ids if actions.may_cut(account_id, shop_id))
    return sorted(((str(shop.id), shop.name) for shop in shops.values()), key=lambda each: each[1])


@require_http_methods(["GET", "POST"])
@signed_in
@busy
def draw(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """A prize to be drawn."""
    me = account_id(request)
    queries.hosted(me, session_id)
    form = NewDraw(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            actions.open_draw(me, session_id, said["prize"], said["winners"], said["seconds"])
        except MarketError as error:
            blame(form, error)
        else:
            return done()
    return render(request, "rooms/parts/new_draw.html", form=form, session_id=session_id)


@require_http_methods(["GET", "POST"])
@signed_in
@busy
def vote(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """A question to the room."""
    me = account_id(request)
    queries.hosted(me, session_id)
    form = NewVote(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        options = [option for option in said["options"].splitlines() if option.strip()]
        try:
            actions.open_vote(me, session_id, said["question"], options, said["seconds"])
        except MarketError as error:
            blame(form, error)
        else:
            return done()
    return render(request, "rooms/parts/new_vote.html", form=form, session_id=session_id)


def done() -> HttpResponse:
    """It was done; the room itself will show it."""
    return HttpResponse(headers={"HX-Trigger": DONE})
