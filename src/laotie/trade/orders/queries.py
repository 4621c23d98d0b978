"""Reading orders. `order_for` is the one door to an order for a person; lists are of a buyer or of a shop."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Sum

from laotie.kit import clock, market
from laotie.people.accounts import queries as accounts
from laotie.people.grants import queries as grants
from laotie.people.merchants import queries as merchants
from laotie.trade.orders.contracts import (
    Checkout,
    Filter,
    Line,
    Order,
    OrderPage,
    Parcel,
    Party,
    Repayment,
    State,
    Step,
)
from laotie.trade.orders.errors import NotYours, OrderNotFound
from laotie.trade.orders.models import CheckoutRow, LineRow, OrderRow, ParcelRow, RepaymentRow, StepRow
from laotie.trade.orders.views import line_view, order_view, parcel_view, repayment_view, step_view

PAGE = 20


def order_for(account_id: UUID, order_id: UUID) -> Order:
    """An order that `account_id` may see. Raises OrderNotFound, NotYours."""
    row = rows().filter(pk=order_id).first()
    if row is None:
        raise OrderNotFound
    if party_of(account_id, row.buyer_id, row.merchant_id) is None:
        raise NotYours
    return order_view(row)


def party_of(account_id: UUID, buyer_id: UUID, merchant_id: UUID) -> Party | None:
    """In what role an account stands to an order: buyer, seller (a grant for orders or care), operator, or none."""
    if account_id == buyer_id:
        return Party.BUYER
    if any(grants.may(account_id, scope, merchant_id) for scope in ("orders", "care")):
        return Party.SELLER
    return Party.OPERATOR if accounts.account(account_id).is_operator else None


def role_in(account_id: UUID, order: Order) -> Party | None:
    """`party_of` for an order already read."""
    return party_of(account_id, order.buyer_id, order.merchant_id)


def keepers(merchant_id: UUID, scope: str) -> set[UUID]:
    """The accounts that look after a part of a shop: its owners, and staff with that grant."""
    owners = {member.account_id for member in merchants.team(merchant_id) if member.role == "owner"}
    return owners | {grant.account_id for grant in grants.grants_at(merchant_id) if grant.scope == scope}


def line_for(account_id: UUID, line_id: UUID) -> tuple[Order, Line]:
    """A deal and its order, for someone who may see the order. Raises OrderNotFound, NotYours."""
    found = LineRow.objects.filter(pk=line_id).values_list("order_id", flat=True).first()
    if found is None:
        raise OrderNotFound
    order = order_for(account_id, found)
    return order, next(line for line in order.lines if line.id == line_id)


def orders_of_buyer(account_id: UUID, wanted: Filter | None = None, page: int = 1, size: int = PAGE) -> OrderPage:
    """A buyer's orders, newest first."""
    return _page(rows().filter(buyer_id=account_id), wanted or Filter(), page, size)


def orders_of_shop(
    account_id: UUID, merchant_id: UUID, wanted: Filter | None = None, page: int = 1, size: int = PAGE
) -> OrderPage:
    """A shop's orders, newest first; those to ship, the most pressing first. Raises Forbidden."""
    grants.require(account_id, "orders", merchant_id)
    return _page(rows().filter(merchant_id=merchant_id), wanted or Filter(), page, size)


def counts_of_buyer(account_id: UUID) -> dict[State, int]:
    """How many orders a buyer has in each state."""
    return _counts(OrderRow.objects.filter(buyer_id=account_id))


def counts_of_shop(account_id: UUID, merchant_id: UUID) -> dict[State, int]:
    """How many orders a shop has in each state. Raises Forbidden."""
    grants.require(account_id, "orders", merchant_id)
    return _counts(OrderRow.objects.filter(merchant_id=merchant_id))


def count_to_ship(merchant_id: UUID) -> int:
    """How many orders of a shop wait to be shipped, for slices that already know who asks."""
    return OrderRow.objects.filter(merchant_id=merchant_id, state=State.PAID).count()


def count_late(merchant_id: UUID) -> int:
    """How many of them are past their promise, for slices that already know who asks."""
    waiting = OrderRow.objects.filter(merchant_id=merchant_id, state=State.PAID)
    return waiting.filter(_is_late()).count()


def orders(order_ids: Iterable[UUID]) -> dict[UUID, Order]:
    """Those of `order_ids` that exist, for slices that already know who asks."""
    return {row.pk: order_view(row) for row in rows().filter(pk__in=set(order_ids))}


def lines(line_ids: Iterable[UUID]) -> dict[UUID, Line]:
    """Those of `line_ids` that exist, for slices that already know who asks."""
    return {row.pk: line_view(row) for row in LineRow.objects.filter(pk__in=set(line_ids))}


def checkout_for(account_id: UUID, checkout_id: UUID) -> Checkout:
    """A buyer's own checkout. Raises OrderNotFound, NotYours."""
    row = CheckoutRow.objects.filter(pk=checkout_id).prefetch_related("orders").first()
    if row is None:
        raise OrderNotFound
    if row.buyer_id != account_id:
        raise NotYours
    return checkout_view(row)


def checkout(checkout_id: UUID) -> Checkout:
    """A checkout, for slices that already know who asks. Raises OrderNotFound."""
    row = CheckoutRow.objects.filter(pk=checkout_id).prefetch_related("orders").first()
    if row is None:
        raise OrderNotFound
    return checkout_view(row)


def checkout_view(row: CheckoutRow) -> Checkout:
    money = market.current().money
    parts = sorted(row.orders.all(), key=lambda order: order.pk)
    due = sum(order.total_minor for order in parts if order.state == State.PLACED)
    ids = tuple(order.pk for order in parts)
    return Checkout(row.pk, row.buyer_id, ids, money(row.total_minor), money(due), row.pay_by, row.placed_at)


