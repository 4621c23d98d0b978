from django.db import models


class ProductStanding(models.Model):
    """Append-only: the newest row at or before a moment counts at that moment."""

    product_id = models.UUIDField()
    since = models.DateTimeField()
    band = models.CharField(max_length=10)
    multiplier_bp = models.PositiveIntegerField()
    decided_by = models.CharField(max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["product_id", "since"], name="product_standing_once_a_moment")]
