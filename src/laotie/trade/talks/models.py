from django.conf import settings
from django.db import models

from laotie.kit.ids import new_id
from laotie.trade.talks.contracts import MOST_WORDS, About, Side

SIDES = [(side.value, side.value) for side in Side]


class TalkRow(models.Model):
    """A thread of one buyer with one shop about one thing. The last words and the counts are kept for the lists."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    buyer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    merchant = models.ForeignKey("merchants.Merchant", models.PROTECT, related_name="+", db_index=False)
    about = models.CharField(max_length=8, choices=[(about.value, about.value) for about in About])
    about_id = models.UUIDField()
    title = models.CharField(max_length=160)
    picture = models.UUIDField(null=True, blank=True)
    opened_at = models.DateTimeField()
    last_at = models.DateTimeField()
    last_words = models.CharField(max_length=120, blank=True)
    last_side = models.CharField(max_length=5, choices=SIDES)
    buyer_unread = models.PositiveIntegerField(default=0)
    shop_unread = models.PositiveIntegerField(default=0)
    waiting_since = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    closed_reason = models.CharField(max_length=1000, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["buyer", "merchant", "about", "about_id"], name="talk_once_a_topic")
        ]
        indexes = [
            models.Index(fields=["buyer", "-last_at"], name="talk_of_buyer"),
            models.Index(fields=["merchant", "-last_at"], name="talk_of_shop"),
            models.Index(fields=["merchant", "waiting_since"], name="talk_waiting"),
        ]


class MessageRow(models.Model):
    """Something said. `waited_seconds` is set on the words that answered a waiting buyer."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    talk = models.ForeignKey(TalkRow, models.CASCADE, related_name="messages", db_index=False)
    side = models.CharField(max_length=5, choices=SIDES)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    words = models.TextField(max_length=MOST_WORDS, blank=True)
    pictures = models.JSONField(default=list, blank=True)  # kit.pictures ids
    at = models.DateTimeField()
    waited_seconds = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["talk", "at"], name="message_of_talk")]
