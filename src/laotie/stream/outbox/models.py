from django.db import models


class CurrentTransaction(models.Func):
    """The running transaction's 64-bit id. Subtransactions (savepoints) share their top transaction's."""

    template = "(pg_current_xact_id()::text::bigint)"
    arity = 0
    output_field = models.BigIntegerField()


class OutboxRow(models.Model):
    """A fact waiting for its readers, who read by (`xid`, `position`) below the oldest running transaction."""

    position = models.BigAutoField(primary_key=True)
    xid = models.BigIntegerField(db_default=CurrentTransaction())
    fact_id = models.UUIDField()
    kind = models.CharField(max_length=60)
    version = models.PositiveSmallIntegerField()
    occurred_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    body = models.JSONField()

    class Meta:
        indexes = [models.Index(fields=["xid", "position"], name="outbox_order")]


class Cursor(models.Model):
    """How far one reader has come: the last (`xid`, `position`) it is done with, and what stops it, if anything."""

    name = models.CharField(max_length=60, primary_key=True)
    xid = models.BigIntegerField(default=0)
    position = models.BigIntegerField(default=0)
    trouble = models.CharField(max_length=500, default="", blank=True)


class Trimmed(models.Model):
    """How many facts of a kind have left the outbox, so that the stations can still be counted against each other."""

    kind = models.CharField(max_length=60, primary_key=True)
    count = models.BigIntegerField(default=0)