def history(order_id: UUID) -> list[Step]:
    """How an order came to where it is, oldest first."""
    return [step_view(row) for row in StepRow.objects.filter(order_id=order_id).order_by("at", "pk")]


def parcels(order_ids: Iterable[UUID]) -> dict[UUID, list[Parcel]]:
    """The parcels of each order, in the order they were shipped."""
    found: dict[UUID, list[Parcel]] = {order_id: [] for order_id in order_ids}
    shipped = ParcelRow.objects.filter(order_id__in=found).prefetch_related("events").order_by("shipped_at", "pk")
    for row in shipped:
        found[row.order_id].append(parcel_view(row))
    return found


def repayments_open(limit: int = 100) -> list[Repayment]:
    """Money that orders owe their buyers and no provider has given back yet, oldest first."""
    open_rows = RepaymentRow.objects.filter(settled_at=None).select_related("order").order_by("asked_at")[:limit]
    return [repayment_view(row) for row in open_rows]


def repayment(repayment_id: UUID) -> Repayment | None:
    row = RepaymentRow.objects.filter(pk=repayment_id).select_related("order").first()
    return repayment_view(row) if row else None


def repayments_of_buyer(account_id: UUID) -> list[Repayment]:
    """What went back, or is going back, on any order of a buyer, oldest first."""
    own = RepaymentRow.objects.filter(order__buyer_id=account_id).select_related("order").order_by("asked_at", "pk")
    return [repayment_view(row) for row in own]


def repayments_of(order_id: UUID) -> list[Repayment]:
    """What went back, or is going back, to the buyer of an order."""
    own = RepaymentRow.objects.filter(order_id=order_id).select_related("order").order_by("asked_at")
    return [repayment_view(row) for row in own]


def due(before: datetime, limit: int = 200) -> list[UUID]:
    """Orders whose clock has run out by `before`, the longest waiting first."""
    waiting = OrderRow.objects.filter(due_at__lte=before).order_by("due_at").values_list("pk", flat=True)
    return list(waiting[:limit])


def money_of(checkout_id: UUID) -> tuple[int, int]:
    """What the orders of a checkout say was paid and was promised back, in minor units."""
    sums = OrderRow.objects.filter(checkout_id=checkout_id).aggregate(paid=Sum("paid_minor"), back=Sum("repaid_minor"))
    return sums["paid"] or 0, sums["back"] or 0


def ids_by_number(merchant_id: UUID, numbers: Iterable[str]) -> dict[str, UUID]:
    """A shop's orders by what people call them."""
    found = OrderRow.objects.filter(merchant_id=merchant_id, number__in=set(numbers)).values_list("number", "pk")
    return dict(found)


def sold(offer_ids: Iterable[UUID]) -> dict[UUID, int]:
    """How many pieces of each offer stand in orders that were not cancelled and were not refunded."""
    lines = LineRow.objects.filter(offer_id__in=set(offer_ids)).exclude(order__state=State.CANCELLED)
    pieces = lines.order_by().values_list("offer_id").annotate(Sum("quantity"), Sum("refunded_quantity"))
    return dict.fromkeys(offer_ids, 0) | {offer_id: count - back for offer_id, count, back in pieces}


def bought(account_id: UUID, product_ids: Iterable[UUID]) -> set[UUID]:
    """Those of the products that the account ever paid for."""
    own = LineRow.objects.filter(order__buyer_id=account_id, product_id__in=set(product_ids), order__paid_minor__gt=0)
    return set(own.values_list("product_id", flat=True))


def rows() -> QuerySet[OrderRow]:
    """Orders with what `views.order_view` needs, in two statements."""
    return OrderRow.objects.select_related("checkout").prefetch_related("lines")


def _page(found: QuerySet[OrderRow], wanted: Filter, page: int, size: int) -> OrderPage:
    found = _narrow(found, wanted)
    count = found.count()
    page = max(1, min(page, -(-count // size) or 1))
    pressing = wanted.states == (State.PAID,)
    ordered = found.order_by("ship_by", "pk") if pressing else found.order_by("-placed_at", "-pk")
    shown = tuple(order_view(row) for row in ordered[(page - 1) * size : page * size])
    return OrderPage(shown, page, size, count)


def _narrow(found: QuerySet[OrderRow], wanted: Filter) -> QuerySet[OrderRow]:
    if wanted.states:
        found = found.filter(state__in=[state.value for state in wanted.states])
    if wanted.words:
        titled = LineRow.objects.filter(title__icontains=wanted.words).values("order_id")
        found = found.filter(Q(number__startswith=wanted.words) | Q(pk__in=titled))
    if wanted.placed_from:
        found = found.filter(placed_at__gte=wanted.placed_from)
    if wanted.placed_to:
        found = found.filter(placed_at__lt=wanted.placed_to)
    if wanted.late:
        found = found.filter(_is_late())
    return found


def _is_late() -> Q:
    """Noted as late, or past the promise and not yet noted."""
    return Q(late=True) | Q(state=State.PAID, ship_by__lt=clock.now())


def _counts(found: QuerySet[OrderRow]) -> dict[State, int]:
    tallies = found.order_by().values_list("state").annotate(Count("pk"))
    return {State(state): count for state, count in tallies}


def worth(checkout_ids: Iterable[UUID]) -> int:
    """What the orders of these checkouts cost together, in minor units; those that were cancelled count too."""
    sums = OrderRow.objects.filter(checkout_id__in=list(checkout_ids)).aggregate(worth=Sum("total_minor"))
    return sums["worth"] or 0
