from django.db import models

from laotie.people.standing.contracts import BANDS


class SellerStanding(models.Model):
    """Append-only: the newest row at or before a moment counts at that moment."""

    seller_id = models.UUIDField()
    since = models.DateTimeField()
    band = models.CharField(max_length=10, choices=[(band, band) for band in BANDS])
    multiplier_bp = models.PositiveIntegerField()
    may_offer_plans = models.BooleanField()
    settlement_days = models.PositiveSmallIntegerField()
    decided_by = models.CharField(max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["seller_id", "since"], name="seller_standing_once_a_moment")]
