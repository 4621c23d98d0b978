from django.conf import settings
from django.db import models

from laotie.kit.ids import new_id


class Audit(models.Model):
    """One privileged act: who did what to which thing, when. Rows are written once; the database refuses changes."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    at = models.DateTimeField(db_index=True)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    act = models.CharField(max_length=60)
    object_kind = models.CharField(max_length=40)
    object_id = models.UUIDField()
    data = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["object_kind", "object_id"], name="audit_object")]
