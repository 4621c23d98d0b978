from django.db import models


class OutboxRow(models.Model):
    """A fact waiting for its readers. `xid` orders readers below the oldest running transaction."""

    position = models.BigAutoField(primary_key=True)
    xid = models.BigIntegerField(db_index=True)  # filled by the database: pg_current_xact_id()
    fact_id = models.UUIDField()
    kind = models.CharField(max_length=60)
    version = models.PositiveSmallIntegerField()
    occurred_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    body = models.JSONField()
