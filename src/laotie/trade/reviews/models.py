from django.conf import settings
from django.db import models
from django.db.models import Q

from laotie.kit.ids import new_id


class ReviewRow(models.Model):
    """What a buyer said of one signed order line. Title and options are as on the line."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    line = models.OneToOneField("orders.LineRow", models.PROTECT, related_name="+")
    order_id = models.UUIDField()
    product = models.ForeignKey("catalogue.Product", models.PROTECT, related_name="+", db_index=False)
    merchant = models.ForeignKey("merchants.Merchant", models.PROTECT, related_name="+", db_index=False)
    buyer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    title = models.CharField(max_length=160)
    options = models.CharField(max_length=120, blank=True)
    stars = models.PositiveSmallIntegerField()
    words = models.TextField(blank=True)
    pictures = models.JSONField(default=list, blank=True)  # kit.pictures ids
    unnamed = models.BooleanField(default=False)
    written_at = models.DateTimeField()
    added_words = models.TextField(blank=True)
    added_pictures = models.JSONField(default=list, blank=True)
    added_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    hidden_reason = models.CharField(max_length=1000, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["product", "-written_at"], name="review_of_product"),
            models.Index(fields=["merchant", "-written_at"], name="review_of_shop"),
            models.Index(fields=["buyer", "-written_at"], name="review_of_buyer"),
        ]
        constraints = [models.CheckConstraint(condition=Q(stars__gte=1, stars__lte=5), name="review_stars_one_to_five")]
