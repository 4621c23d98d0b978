from django.conf import settings
from django.db import models

from laotie.kit.ids import new_id


class Grant(models.Model):
    """`account` may act for `seller_id` within `scope` until a moment or until it is revoked."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    seller_id = models.UUIDField()
    scope = models.CharField(max_length=10)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["account", "seller_id", "scope"], name="grant_holder")]
        constraints = [
            models.UniqueConstraint(
                fields=["account", "seller_id", "scope"],
                condition=models.Q(revoked_at=None),
                name="grant_once_while_not_revoked",
            ),
        ]
