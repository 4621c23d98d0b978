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


class ClipRow(models.Model):
    """A part of a recording, in milliseconds from its beginning, kept as a file of its own."""

    id = models.UUIDField(primary_key=True, editable=False)
    stream = models.ForeignKey(StreamRow, on_delete=models.CASCADE, related_name="clips")
    start_ms = models.PositiveIntegerField()
    end_ms = models.PositiveIntegerField()
    made_at = models.DateTimeField()
