"""Money back: asked, answered, taken to the market, judged; unanswered it is the buyer's.

Locks: the order first (`orders.hold`), then the refund.
"""

from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_noop as _

from laotie.kit import clock
from laotie.kit.money import Money
from laotie.people.accounts import queries as accounts
from laotie.people.audit.actions import audit
from laotie.people.grants import queries as grants
from laotie.people.merchants import queries as merchants
from laotie.people.notices import actions as notices
from laotie.stream.outbox import actions as outbox
from laotie.trade.orders import actions as orders
from laotie.trade.orders import queries as order_queries
from laotie.trade.orders.contracts import Line, Order, Party, State
from laotie.trade.orders.errors import NotYours
from laotie.trade.refunds import queries
from laotie.trade.refunds.contracts import OPEN, Reason, Refund, RefundAsked, RefundSettled, RefundState
from laotie.trade.refunds.errors import (
    AlreadyAsked,
    Answered,
    BadReason,
    NoSuchRefund,
    NothingChosen,
    NotNow,
    NotYourRefund,
    TooMuch,
    WordsNeeded,
)
from laotie.trade.refunds.history import PastRefund, PastRefundLine, admit_history
from laotie.trade.refunds.models import RefundLineRow, RefundRow

__all__ = [
    "PastRefund",
    "PastRefundLine",
    "accept",
    "admit_history",
    "ask",
    "decline",
    "dispute",
    "forget",
    "judge_for_buyer",
    "judge_for_seller",
    "run_due",
    "withdraw",
]

ANSWER_WITHIN = timedelta(hours=48)
OBJECT_WITHIN = timedelta(days=7)  # after a "no", before the order goes on as if nothing had been asked
MOST_WORDS = 500


@transaction.atomic
def ask(account_id: UUID, order_id: UUID, chosen: Mapping[UUID, int], reason: str, words: str = "") -> Refund:
    """Ask for money back on so many pieces of lines. Unshipped it is given at once; else the seller answers.

    Asking the same again while it is open gives the open one. Raises NotYours, NotNow, AlreadyAsked and BadInput.
    """
    order = orders.hold(order_id)
    if order.buyer_id != account_id:
        raise NotYours
    why = check_reason(reason)
    lines = check_chosen(order, chosen)
    running = RefundRow.objects.filter(order_id=order_id, state__in=list(OPEN)).first()
    if running:
        return _the_same(running, chosen, why)
    if not queries.may_ask(order):
        raise NotNow
    row = _write(order, lines, why, words.strip()[:MOST_WORDS])
    if order.unshipped:
        _settle(row, order, Party.BUYER, account_id)
    else:
        orders.begin_refund(order_id, account_id, {"refund": str(row.pk)})
        _tell_seller(order, row, _("The buyer of order {number} asks for {amount} back. Answer within 48 hours."))
    return queries.view(row)


def check_reason(reason: str) -> Reason:
    """Raises BadReason."""
    try:
        return Reason(reason)
    except ValueError as error:
        raise BadReason(field="reason") from error


def check_chosen(order: Order, chosen: Mapping[UUID, int]) -> list[tuple[Line, int]]:
    """The order's lines with the pieces asked for. Raises NothingChosen, TooMuch."""
    lines = {line.id: line for line in order.lines}
    wanted = [(lines[line_id], count) for line_id, count in chosen.items() if line_id in lines and count != 0]
    if not wanted or len(wanted) != sum(count != 0 for count in chosen.values()):
        raise NothingChosen(field="lines")
    for line, count in wanted:
        if not 1 <= count <= line.left:
            raise TooMuch(field="lines", title=line.title, left=line.left)
    return wanted


def _the_same(running: RefundRow, chosen: Mapping[UUID, int], reason: Reason) -> Refund:
    asked = {line.line_id: line.quantity for line in running.lines.all()}
    if asked != {line_id: count for line_id, count in chosen.items() if count} or running.reason != reason:
        raise AlreadyAsked
    return queries.view(running)


