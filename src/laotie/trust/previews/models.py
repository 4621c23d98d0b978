from django.conf import settings
from django.db import models

from laotie.kit.ids import new_id
from laotie.trust.previews.contracts import State


class PreviewRow(models.Model):
    """One trial of a rulebook on the history of a day. `asked_by` is empty where the market itself tried a version that
    was published; only of those the effects on each seller are kept."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    content = models.TextField()
    version = models.CharField(max_length=12, db_index=True)
    name = models.CharField(max_length=7)
    base = models.CharField(max_length=12)
    day = models.DateField()
    state = models.CharField(max_length=10, choices=[(state, state) for state in State], default=State.WAITING)
    step = models.PositiveSmallIntegerField(default=0)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    result = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["-asked_at"], name="preview_newest")]


class EffectRow(models.Model):
    """What a coming rulebook would make of one seller's or product's score."""

    preview = models.ForeignKey(PreviewRow, models.CASCADE, related_name="effects")
    kind = models.CharField(max_length=8)
    entity_id = models.UUIDField()
    before = models.JSONField()
    after = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["preview", "kind", "entity_id"], name="effect_once")]
        indexes = [models.Index(fields=["kind", "entity_id"], name="effect_of_entity")]


class ToldRow(models.Model):
    """Sellers were told of a version once."""

    version = models.CharField(max_length=12, primary_key=True)
    at = models.DateTimeField()
