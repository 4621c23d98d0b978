"""What a host does to sell on air: pieces of the desk, shown in its sheet."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.forms import Form
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

Said = dict[str, Any]
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

    def act(said: Said) -> None:
        asked = {name: said[name] for name in ("cap_per_buyer", "starts_in")}
        actions.flash(me, session_id, card_id, said["price"], said["pieces"], said["seconds"], **asked)

    return _sheet(request, session_id, FlashOffer(request.POST or None), "flash", act, shown=shown)


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

    def act(said: Said) -> None:
        money = (said["amount"], said["threshold"], said["budget"])
        actions.hand_out(me, session_id, said["shop"], *money, minutes=said["minutes"])

    form = HandOut(request.POST or None, shops=_shops(me, session_id))
    return _sheet(request, session_id, form, "hand_out", act)


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

    def act(said: Said) -> None:
        actions.open_draw(me, session_id, said["prize"], said["winners"], said["seconds"])

    return _sheet(request, session_id, NewDraw(request.POST or None), "new_draw", act)


@require_http_methods(["GET", "POST"])
@signed_in
@busy
def vote(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """A question to the room."""
    me = account_id(request)
    queries.hosted(me, session_id)

    def act(said: Said) -> None:
        options = [option for option in said["options"].splitlines() if option.strip()]
        actions.open_vote(me, session_id, said["question"], options, said["seconds"])

    return _sheet(request, session_id, NewVote(request.POST or None), "new_vote", act)


def _sheet(
    request: HttpRequest, session_id: UUID, form: Form, part: str, act: Callable[[Said], None], **context: Any
) -> HttpResponse:
    """A form in the desk's sheet: shown, shown again with what was refused, or done."""
    if request.method == "POST" and form.is_valid():
        try:
            act(form.cleaned_data)
        except MarketError as error:
            blame(form, error)
        else:
            return done()
    return render(request, f"rooms/parts/{part}.html", form=form, session_id=session_id, **context)


def done() -> HttpResponse:
    """It was done; the room itself will show it."""
    return HttpResponse(headers={"HX-Trigger": DONE})
