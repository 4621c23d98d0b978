from django.db import models
from django.db.models import Q

from laotie.kit.ids import new_id
from laotie.trade.refunds.contracts import OPEN, Reason, RefundState


class RefundRow(models.Model):
    """One asking for money back. Its reason and words are never changed afterwards; words go when a buyer is erased."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    order = models.ForeignKey("orders.OrderRow", models.PROTECT, related_name="+")
    merchant = models.ForeignKey("merchants.Merchant", models.PROTECT, related_name="+", db_index=False)
    buyer_id = models.UUIDField()
    state = models.CharField(max_length=10, choices=[(state.value, state.value) for state in RefundState])
    reason = models.CharField(max_length=20, choices=[(reason.value, reason.value) for reason in Reason])
    words = models.CharField(max_length=500, blank=True, default="")
    amount_minor = models.BigIntegerField()
    asked_at = models.DateTimeField()
    answer_by = models.DateTimeField()
    answer = models.CharField(max_length=500, blank=True, default="")
    answered_at = models.DateTimeField(null=True, blank=True)
    judgement = models.CharField(max_length=500, blank=True, default="")
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["order"], name="refund_one_open", condition=Q(state__in=sorted(state.value for state in OPEN))
            ),
            models.CheckConstraint(condition=Q(amount_minor__gte=0), name="refund_not_negative"),
        ]
        indexes = [
            models.Index(fields=["merchant", "state", "answer_by"], name="refund_of_shop"),
            models.Index(fields=["answer_by"], name="refund_due", condition=Q(state=RefundState.ASKED.value)),
        ]


class RefundLineRow(models.Model):
    """So many pieces of a line. `first`: this asking's reason is the deal's outcome."""

    refund = models.ForeignKey(RefundRow, models.CASCADE, related_name="lines")
    line = models.ForeignKey("orders.LineRow", models.PROTECT, related_name="+")
    quantity = models.PositiveIntegerField()
    amount_minor = models.BigIntegerField()
    first = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["line"], name="refund_first_reason", condition=Q(first=True)),
            models.UniqueConstraint(fields=["refund", "line"], name="refund_line_once"),
        ]
