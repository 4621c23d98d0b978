"""Reading refunds. Who may see the order may see its refunds."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from laotie.kit import market
from laotie.kit.money import Money
from laotie.people.accounts import queries as accounts
from laotie.people.grants import queries as grants
from laotie.trade.orders import queries as orders
from laotie.trade.orders.contracts import Line, Order, State
from laotie.trade.refunds.contracts import Reason, Refund, RefundLine, RefundState
from laotie.trade.refunds.errors import NoSuchRefund
from laotie.trade.refunds.models import RefundLineRow, RefundRow

REFUNDABLE = frozenset({State.PAID, State.SHIPPED, State.SIGNED})


def refund_for(account_id: UUID, refund_id: UUID) -> tuple[Order, Refund]:
    """A refund and its order, for someone who may see the order. Raises NoSuchRefund, NotYours."""
    row = RefundRow.objects.prefetch_related("lines").filter(pk=refund_id).first()
    if row is None:
        raise NoSuchRefund
    return orders.order_for(account_id, row.order_id), view(row)


def refunds_of(order_id: UUID) -> list[Refund]:
    """Every asking of an order, oldest first, for slices that already know who asks."""
    found = RefundRow.objects.prefetch_related("lines").filter(order_id=order_id)
    return [view(row) for row in found.order_by("asked_at", "pk")]


def refunds_of_buyer(account_id: UUID) -> list[Refund]:
    """Every asking of a buyer, oldest first."""
    found = RefundRow.objects.prefetch_related("lines").filter(buyer_id=account_id)
    return [view(row) for row in found.order_by("asked_at", "pk")]


def to_answer(account_id: UUID, merchant_id: UUID) -> list[Refund]:
    """What a shop must answer, the most pressing first. Raises Forbidden."""
    grants.require(account_id, "care", merchant_id)
    found = RefundRow.objects.prefetch_related("lines").filter(merchant_id=merchant_id, state=RefundState.ASKED)
    return [view(row) for row in found.order_by("answer_by", "pk")]


def of_shop(account_id: UUID, merchant_id: UUID, limit: int = 50) -> list[Refund]:
    """A shop's latest refunds in any state. Raises Forbidden."""
    grants.require(account_id, "care", merchant_id)
    found = RefundRow.objects.prefetch_related("lines").filter(merchant_id=merchant_id)
    return [view(row) for row in found.order_by("-asked_at", "-pk")[:limit]]


def count_to_answer(merchant_id: UUID) -> int:
    return RefundRow.objects.filter(merchant_id=merchant_id, state=RefundState.ASKED).count()


def to_judge(operator_id: UUID, limit: int = 100) -> list[Refund]:
    """What buyers brought before the market, oldest first. Raises OperatorsOnly."""
    accounts.require_operator(operator_id)
    found = RefundRow.objects.prefetch_related("lines").filter(state=RefundState.DISPUTED)
    return [view(row) for row in found.order_by("asked_at", "pk")[:limit]]


def due(before: datetime, limit: int = 100) -> list[UUID]:
    """Askings that no seller answered by `before`."""
    late = RefundRow.objects.filter(state=RefundState.ASKED, answer_by__lte=before).order_by("answer_by")
    return list(late.values_list("pk", flat=True)[:limit])


def lapsed(before: datetime, limit: int = 100) -> list[UUID]:
    """Declined askings that the buyer let rest since `before`."""
    rested = RefundRow.objects.filter(state=RefundState.DECLINED, answered_at__lte=before).order_by("answered_at")
    return list(rested.values_list("pk", flat=True)[:limit])


def first_reasons(line_ids: Iterable[UUID]) -> dict[UUID, Reason]:
    """The first reason a buyer chose, of each deal that has one."""
    found = RefundLineRow.objects.filter(line_id__in=set(line_ids), first=True).values_list("line_id", "refund__reason")
    return {line_id: Reason(reason) for line_id, reason in found}


def said(most: int) -> list[tuple[str, str]]:
    """The newest askings' words with the reason chosen beside them, without who said them: for learning."""
    rows = RefundRow.objects.exclude(words="").order_by("-asked_at").values_list("words", "reason")
    return list(rows[:most])


def worth(order: Order, line: Line, quantity: int, reason: Reason) -> Money:
    """What goes back for so many pieces: their price, and their freight unless the buyer changed his mind too late.

    The last pieces take what rounding left, so that a line refunded bit by bit is refunded exactly.
    """
    with_freight = order.unshipped or reason is not Reason.CHANGED_MIND
    whole = line.goods + line.freight if with_freight else line.goods
    if quantity == line.left:
        return market.current().money(max(0, whole.minor - line.refunded.minor))
    return market.current().money(whole.minor * quantity // line.quantity)


def may_ask(order: Order) -> bool:
    """Whether the buyer can ask for money back now."""
    return order.state in REFUNDABLE and any(line.left for line in order.lines)


def view(row: RefundRow) -> Refund:
    money = market.current().money
    lines = tuple(RefundLine(line.line_id, line.quantity, money(line.amount_minor)) for line in row.lines.all())
    return Refund(
        row.pk, row.order_id, RefundState(row.state), Reason(row.reason), row.words, money(row.amount_minor), lines,
        row.asked_at, row.answer_by, row.answer, row.answered_at, row.judgement, row.closed_at,
    )  # fmt: skip
