from django.conf import settings
from django.db import models
from django.db.models.fields.json import KeyTextTransform

from laotie.kit.ids import new_id
from laotie.trade.orders.contracts import Party, State

STATES = [(state.value, state.value) for state in State]
PARTIES = [(party.value, party.value) for party in Party]


class CheckoutRow(models.Model):
    """What is paid at once. `fingerprint` is of what was asked under `key`, so that a key never means two things."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    buyer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    key = models.CharField(max_length=80)
    fingerprint = models.CharField(max_length=64)
    recipient = models.JSONField()
    total_minor = models.BigIntegerField()
    placed_at = models.DateTimeField()
    pay_by = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["buyer", "key"], name="checkout_key_once"),
            models.CheckConstraint(condition=models.Q(total_minor__gte=0), name="checkout_total_not_negative"),
        ]


class OrderRow(models.Model):
    """One shop's part of a checkout. `before` is the state that a side road (refunding, disputed) may return to.
    `settlement_days` are those of the shop's standing when the order was signed; a history that came in has none.

    No database constraint towards shop, offer, sku and product: to check it every order of the moment locks that one
    row together with all others. `goods_take` sees that they exist; they are ended, never deleted (PROTECT).
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.CharField(max_length=24)
    checkout = models.ForeignKey(CheckoutRow, models.PROTECT, related_name="orders")
    buyer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    merchant = models.ForeignKey(
        "merchants.Merchant", models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    state = models.CharField(max_length=10, choices=STATES, default=State.PLACED.value)
    before = models.CharField(max_length=10, blank=True, default="")
    goods_minor = models.BigIntegerField()
    freight_minor = models.BigIntegerField()
    total_minor = models.BigIntegerField()
    paid_minor = models.BigIntegerField(default=0)
    repaid_minor = models.BigIntegerField(default=0)
    note = models.CharField(max_length=200, blank=True, default="")
    placed_at = models.DateTimeField()
    paid_at = models.DateTimeField(null=True, blank=True)
    ship_by = models.DateTimeField(null=True, blank=True)
    arrive_by = models.DateTimeField(null=True, blank=True)
    shipped_at = models.DateTimeField(null=True, blank=True)
    signed_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    close_reason = models.CharField(max_length=40, blank=True, default="")
    late = models.BooleanField(default=False)
    due_at = models.DateTimeField(null=True, blank=True)
    settlement_days = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["buyer", "-placed_at"], name="order_of_buyer"),
            models.Index(fields=["merchant", "state", "-placed_at"], name="order_of_shop"),
            models.Index(fields=["due_at"], name="order_due", condition=models.Q(due_at__isnull=False)),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(total_minor=models.F("goods_minor") + models.F("freight_minor")),
                name="order_total_is_its_sum",
            ),
            models.CheckConstraint(
                condition=models.Q(repaid_minor__gte=0, repaid_minor__lte=models.F("paid_minor")),
                name="order_never_repaid_twice",
            ),
        ]


class LineRow(models.Model):
    """A deal: every term is copied, so that a later change of the offer changes nothing here."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    order = models.ForeignKey(OrderRow, models.PROTECT, related_name="lines")
    position = models.PositiveSmallIntegerField(default=0)
    offer = models.ForeignKey("offers.Offer", models.PROTECT, related_name="+", db_constraint=False)
    sku = models.ForeignKey("catalogue.Sku", models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    product = models.ForeignKey(
        "catalogue.Product", models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    category_id = models.UUIDField(null=True, blank=True)
    title = models.CharField(max_length=160)
    options = models.CharField(max_length=120, blank=True, default="")
    picture = models.UUIDField(null=True, blank=True)
    quantity = models.PositiveIntegerField()
    unit_price_minor = models.BigIntegerField()
    list_price_minor = models.BigIntegerField(null=True, blank=True)
    discount_minor = models.BigIntegerField(default=0)
    coupon_id = models.UUIDField(null=True, blank=True)
    discount_payer = models.CharField(max_length=10, blank=True, default="")
    freight_minor = models.BigIntegerField(default=0)
    timed_price_id = models.UUIDField(null=True, blank=True)
    plan_id = models.UUIDField(null=True, blank=True)
    commission_bp = models.PositiveIntegerField(default=0)
    creator_id = models.UUIDField(null=True, blank=True)
    promises = models.JSONField(default=dict, blank=True)
    origin = models.JSONField(default=dict, blank=True)
    refunded_quantity = models.PositiveIntegerField(default=0)
    refunded_minor = models.BigIntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(
                KeyTextTransform("session", "origin"),
                name="line_of_session",
                condition=models.Q(origin__has_key="session"),
            ),
            models.Index(fields=["creator_id"], name="line_by_creator", condition=models.Q(creator_id__isnull=False)),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(quantity__gte=1), name="line_of_one_or_more"),
            models.CheckConstraint(
                condition=models.Q(refunded_quantity__lte=models.F("quantity")), name="line_never_refunded_twice"
            ),
        ]


class StepRow(models.Model):
    """An order's history: one row a transition, never changed."""

    order = models.ForeignKey(OrderRow, models.PROTECT, related_name="steps")
    event = models.CharField(max_length=20)
    source = models.CharField(max_length=10)
    target = models.CharField(max_length=10)
    by = models.CharField(max_length=10, choices=PARTIES)
    account_id = models.UUIDField(null=True, blank=True)
    at = models.DateTimeField()
    data = models.JSONField(default=dict, blank=True)


class ParcelRow(models.Model):
    """What a shop handed to a carrier. A shop uses a tracking number of a carrier once."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    order = models.ForeignKey(OrderRow, models.PROTECT, related_name="parcels")
    carrier = models.CharField(max_length=40)
    tracking = models.CharField(max_length=40, db_index=True)
    shipped_at = models.DateTimeField()
    signed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["order", "carrier", "tracking"], name="parcel_once")]


class CarrierEventRow(models.Model):
    """What a carrier said of a parcel; the same saying twice is one row."""

    parcel = models.ForeignKey(ParcelRow, models.CASCADE, related_name="events")
    kind = models.CharField(max_length=20)
    words = models.CharField(max_length=200, blank=True, default="")
    place = models.CharField(max_length=80, blank=True, default="")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["parcel", "kind", "at"], name="carrier_event_once")]


class RepaymentRow(models.Model):
    """Money that an order owes its buyer, written in the transaction of its cause; `payments` carries it out.

    `outside`: it was taken before the order came into this market, and goes back there, from the shop.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    order = models.ForeignKey(OrderRow, models.PROTECT, related_name="repayments")
    amount_minor = models.BigIntegerField()
    cause = models.CharField(max_length=80)
    asked_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    outside = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["asked_at"], name="repayment_open", condition=models.Q(settled_at__isnull=True))
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(amount_minor__gt=0), name="repayment_of_something"),
            models.UniqueConstraint(fields=["order", "cause"], name="repayment_once_per_cause"),
        ]
