from django.conf import settings
from django.db import models

from laotie.kit.ids import new_id


class Merchant(models.Model):
    """An organisation that owns offers; its face to buyers is its shop."""

    class Status(models.TextChoices):
        APPLIED = "applied"
        APPROVED = "approved"
        REJECTED = "rejected"
        CLOSED = "closed"
        TAKEN_DOWN = "taken_down"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=80)
    intro = models.TextField(max_length=2000, blank=True)
    face = models.UUIDField(null=True, blank=True)  # a kit.pictures id
    ships_from = models.CharField(max_length=80, blank=True)
    status = models.CharField(max_length=12, choices=Status, default=Status.APPLIED)
    applied_at = models.DateTimeField()
    approved_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(max_length=1000, blank=True)  # why an operator rejected the application or took it down

    def __str__(self) -> str:
        return self.name


class Member(models.Model):
    """An account's place in a merchant. What a role may do is said by `people.grants`."""

    class Role(models.TextChoices):
        OWNER = "owner"
        STAFF = "staff"

    merchant = models.ForeignKey(Merchant, models.CASCADE, related_name="members")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    role = models.CharField(max_length=10, choices=Role)
    joined_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["merchant", "account"], name="merchant_member_once")]


class Invitation(models.Model):
    """A place in a shop's team offered to an e-mail address. The link carries the id, signed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    merchant = models.ForeignKey(Merchant, models.CASCADE, related_name="invitations")
    email = models.EmailField()
    scopes = models.JSONField(default=list)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
