"""A host's desk: the session in one page, before, on air and after."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from laotie.kit.errors import MarketError
from laotie.kit.pages import account_id, confirmed, rate_limit, render, signed_in
from laotie.kit.pages.guards import pseudonym_of
from laotie.kit.pages.problems import sentence
from laotie.people.accounts.queries import account
from laotie.places.rooms import actions, choosing, queries, video, visits, whole
from laotie.places.rooms.contracts import Role, Session, ShownCard, State
from laotie.places.rooms.desk import regulars_there
from laotie.places.rooms.forms import NewCard
from laotie.places.rooms.pages.viewing import allowed
from laotie.places.rooms.slots import is_arriving

busy = rate_limit("room.host", 120)


@require_safe
@signed_in
def desk(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """Everything at hand: picture, cards, what is said, who is there."""
    session, role = queries.desk_for(account_id(request), session_id)
    if session.is_over:
        return redirect("rooms:report", session_id)
    response = render(request, "rooms/desk.html", **_context(request, session, role))
    return allowed(request, session_id, response)


def _context(request: HttpRequest, session: Session, role: Role) -> dict[str, Any]:
    hosts = role is Role.HOST
    return {
        "session": session,
        "hosts": hosts,
        "host": account(session.creator_id),
        "state": whole.state(session.id),
        "cards": (cards := queries.shown_cards(session.id)),
        "cuts": _cuts(account_id(request), cards) if hosts else set(),
        "reserved": queries.reservations(session.id)[0],
        "announced": session.state is State.ANNOUNCED,
        "token": visits.seal(session.id, "direct", pseudonym_of(request)),
        "publish": video.publish_address(session.id) if hosts else "",
        "playlist": video.playlist(session.id),
        "takes_encoders": hosts and video.encoder_key(session.creator_id) is not None,
    }


@require_safe
@signed_in
def choose(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """A piece of the desk: offers that may be carded."""
    me = account_id(request)
    queries.hosted(me, session_id)
    words = request.GET.get("q", "").replace("\x00", "")[:60]
    carded = [card.offer_id for card in queries.cards(session_id)]
    found = choosing.choices(me, words, carded)
    return render(request, "rooms/parts/choices.html", session_id=session_id, choices=found, words=words)


@require_http_methods(["GET", "POST"])
@signed_in
@busy
def add_card(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """A piece of the desk: what the host says of an offer, then the card."""
    me = account_id(request)
    session = queries.hosted(me, session_id)
    form = NewCard(request.POST or None, initial={"offer": request.GET.get("offer", "")[:36]})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            known = {"used": said["used"], "used_since": said["used_since"]}
            actions.add_card(me, session_id, said["offer"], said["drawback"], **known)
        except MarketError as error:
            form.add_error(error.field if error.field in ("drawback", "used_since") else None, sentence(error))
        else:
            return _cards(request, session)
    return render(request, "rooms/parts/new_card.html", form=form, session=session)


def _cards(request: HttpRequest, session: Session) -> HttpResponse:
    cards = queries.shown_cards(session.id)
    return render(
        request, "rooms/parts/desk_cards.html", session=queries.session(session.id), cards=cards, hosts=True,
        fresh=True, cuts=_cuts(account_id(request), cards),
    )  # fmt: skip


def _cuts(account_id: UUID, cards: Iterable[ShownCard]) -> set[UUID]:
    """The shops whose prices the host may cut on air."""
    return {shop_id for shop_id in {each.card.shop_id for each in cards} if actions.may_cut(account_id, shop_id)}


@require_POST
@signed_in
@busy
def remove_card(request: HttpRequest, session_id: UUID, card_id: UUID) -> HttpResponse:
    me = account_id(request)
    actions.remove_card(me, session_id, card_id)
    return _cards(request, queries.hosted(me, session_id))


@require_POST
@signed_in
@busy
def open_room(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """On air."""
    actions.open_room(account_id(request), session_id)
    return redirect("rooms:desk", session_id)


@require_POST
@signed_in
@busy
@confirmed("End this session for everyone?")
def end(request: HttpRequest, session_id: UUID) -> HttpResponse:
    actions.end(account_id(request), session_id)
    messages.success(request, _("The session has ended. This is what became of it."))
    return redirect("rooms:report", session_id)


@require_safe
@signed_in
def aside(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """A piece of the desk, asked for every few seconds: questions, regulars, figures."""
    session, role = queries.desk_for(account_id(request), session_id)
    return render(
        request, "rooms/parts/aside.html", session=session, hosts=role is Role.HOST,
        questions=queries.questions(session_id), regulars=regulars_there(session), pulse=queries.pulse(session_id),
    )  # fmt: skip


@require_safe
@signed_in
def report(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """What became of a session that is over."""
    session = queries.hosted(account_id(request), session_id)
    if not session.is_over:
        return redirect("rooms:desk", session_id)
    reserved, came = queries.reservations(session_id)
    return render(
        request, "rooms/report.html", session=session, cards=queries.cards_ever(session_id),
        pulse=queries.pulse(session_id), reserved=reserved, came=came, replay=video.replay(session_id),
        arriving=is_arriving(session),
    )  # fmt: skip


@require_POST
@signed_in
@busy
def review(request: HttpRequest, session_id: UUID) -> HttpResponse:
    actions.review(account_id(request), session_id)
    return redirect("rooms:report", session_id)
