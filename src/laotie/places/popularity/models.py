from django.db import models


class ProductPulse(models.Model):
    """One product's sales. `heat` is ln Σ quantity · e^(RATE · age of the market at the sale): it needs no ageing,
    since time lowers all products alike, so its order is right at any time."""

    product_id = models.UUIDField(primary_key=True)
    sold = models.BigIntegerField()
    heat = models.FloatField()
    last_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["-heat"], name="pulse_hottest")]