def _write(order: Order, lines: list[tuple[Line, int]], reason: Reason, words: str) -> RefundRow:
    now = clock.now()
    worth = [queries.worth(order, line, count, reason) for line, count in lines]
    row = RefundRow.objects.create(
        order_id=order.id, merchant_id=order.merchant_id, buyer_id=order.buyer_id, state=RefundState.ASKED.value,
        reason=reason.value, words=words, amount_minor=sum(money.minor for money in worth), asked_at=now,
        answer_by=now + ANSWER_WITHIN,
    )  # fmt: skip
    known = queries.first_reasons(line.id for line, _count in lines)
    parts = [
        RefundLineRow(refund=row, line_id=line.id, quantity=count, amount_minor=money.minor, first=line.id not in known)
        for (line, count), money in zip(lines, worth, strict=True)
    ]
    RefundLineRow.objects.bulk_create(parts)
    alias = accounts.pseudonym(order.buyer_id)
    outbox.emit(*(_asked(order, row, part, alias) for part in parts), occurred_at=now)
    return row


def _asked(order: Order, row: RefundRow, part: RefundLineRow, alias: UUID) -> RefundAsked:
    return RefundAsked(
        refund_id=row.pk, order_id=order.id, line_id=part.line_id, shop_id=order.merchant_id, buyer=alias,
        reason=row.reason, first=part.first, quantity=part.quantity, amount_minor=part.amount_minor,
        currency=order.total.currency, shipped=not order.unshipped,
    )  # fmt: skip


@transaction.atomic
def accept(account_id: UUID, refund_id: UUID) -> None:
    """The seller gives the money back. Accepting what is settled changes nothing. Raises Forbidden, Answered."""
    order, row = _open(refund_id)
    grants.require(account_id, "care", order.merchant_id)
    if row.state == RefundState.SETTLED:
        return
    _only(row, RefundState.ASKED, RefundState.DECLINED, RefundState.DISPUTED)
    _settle(row, order, Party.SELLER, account_id)


@transaction.atomic
def decline(account_id: UUID, refund_id: UUID, words: str) -> None:
    """The seller says no, and why. The buyer may go to the market. Raises Forbidden, Answered, WordsNeeded."""
    order, row = _open(refund_id)
    grants.require(account_id, "care", order.merchant_id)
    _only(row, RefundState.ASKED)
    row.state, row.answer, row.answered_at = RefundState.DECLINED.value, check_words(words), clock.now()
    row.save(update_fields=["state", "answer", "answered_at"])
    _tell_buyer(order, row, _("The shop declined to refund order {number}. You may ask the market to decide."))


@transaction.atomic
def dispute(account_id: UUID, refund_id: UUID) -> None:
    """The buyer takes a declined refund to the market. Raises NotYourRefund, Answered."""
    order, row = _open(refund_id)
    if order.buyer_id != account_id:
        raise NotYourRefund
    _only(row, RefundState.DECLINED)
    row.state = RefundState.DISPUTED.value
    row.save(update_fields=["state"])
    orders.begin_dispute(order.id, account_id, {"refund": str(row.pk)})
    _tell_seller(order, row, _("The buyer of order {number} asks the market to decide on a refund."))


@transaction.atomic
def withdraw(account_id: UUID, refund_id: UUID) -> None:
    """The buyer takes his asking back; its reason stays on record. Raises NotYourRefund, Answered."""
    order, row = _open(refund_id)
    if order.buyer_id != account_id:
        raise NotYourRefund
    _only(row, RefundState.ASKED, RefundState.DECLINED, RefundState.DISPUTED)
    _close(row, order, RefundState.WITHDRAWN, Party.BUYER, account_id)
    _tell_seller(order, row, _("The buyer of order {number} took the refund back."))


@transaction.atomic
def judge_for_buyer(operator_id: UUID, refund_id: UUID, words: str) -> None:
    """The market decides that the money goes back. Raises Forbidden, Answered, WordsNeeded."""
    order, row = _judged(operator_id, refund_id, words)
    _settle(row, order, Party.OPERATOR, operator_id)


@transaction.atomic
def judge_for_seller(operator_id: UUID, refund_id: UUID, words: str) -> None:
    """The market decides that it does not. Raises Forbidden, Answered, WordsNeeded."""
    order, row = _judged(operator_id, refund_id, words)
    _close(row, order, RefundState.REJECTED, Party.OPERATOR, operator_id)
    _tell_buyer(order, row, _("The market looked at order {number} and does not refund it. Its reasons are there."))


def _judged(operator_id: UUID, refund_id: UUID, words: str) -> tuple[Order, RefundRow]:
    accounts.require_operator(operator_id)
    order, row = _open(refund_id)
    _only(row, RefundState.DISPUTED)
    row.judgement = check_words(words)
    row.save(update_fields=["judgement"])
    audit(operator_id, "refund.judged", "refund", row.pk, {"words": row.judgement})
    return order, row


