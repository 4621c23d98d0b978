from django.conf import settings
from django.db import models
from django.db.models import Q


class VersionRow(models.Model):
    """A published rulebook. Its content never changes; one that does not count yet can be withdrawn."""

    version = models.CharField(max_length=12, primary_key=True)
    name = models.CharField(max_length=7, unique=True)
    content = models.TextField()
    effective_from = models.DateField()
    note = models.TextField(blank=True)
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["effective_from"], condition=Q(withdrawn_at=None), name="rulebook_one_from_a_day"
            )
        ]


class DraftRow(models.Model):
    """The one rulebook that the operators are writing. `base` is the version it began as."""

    content = models.TextField()
    base = models.CharField(max_length=12)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
