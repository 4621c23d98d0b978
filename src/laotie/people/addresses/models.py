from django.conf import settings
from django.db import models

from laotie.kit import clock
from laotie.kit.ids import new_id


class Address(models.Model):
    """Where parcels of an account go. Orders copy it when they are placed, so it may change at any time."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    name = models.CharField(max_length=60)
    phone = models.CharField(max_length=30)
    region = models.CharField(max_length=60)  # a first-level division, see contracts.REGIONS
    city = models.CharField(max_length=80)
    street = models.CharField(max_length=200)
    postcode = models.CharField(max_length=20, blank=True)
    is_default = models.BooleanField(default=False)
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account"], condition=models.Q(is_default=True), name="address_one_default_per_account"
            ),
        ]
