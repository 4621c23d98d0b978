from django.conf import settings
from django.db import models

from laotie.kit.ids import new_id
from laotie.trust.risk.contracts import State


class FindingRow(models.Model):
    """Deals that a rule of risk takes for no real ones. Its judgement is written once; objections may turn it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    rule = models.CharField(max_length=40)
    day = models.DateField()
    state = models.CharField(max_length=10, choices=[(state, state) for state in State], default=State.HELD)
    confidence = models.FloatField()
    count = models.PositiveIntegerField()
    buyers = models.PositiveIntegerField()
    shops = models.PositiveIntegerField()
    shares = models.JSONField(default=dict)
    expected = models.FloatField()
    evidence = models.FloatField()
    found_at = models.DateTimeField()
    by_itself = models.BooleanField(default=False)
    answer = models.TextField(blank=True)
    judged_at = models.DateTimeField(null=True)
    judged_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    corrected_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["state", "-found_at"], name="risk_waiting")]


class FindingDeal(models.Model):
    """One deal of a finding. A deal is in one finding at most, for ever."""

    finding = models.ForeignKey(FindingRow, models.CASCADE, related_name="deals")
    line_id = models.UUIDField(unique=True)
    order_id = models.UUIDField()
    shop_id = models.UUIDField(db_index=True)
    product_id = models.UUIDField()
    buyer = models.UUIDField(db_index=True)
    placed_at = models.DateTimeField()
    marks = models.JSONField(default=list)


class ObjectionRow(models.Model):
    """One objection of an account to a finding, for a shop or for itself."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    finding = models.ForeignKey(FindingRow, models.CASCADE, related_name="objections")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    shop_id = models.UUIDField(null=True)
    words = models.TextField()
    made_at = models.DateTimeField()
    answer = models.TextField(blank=True)
    judged_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["finding", "shop_id"], name="risk_one_word_a_shop"),
            models.UniqueConstraint(
                fields=["finding", "account"], condition=models.Q(shop_id=None), name="risk_one_word_a_buyer"
            ),
        ]


class NightRow(models.Model):
    """A market day whose night was looked at, once."""

    day = models.DateField(primary_key=True)
    at = models.DateTimeField()
    deals = models.PositiveIntegerField()
    findings = models.PositiveIntegerField()
