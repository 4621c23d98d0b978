from django.db import models


class StockBucket(models.Model):
    """A part of an offer's stock. Hot offers have several buckets, so that writers do not queue for one row."""

    offer = models.ForeignKey("offers.Offer", models.CASCADE, related_name="+")
    bucket = models.PositiveSmallIntegerField()
    available = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["offer", "bucket"], name="stock_bucket_once"),
            models.CheckConstraint(condition=models.Q(available__gte=0), name="stock_never_below_zero"),
        ]
