from django.db import models

from laotie.kit.ids import new_id


class CurveSet(models.Model):
    """What scores are measured against for a week: a prior and a curve for each metric and category. Never changed;
    where a metric gets its first facts within the week, another set with the same `day` adds it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    day = models.DateField(db_index=True)
    rulebook = models.CharField(max_length=12)
    curves = models.JSONField()


class ScoreRun(models.Model):
    """One computing of all scores of a market day. A published run is made once; corrected ones may follow."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    day = models.DateField()
    series = models.CharField(max_length=10)
    rulebook = models.CharField(max_length=20)
    known_until = models.DateTimeField()
    absent = models.JSONField(default=dict)
    curves = models.ForeignKey(CurveSet, models.PROTECT, null=True)
    heavy = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["day"], condition=models.Q(series="published"), name="score_published_once_a_day"
            )
        ]


class ScoreRow(models.Model):
    """One entity's score in a run. `score_e4` is ten thousand times the score; `parts`, `costs` and
    `change` explain it; `gates` are those that are closed to it."""

    run = models.ForeignKey(ScoreRun, models.CASCADE, related_name="rows")
    kind = models.CharField(max_length=8)
    entity_id = models.UUIDField()
    day = models.DateField()
    category = models.CharField(max_length=40, default="")
    score_e4 = models.PositiveIntegerField()
    total = models.FloatField()
    status = models.CharField(max_length=12)
    band = models.CharField(max_length=8)
    window = models.PositiveSmallIntegerField()
    deals = models.PositiveIntegerField()
    parts = models.JSONField()
    costs = models.JSONField()
    change = models.JSONField(null=True)
    gates = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "kind", "entity_id"], name="score_once_a_run")]
        indexes = [models.Index(fields=["kind", "entity_id", "-day"], name="score_of_entity")]
