from django.conf import settings
from django.db import models

from laotie.kit.ids import new_id
from laotie.trust.appeals.contracts import State


class AppealRow(models.Model):
    """One appeal a deal, for ever."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    shop_id = models.UUIDField(db_index=True)
    line_id = models.UUIDField(unique=True)
    order_id = models.UUIDField()
    product_id = models.UUIDField()
    outcome = models.CharField(max_length=20)
    cost = models.FloatField()
    words = models.TextField()
    state = models.CharField(max_length=10, choices=[(state, state) for state in State], default=State.OPEN)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    answer = models.TextField(blank=True)
    judged_at = models.DateTimeField(null=True)
    judged_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    first_day = models.DateField()  # the first day whose scores the deal was in
    corrected_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["state", "made_at"], name="appeal_waiting")]
