from django.db import models


class Batch(models.Model):
    """A part of an archive that is in, whole: written in the transaction that brought it in.

    `digest` is of the archive's contents, `part` names the batch within it.
    """

    source = models.CharField(max_length=80)
    digest = models.CharField(max_length=64)
    part = models.CharField(max_length=60)
    loaded = models.JSONField()  # table → rows that were new
    done_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "digest", "part"], name="history_batch_once")]


class AdmittedPicture(models.Model):
    """A picture file of an archive, by its content, and the picture that it became here."""

    digest = models.CharField(max_length=64, primary_key=True)
    picture = models.UUIDField()
