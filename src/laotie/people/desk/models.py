from django.conf import settings
from django.db import models

from laotie.kit.ids import new_id
from laotie.people.desk.contracts import State


class ReportRow(models.Model):
    """A case about one thing. What it showed when it was opened is kept, so that it can be judged after a change."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    object_kind = models.CharField(max_length=20)
    object_id = models.UUIDField()
    title = models.CharField(max_length=200)
    link = models.CharField(max_length=300, blank=True)
    excerpt = models.TextField(max_length=2000, blank=True)
    owners = models.JSONField(default=list)  # account ids as text
    state = models.CharField(max_length=12, choices=[(state.value, state.value) for state in State])
    opened_at = models.DateTimeField()
    judged_at = models.DateTimeField(null=True, blank=True)
    judged_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    words = models.TextField(max_length=1000, blank=True)
    objection = models.TextField(max_length=2000, blank=True)
    objected_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["state", "opened_at"], name="report_waiting")]
        constraints = [
            models.UniqueConstraint(
                fields=["object_kind", "object_id"], condition=models.Q(state="open"), name="report_open_once"
            ),
        ]


class FilingRow(models.Model):
    """One account's complaint in a case."""

    report = models.ForeignKey(ReportRow, models.CASCADE, related_name="filings")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    reason = models.CharField(max_length=12)
    words = models.TextField(max_length=1000, blank=True)
    filed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "account"], name="report_filed_once")]
