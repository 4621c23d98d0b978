from django.conf import settings
from django.db import models

from laotie.kit.ids import new_id


class ImportRun(models.Model):
    """A CSV file that a merchant sent in: first judged line by line, then carried out when he says so.

    `bad`: [line number, column key, sentence, data] for everything that cannot be used. `plan`: what carrying out
    would do, counted, and the first changes in words. `done` of `total` lines, for the progress bar.
    """

    class Status(models.TextChoices):
        JUDGING = "judging"
        JUDGED = "judged"
        IMPORTING = "importing"
        DONE = "done"
        REFUSED = "refused"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    merchant = models.ForeignKey("merchants.Merchant", models.CASCADE, related_name="+")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    name = models.CharField(max_length=120)
    content = models.BinaryField()
    status = models.CharField(max_length=10, choices=Status, default=Status.JUDGING)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    plan = models.JSONField(default=dict)
    bad = models.JSONField(default=list)
    sent_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["merchant", "-sent_at"], name="import_of_merchant")]
