from django.conf import settings
from django.db import models


class Saved(models.Model):
    """A product an account keeps for later. Products live on the floor above, so only the id is known here."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    product_id = models.UUIDField()
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "product_id"], name="saved_once")]
        indexes = [models.Index(fields=["account", "-saved_at"], name="saved_newest")]
