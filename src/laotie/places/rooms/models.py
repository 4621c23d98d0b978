from uuid import uuid4

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from laotie.kit.ids import new_id
from laotie.places.rooms.contracts import Role, State, Used

STATES = [(state.value, state.value) for state in State]


class SessionRow(models.Model):
    """One broadcast. `seq` numbers what changes in its room; who changes something holds this row."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    creator = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    title = models.CharField(max_length=80)
    intro = models.TextField(max_length=500, blank=True)
    cover = models.UUIDField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=STATES, default=State.PLANNED.value)
    planned_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    explaining = models.UUIDField(null=True, blank=True)
    explaining_since = models.DateTimeField(null=True, blank=True)
    blocked = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    seq = models.BigIntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(fields=["creator", "-planned_at"], name="session_of_creator"),
            models.Index(fields=["state", "planned_at"], name="session_by_state"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["creator"], condition=models.Q(state="on_air"), name="session_on_air_one_a_creator"
            )
        ]


class CardRow(models.Model):
    """An offer in a session, with what was known of it when it was carded. A removed one stays for its orders."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    session = models.ForeignKey(SessionRow, models.CASCADE, related_name="cards")
    position = models.PositiveSmallIntegerField()
    offer = models.ForeignKey("offers.Offer", models.PROTECT, related_name="+")
    product_id = models.UUIDField()
    shop_id = models.UUIDField()
    plan_id = models.UUIDField(null=True, blank=True)
    commission_bp = models.PositiveIntegerField(default=0)
    price_minor = models.BigIntegerField()
    band = models.CharField(max_length=10)
    drawback = models.CharField(max_length=120)
    used_since = models.DateField(null=True, blank=True)
    used = models.CharField(max_length=10, blank=True, default="", choices=[(used.value, used.value) for used in Used])
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["session", "offer"], condition=models.Q(removed_at=None), name="card_once_a_session"
            ),
            models.CheckConstraint(condition=~models.Q(drawback=""), name="card_has_a_drawback"),
        ]


class HandedRow(models.Model):
    """A coupon handed out in a session; what it is worth is `goods.terms`' to say. `gone_at`: when none was left."""

    coupon = models.UUIDField(primary_key=True)
    session = models.ForeignKey(SessionRow, models.CASCADE, related_name="+")
    at = models.DateTimeField()
    gone_at = models.DateTimeField(null=True, blank=True)


class DrawRow(models.Model):
    """A draw of a prize. `secret` is nobody's to see before `drawn_at`."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    session = models.ForeignKey(SessionRow, models.CASCADE, related_name="+")
    prize = models.CharField(max_length=80)
    winners = models.PositiveSmallIntegerField()
    secret = models.CharField(max_length=64)
    opened_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    drawn_at = models.DateTimeField(null=True, blank=True)
    entries = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["session"], condition=models.Q(drawn_at=None), name="draw_one_open_a_session"
            )
        ]


class EntryRow(models.Model):
    """Somebody's part in a draw: its id is published and says nothing of who it is. `account` None: forgotten."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    draw = models.ForeignKey(DrawRow, models.CASCADE, related_name="+")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField()
    won = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["draw", "account"], name="entry_once_a_draw")]


class VoteRow(models.Model):
    """A question to the room. `told` is the tally that the room was last told; `due`: there is a newer one."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    session = models.ForeignKey(SessionRow, models.CASCADE, related_name="+")
    question = models.CharField(max_length=120)
    options = ArrayField(models.CharField(max_length=40))
    opened_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    told = ArrayField(models.PositiveIntegerField())
    told_at = models.DateTimeField()
    due = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["session"], condition=models.Q(closed_at=None), name="vote_one_open_a_session"
            )
        ]


class BallotRow(models.Model):
    """What somebody answered."""

    vote = models.ForeignKey(VoteRow, models.CASCADE, related_name="+", db_index=False)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    choice = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["vote", "account"], name="ballot_once_a_vote")]


class ExplanationRow(models.Model):
    """A stretch of a session in which the host spoke of one card: what a replay of the card is cut from."""

    session = models.ForeignKey(SessionRow, models.CASCADE, related_name="+")
    card = models.ForeignKey(CardRow, models.CASCADE, related_name="explanations")
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    clip = models.UUIDField(null=True, blank=True)


class LineRow(models.Model):
    """A line of chat. A hidden one stays, for reports."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    session = models.ForeignKey(SessionRow, models.CASCADE, related_name="lines")
    seq = models.BigIntegerField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    role = models.CharField(max_length=10, choices=[(role.value, role.value) for role in Role])
    words = models.CharField(max_length=200)
    at = models.DateTimeField()
    intent = models.CharField(max_length=20, blank=True, default="")
    answered_at = models.DateTimeField(null=True, blank=True)
    hidden_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["session", "-seq"], name="line_newest", condition=models.Q(hidden_at=None)),
            models.Index(fields=["author", "-at"], name="line_of_author"),
        ]


class EventRow(models.Model):
    """What changed in a room, by number; kept so long that whoever was away for a while can catch up."""

    session = models.ForeignKey(SessionRow, models.CASCADE, related_name="+", db_index=False)
    seq = models.BigIntegerField()
    kind = models.CharField(max_length=20)
    body = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "seq"], name="event_by_number")]


class PulseRow(models.Model):
    """Likes and viewers of a room, apart from its session: they change all the time and number nothing."""

    session = models.OneToOneField(SessionRow, models.CASCADE, primary_key=True, related_name="+")
    beat = models.BigIntegerField(default=0)
    likes = models.BigIntegerField(default=0)
    viewers = models.PositiveIntegerField(default=0)
    peak = models.PositiveIntegerField(default=0)
    beat_at = models.DateTimeField(null=True, blank=True)


class ShutRow(models.Model):
    """Someone who may not speak, or not enter, in a creator's rooms until `until` (None: until pardoned)."""

    creator = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    act = models.CharField(max_length=4, choices=[("mute", "mute"), ("ban", "ban")])
    until = models.DateTimeField(null=True, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["creator", "account", "act"], name="shut_once")]


class HelperRow(models.Model):
    """Someone who keeps order in a creator's rooms."""

    creator = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    since = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["creator", "account"], name="helper_once")]


class ReservationRow(models.Model):
    """Someone who wants to be told when a session begins."""

    session = models.ForeignKey(SessionRow, models.CASCADE, related_name="reservations")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True, blank=True)
    came_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "account"], name="reservation_once")]
