"""Changing a cart. A cart is named by the account's id, or by the id in a visitor's signed cookie."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Least

from laotie.goods.deals import queries as deals
from laotie.kit import clock
from laotie.kit.origin import Origin
from laotie.trade.carts.errors import BadCount, CartFull, NoSuchOffer, NotInCart
from laotie.trade.carts.models import CartLineRow

__all__ = [
    "confirm_prices",
    "forget",
    "merge",
    "purge_guests",
    "put",
    "remove",
    "save_for_later",
    "set_quantity",
    "take_up",
]

MOST_LINES = 50
MOST_OF_ONE = 999
GUESTS_KEPT = timedelta(days=60)


@transaction.atomic
def put(cart: UUID, offer_id: UUID, quantity: int = 1, origin: Origin | None = None, *, guest: bool = False) -> None:
    """Put so many more of an offer into a cart, at the price of now. Raises BadCount, CartFull, NoSuchOffer."""
    check_count(quantity)
    now = clock.now()
    terms = deals.deal_terms([offer_id], None if guest else cart, now).get(offer_id)
    if terms is None or not terms.on_sale:
        raise NoSuchOffer
    lines = CartLineRow.objects.filter(cart=cart)
    if lines.count() >= MOST_LINES and not lines.filter(offer_id=offer_id).exists():
        raise CartFull(most=MOST_LINES)
    row, new = CartLineRow.objects.get_or_create(
        cart=cart, offer_id=offer_id,
        defaults={
            "quantity": quantity, "seen_minor": terms.price.minor, "put_at": now, "guest": guest,
            "origin": (origin or Origin()).as_json(),
        },
    )  # fmt: skip
    if not new:
        more = Least(F("quantity") + quantity, MOST_OF_ONE)
        lines.filter(pk=row.pk).update(quantity=more, seen_minor=terms.price.minor, saved=False, put_at=now)


def check_count(quantity: int) -> None:
    """Raises BadCount."""
    if not 1 <= quantity <= MOST_OF_ONE:
        raise BadCount(field="quantity", most=MOST_OF_ONE)


def set_quantity(cart: UUID, offer_id: UUID, quantity: int) -> None:
    """Raises BadCount, NotInCart."""
    check_count(quantity)
    _change(cart, offer_id, quantity=quantity)


def save_for_later(cart: UUID, offer_id: UUID) -> None:
    """Keep a line, but do not order it now. Raises NotInCart."""
    _change(cart, offer_id, saved=True)


def take_up(cart: UUID, offer_id: UUID) -> None:
    """Bring a line kept for later back among those to be ordered. Raises NotInCart."""
    _change(cart, offer_id, saved=False)


def _change(cart: UUID, offer_id: UUID, **fields: object) -> None:
    if not CartLineRow.objects.filter(cart=cart, offer_id=offer_id).update(**fields):
        raise NotInCart


def remove(cart: UUID, *offer_ids: UUID) -> None:
    """Take lines out. What is not in the cart is no error."""
    CartLineRow.objects.filter(cart=cart, offer_id__in=offer_ids).delete()


def confirm_prices(cart: UUID, account_id: UUID | None) -> None:
    """The buyer has seen what things cost now: changes are marked against these prices from here on."""
    rows = list(CartLineRow.objects.filter(cart=cart))
    terms = deals.deal_terms([row.offer_id for row in rows], account_id, clock.now())
    changed = [row for row in rows if row.offer_id in terms and terms[row.offer_id].price.minor != row.seen_minor]
    for row in changed:
        row.seen_minor = terms[row.offer_id].price.minor
    CartLineRow.objects.bulk_update(changed, ["seen_minor"])


@transaction.atomic
def merge(guest: UUID, account_id: UUID) -> int:
    """Bring a visitor's cart into the account's, once he has signed in; returns how many lines moved.

    Of what is in both the larger count stays, as nobody wants twice what he thought of twice.
    """
    rows = list(CartLineRow.objects.select_for_update().filter(cart=guest, guest=True).order_by("put_at", "pk"))
    own = {row.offer_id: row for row in CartLineRow.objects.select_for_update().filter(cart=account_id)}
    for row in rows:
        mine = own.get(row.offer_id)
        if mine:
            CartLineRow.objects.filter(pk=mine.pk).update(quantity=max(mine.quantity, row.quantity))
            row.delete()
        else:
            CartLineRow.objects.filter(pk=row.pk).update(cart=account_id, guest=False)
    return len(rows)


def forget(account_id: UUID) -> None:
    """Empty a person's cart (when the person is erased)."""
    CartLineRow.objects.filter(cart=account_id).delete()


def purge_guests() -> int:
    """Forget carts of visitors who did not come back; returns how many lines went."""
    old = CartLineRow.objects.filter(guest=True, put_at__lt=clock.now() - GUESTS_KEPT)
    return old.delete()[0]
