from django.db import models


class StreamRow(models.Model):
    """A stream that somebody opened. What is recorded of it lies in files; see `folders`."""

    id = models.UUIDField(primary_key=True, editable=False)
    owner = models.UUIDField()
    opened_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    deleted_at = models.DateTimeField(null=True)  # its recording is gone

    class Meta:
        indexes = [
            models.Index(fields=["owner"], name="stream_owner"),
            models.Index(fields=["opened_at"], condition=models.Q(deleted_at=None), name="stream_kept"),
        ]


class EncoderKeyRow(models.Model):
    """Which of an owner's stream keys is good: the key itself is computed, see `keys`."""

    owner = models.UUIDField(primary_key=True, editable=False)
    serial = models.PositiveIntegerField()
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)


class ClipRow(models.Model):
    """A part of a recording, in milliseconds from its beginning, kept as a file of its own."""

    id = models.UUIDField(primary_key=True, editable=False)
    stream = models.ForeignKey(StreamRow, on_delete=models.CASCADE, related_name="clips")
    start_ms = models.PositiveIntegerField()
    end_ms = models.PositiveIntegerField()
    made_at = models.DateTimeField()
