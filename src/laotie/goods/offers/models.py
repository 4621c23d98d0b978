from django.db import models
from django.db.models import Q

from laotie.kit.ids import new_id


class FreightPlan(models.Model):
    """What a merchant asks for carrying one order. The first plan of a merchant is its default."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    merchant = models.ForeignKey("merchants.Merchant", models.CASCADE, related_name="+")
    name = models.CharField(max_length=60)
    base_minor = models.BigIntegerField(default=0)
    each_more_minor = models.BigIntegerField(default=0)
    free_from_minor = models.BigIntegerField(null=True, blank=True)
    arrives_within_days = models.PositiveSmallIntegerField(null=True, blank=True)  # of shipping; null: no promise
    regions = models.JSONField(default=dict, blank=True)  # region → surcharge in minor units, or null: not served


class Offer(models.Model):
    """A merchant's price, freight and state for a sku. Its stock lives in goods.stock."""

    class Status(models.TextChoices):
        ON_SALE = "on_sale"
        OFF = "off"
        TAKEN_DOWN = "taken_down"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    sku = models.ForeignKey("catalogue.Sku", models.PROTECT, related_name="+")
    product = models.ForeignKey("catalogue.Product", models.PROTECT, related_name="+")
    merchant = models.ForeignKey("merchants.Merchant", models.PROTECT, related_name="+")
    price_minor = models.BigIntegerField()
    freight_plan = models.ForeignKey(FreightPlan, models.PROTECT, null=True, blank=True, related_name="+")
    ships_within_hours = models.PositiveSmallIntegerField(default=48)
    status = models.CharField(max_length=12, choices=Status, default=Status.OFF)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(price_minor__gte=0), name="offer_price_not_negative"),
            models.UniqueConstraint(fields=["sku", "merchant"], name="offer_once_per_merchant"),
        ]


class PriceChange(models.Model):
    """One row for every price an offer ever had, the first included; the price index reads them."""

    offer = models.ForeignKey(Offer, models.CASCADE, related_name="+")
    price_minor = models.BigIntegerField()
    changed_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["offer", "changed_at"], name="price_history")]
