from django.contrib.postgres.fields import ArrayField
from django.db import models


class Estimate(models.Model):
    """What the newest run of estimates holds of a thing: `rates`, chances an exposure in the order of
    `engine.matching.policy.ACTIONS`, and the `exposures` they rest on."""

    item_id = models.UUIDField(primary_key=True)
    rates = ArrayField(models.FloatField())
    exposures = models.FloatField()
    run = models.DateTimeField()


class LaneArm(models.Model):
    """A newcomer of the newest run: one thing an owner. `spent`: exposures in the lane on `day`."""

    owner_id = models.UUIDField(primary_key=True)
    item_id = models.UUIDField()
    exposures = models.FloatField()
    opened = models.FloatField()
    spent = models.PositiveIntegerField()
    run = models.DateTimeField()


class Belief(models.Model):
    """What the feed believes of a person (a pseudonym): hidden shops, which the person said, and shops and categories
    that it often looks at, which a run computed."""

    class Kind(models.TextChoices):
        HIDDEN = "hidden"
        SHOP = "shop"
        CATEGORY = "category"

    viewer = models.UUIDField()
    kind = models.CharField(max_length=8, choices=Kind)
    target_id = models.UUIDField()
    strength = models.FloatField(default=1.0)
    since = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["viewer", "kind", "target_id"], name="belief_once")]


class Forgotten(models.Model):
    """A person who deleted what the feed believed: behaviour before `at` counts for nothing any more."""

    viewer = models.UUIDField(primary_key=True)
    at = models.DateTimeField()