def run_due(limit: int = 100) -> int:
    """What happens by itself: unanswered is the buyer's; declined and not objected to is over. Returns how often.

    May run twice at once.
    """
    now = clock.now()
    unanswered = sum(_unanswered(refund_id) for refund_id in queries.due(now, limit))
    return unanswered + sum(_lapsed(refund_id) for refund_id in queries.lapsed(now - OBJECT_WITHIN, limit))


@transaction.atomic
def _unanswered(refund_id: UUID) -> bool:
    order, row = _open(refund_id)
    if row.state != RefundState.ASKED or row.answer_by > clock.now():
        return False
    _settle(row, order, Party.CLOCK, None)
    return True


@transaction.atomic
def _lapsed(refund_id: UUID) -> bool:
    order, row = _open(refund_id)
    if row.state != RefundState.DECLINED or row.answered_at is None or row.answered_at > clock.now() - OBJECT_WITHIN:
        return False
    _close(row, order, RefundState.REJECTED, Party.CLOCK, None)
    return True


def forget(account_id: UUID) -> None:
    """Clear a buyer's own words (when the person is erased); reasons, answers and amounts stand."""
    RefundRow.objects.filter(buyer_id=account_id).update(words="")


def check_words(words: str) -> str:
    """Raises WordsNeeded."""
    words = words.strip()
    if not 5 <= len(words) <= MOST_WORDS:
        raise WordsNeeded(field="words")
    return words


def _open(refund_id: UUID) -> tuple[Order, RefundRow]:
    order_id = RefundRow.objects.filter(pk=refund_id).values_list("order_id", flat=True).first()
    if order_id is None:
        raise NoSuchRefund
    order = orders.hold(order_id)
    return order, RefundRow.objects.select_for_update().get(pk=refund_id)


def _only(row: RefundRow, *states: RefundState) -> None:
    if row.state not in states:
        raise Answered(state=row.state)


def _settle(row: RefundRow, order: Order, by: Party, account_id: UUID | None) -> None:
    """The money goes back, from the order to the buyer, and the order goes on or ends."""
    currency = order.total.currency
    shares = {part.line_id: (part.quantity, Money(part.amount_minor, currency)) for part in row.lines.all()}
    orders.give_back(order.id, shares, f"refund {row.pk}")
    _end(row, order, RefundState.SETTLED, by)
    data = {"refund": str(row.pk)}
    if all(line.left == shares.get(line.id, (0,))[0] for line in order.lines):
        orders.close_refunded(order.id, by, account_id, data)
    elif order.state in (State.REFUNDING, State.DISPUTED):
        orders.resume(order.id, by, account_id, data)
    _tell_buyer(order, row, _("{amount} of order {number} is on its way back to you."))
    if by is not Party.SELLER:
        _tell_seller(order, row, _("{amount} of order {number} goes back to the buyer."))


def _close(row: RefundRow, order: Order, state: RefundState, by: Party, account_id: UUID | None) -> None:
    _end(row, order, state, by)
    orders.resume(order.id, by, account_id, {"refund": str(row.pk)})


def _end(row: RefundRow, order: Order, state: RefundState, by: Party) -> None:
    now = clock.now()
    row.state, row.closed_at = state.value, now
    row.answered_at = row.answered_at or (now if by is Party.SELLER else None)
    row.save(update_fields=["state", "closed_at", "answered_at"])
    outbox.emit(
        RefundSettled(
            refund_id=row.pk, order_id=order.id, shop_id=order.merchant_id, buyer=accounts.pseudonym(order.buyer_id),
            outcome=state.value, by=by.value, amount_minor=row.amount_minor, currency=order.total.currency,
            hours=int((now - row.asked_at).total_seconds() // 3600),
        ),
        occurred_at=now,
    )  # fmt: skip


def _tell_buyer(order: Order, row: RefundRow, sentence: str) -> None:
    notices.notify(order.buyer_id, "refund", sentence, _data(order, row), f"/orders/{order.id}")


def _tell_seller(order: Order, row: RefundRow, sentence: str) -> None:
    slug = merchants.shop(order.merchant_id).slug
    for account_id in order_queries.keepers(order.merchant_id, "care"):
        notices.notify(account_id, "refund", sentence, _data(order, row), f"/seller/{slug}/orders/{order.id}")


def _data(order: Order, row: RefundRow) -> dict[str, str]:
    return {"number": order.number, "amount": str(Money(row.amount_minor, order.total.currency))}
