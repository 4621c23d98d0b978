from django.conf import settings
from django.db import models

from laotie.kit.ids import new_id
from laotie.trust.violations.contracts import Rule


class ViolationRow(models.Model):
    """Judged once, never changed; an upheld appeal voids it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=8)
    entity_id = models.UUIDField()
    rule = models.CharField(max_length=20, choices=[(rule.value, rule.value) for rule in Rule])
    points_bp = models.PositiveIntegerField()
    note = models.TextField()
    judged_at = models.DateTimeField(db_index=True)
    judged_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    voided_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["kind", "entity_id", "-judged_at"], name="violation_of_entity")]
