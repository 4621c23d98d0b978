from django.conf import settings
from django.db import models

from laotie.kit.ids import new_id
from laotie.trust.appeals.contracts import Ground, State, Subject


class AppealRow(models.Model):
    """One appeal of a seller against a thing, for ever. `subject_id` is a line or a violation."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=8, default="shop")
    entity_id = models.UUIDField()
    seller_id = models.UUIDField()
    subject = models.CharField(max_length=10, choices=[(s, s) for s in Subject], default=Subject.DEAL)
    subject_id = models.UUIDField()
    ground = models.CharField(max_length=10, choices=[(g, g) for g in Ground], default=Ground.WRONG)
    order_id = models.UUIDField(null=True)
    product_id = models.UUIDField(null=True)
    outcome = models.CharField(max_length=20)
    cost = models.FloatField()
    stood = models.FloatField(default=0)  # the score when the appeal was made
    words = models.TextField()
    state = models.CharField(max_length=10, choices=[(state, state) for state in State], default=State.OPEN)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    answer = models.TextField(blank=True)
    judged_at = models.DateTimeField(null=True)
    judged_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    first_day = models.DateField()  # the first day whose scores it was in
    corrected_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject", "subject_id", "seller_id"], name="appeal_once_a_seller")
        ]
        indexes = [
            models.Index(fields=["state", "made_at"], name="appeal_waiting"),
            models.Index(fields=["seller_id", "-made_at"], name="appeal_of_seller"),
        ]
