from django.conf import settings
from django.db import models

from laotie.kit.ids import new_id


class Notice(models.Model):
    """One thing an account should know. `sentence` is a msgid and `data` fills it, so it is read in any language."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=30)
    sentence = models.CharField(max_length=300)
    data = models.JSONField(default=dict)
    link = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["account", "-at"], name="notice_newest"),
            models.Index(fields=["account"], condition=models.Q(read_at=None), name="notice_unread"),
        ]


class Preference(models.Model):
    """Whether notices of a kind also go by e-mail. No row: the kind's own default."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=30)
    by_email = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "kind"], name="notice_preference_once")]
