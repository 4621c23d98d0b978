from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from laotie.kit.ids import new_id


class OfferCap(models.Model):
    """How many of an offer one buyer may buy at its standing price, counted from when the cap was set."""

    offer = models.OneToOneField("offers.Offer", models.CASCADE, primary_key=True, related_name="+")
    cap = models.PositiveIntegerField()


class TimedPrice(models.Model):
    """A price from `starts_at` to `ends_at` (half open). An allotment's units are kept in goods.stock under this id."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    offer = models.ForeignKey("offers.Offer", models.CASCADE, related_name="+")
    price_minor = models.BigIntegerField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    cap_per_buyer = models.PositiveIntegerField(null=True, blank=True)
    allotment = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(price_minor__gte=0), name="timed_price_not_negative"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="timed_price_ends_after_start"),
        ]
        indexes = [models.Index(fields=["offer", "starts_at", "ends_at"], name="timed_price_of_offer")]


class Coupon(models.Model):
    """Money off one shop's order. How many may still be claimed is kept in goods.stock under this id."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    shop = models.ForeignKey("merchants.Merchant", models.CASCADE, related_name="+")
    amount_minor = models.BigIntegerField()
    threshold_minor = models.BigIntegerField()
    budget_minor = models.BigIntegerField()
    cap_per_buyer = models.PositiveIntegerField(default=1)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    payer = models.CharField(max_length=10)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(amount_minor__gte=1, threshold_minor__gte=F("amount_minor")), name="coupon_takes_a_part"
            ),
            models.CheckConstraint(condition=Q(budget_minor__gte=F("amount_minor")), name="coupon_for_one_at_least"),
        ]


class CouponClaim(models.Model):
    """A coupon in an account's hand; `order` is the one it was used for."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    coupon = models.ForeignKey(Coupon, models.CASCADE, related_name="+", db_index=False)
    account = models.UUIDField()
    claimed_at = models.DateTimeField()
    order = models.UUIDField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["account", "coupon"], name="claim_of_account"),
            models.Index(fields=["order"], name="claim_of_order", condition=Q(order__isnull=False)),
        ]


class Bought(models.Model):
    """What an account has bought of something capped. `holder` is the offer or the timed price that has the cap."""

    holder = models.UUIDField()
    account = models.UUIDField()
    quantity = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["holder", "account"], name="bought_once_per_account")]


class CommissionPlan(models.Model):
    """Terms under which creators may sell an offer: `rate_bp` of what the line is paid, in basis points.

    `creators` empty: open to every creator. An order line copies the rate when it is placed.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    offer = models.ForeignKey("offers.Offer", models.CASCADE, related_name="+")
    rate_bp = models.PositiveIntegerField()
    creators = ArrayField(models.UUIDField(), default=list, blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(rate_bp__gte=1, rate_bp__lte=9000), name="commission_rate_in_range"),
        ]
        indexes = [models.Index(fields=["offer", "starts_at"], name="commission_of_offer")]
