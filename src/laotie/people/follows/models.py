from django.conf import settings
from django.db import models


class Follow(models.Model):
    """`follower` wants to hear of a shop or of an account (a creator is an account)."""

    class Kind(models.TextChoices):
        SHOP = "shop"
        ACCOUNT = "account"

    follower = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    target_id = models.UUIDField()
    started_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["follower", "kind", "target_id"], name="follow_once")]
        indexes = [models.Index(fields=["kind", "target_id", "follower"], name="follow_target")]
