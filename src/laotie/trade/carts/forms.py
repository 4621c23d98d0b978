"""What the cart's pages are sent. They parse; the actions judge."""

from collections.abc import Mapping
from urllib.parse import urlsplit
from uuid import UUID

from django import forms
from django.http import HttpRequest, QueryDict

from laotie.kit import market
from laotie.kit.errors import BadInput
from laotie.kit.money import Money
from laotie.kit.origin import Origin
from laotie.kit.tokens import BadToken, open_token
from laotie.trade.orders.contracts import Wanted
from laotie.trade.orders.errors import BadAddress

MOST_MINOR = 10**15
ENTRIES = {"search": "search", "c": "category", "s": "shop", "p": "product", "cart": "cart", "orders": "again"}


class PutForm(forms.Form):
    """An offer and how many of it."""

    offer = forms.UUIDField()
    quantity = forms.IntegerField(initial=1, required=False)
    entry = forms.SlugField(max_length=20, required=False)
    slot = forms.CharField(max_length=200, required=False)


def put_form(request: HttpRequest) -> tuple[UUID, int, Origin]:
    """Raises BadInput naming the field. A stale or forged token of a slot is as none."""
    form = PutForm(request.POST)
    if not form.is_valid():
        raise BadInput(field=next(iter(form.errors)))
    entry = form.cleaned_data["entry"] or "direct"
    quantity = form.cleaned_data["quantity"]
    origin = Origin(entry, decision=decision_of(form.cleaned_data["slot"]))
    return form.cleaned_data["offer"], 1 if quantity is None else quantity, origin


def decision_of(token: str) -> UUID | None:
    """The decision whose slot `token` proves; None where it proves nothing."""
    try:
        return open_token(token).decision
    except BadToken:
        return None


def entry_of(request: HttpRequest) -> str:
    """How the visitor came to this page, from the page before it in this market."""
    before = urlsplit(request.headers.get("Referer", ""))
    if before.netloc != request.get_host():
        return "direct"
    first = before.path.strip("/").split("/")[0]
    return "home" if not first else ENTRIES.get(first, "direct")


def ids_in(values: list[str]) -> list[UUID]:
    """Those of `values` that are ids."""
    found = []
    for value in values[:100]:
        try:
            found.append(UUID(value))
        except ValueError:
            continue
    return found


def agreed(posted: Mapping[str, str], lines: list[str], origins: Mapping[UUID, Origin]) -> tuple[list[Wanted], Money]:
    """What the buyer agreed to: lines as "offer:quantity:price in minor units", and the total. Raises BadInput."""
    try:
        wanted = [_line(text, origins) for text in lines]
        return wanted, _money(posted["total"])
    except (ValueError, KeyError) as error:
        raise BadInput(field="line") from error


def _line(text: str, origins: Mapping[UUID, Origin]) -> Wanted:
    offer, quantity, price = text.split(":")
    return Wanted(UUID(offer), int(quantity), _money(price), origins.get(UUID(offer), Origin()))


def _money(text: str) -> Money:
    minor = int(text)
    if not 0 <= minor <= MOST_MINOR:
        raise ValueError(text)
    return market.current().money(minor)


def address_in(posted: Mapping[str, str]) -> UUID:
    """Raises BadAddress."""
    try:
        return UUID(posted.get("address", ""))
    except ValueError as error:
        raise BadAddress(field="address") from error


def notes_in(posted: QueryDict) -> dict[UUID, str]:
    """The words to each shop; what names no shop is left out."""
    named = {name[5:]: posted[name] for name in posted if name.startswith("note-")}
    return {shop: str(named[str(shop)]).replace("\x00", "") for shop in ids_in(list(named)) if str(shop) in named}
