from django.db import models
from django.db.models import F, Q

from laotie.kit.ids import new_id
from laotie.trade.payments.contracts import PaymentState

STATES = [(state.value, state.value) for state in PaymentState]


class PaymentRow(models.Model):
    """One attempt to pay a checkout. `arrived_minor` is what the provider says it collected."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    checkout = models.ForeignKey("orders.CheckoutRow", models.PROTECT, related_name="+")
    provider = models.CharField(max_length=20)
    reference = models.CharField(max_length=80, blank=True, default="")
    page = models.CharField(max_length=500, blank=True, default="")
    state = models.CharField(max_length=10, choices=STATES, default=PaymentState.STARTED.value)
    amount_minor = models.BigIntegerField()
    arrived_minor = models.BigIntegerField(default=0)
    given_back_minor = models.BigIntegerField(default=0)
    started_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["checkout"], name="payment_one_running", condition=Q(state=PaymentState.STARTED.value)
            ),
            models.UniqueConstraint(
                fields=["provider", "reference"], name="payment_reference_once", condition=~Q(reference="")
            ),
            models.CheckConstraint(
                condition=Q(given_back_minor__gte=0, given_back_minor__lte=F("arrived_minor")),
                name="payment_never_given_back_twice",
            ),
        ]

    @property
    def left_minor(self) -> int:
        """What arrived and was not promised back."""
        return self.arrived_minor - self.given_back_minor


class EventRow(models.Model):
    """What a provider said. A replay finds its row and changes nothing."""

    payment = models.ForeignKey(PaymentRow, models.PROTECT, related_name="events")
    provider = models.CharField(max_length=20)
    event = models.CharField(max_length=120)
    kind = models.CharField(max_length=10)
    amount_minor = models.BigIntegerField()
    at = models.DateTimeField()
    received_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["provider", "event"], name="payment_event_once")]


class GivenBackRow(models.Model):
    """Money on its way back through a provider. `repayment` is the order's; None for money no order needed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    payment = models.ForeignKey(PaymentRow, models.PROTECT, related_name="given_back")
    repayment = models.OneToOneField("orders.RepaymentRow", models.PROTECT, null=True, blank=True, related_name="+")
    amount_minor = models.BigIntegerField()
    asked_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["asked_at"], name="given_back_open", condition=Q(settled_at__isnull=True)),
        ]


class SandboxPaymentRow(models.Model):
    """The sandbox provider's own book, as if it were another company's."""

    reference = models.CharField(primary_key=True, max_length=40)
    asked = models.UUIDField(unique=True)
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    what = models.CharField(max_length=120)
    return_to = models.CharField(max_length=300)
    choice = models.CharField(max_length=20, blank=True, default="")
    collected = models.BooleanField(default=False)


class SandboxRefundRow(models.Model):
    """A refund in the sandbox's book."""

    asked = models.UUIDField(primary_key=True)
    payment = models.ForeignKey(SandboxPaymentRow, models.CASCADE, related_name="refunds")
    amount_minor = models.BigIntegerField()
