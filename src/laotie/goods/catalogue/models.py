from django.db import models
from django.db.models import Q

from laotie.kit.ids import new_id


class Category(models.Model):
    """One node of the three-level tree. `level` is 1, 2 or 3; products hang on leaves."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    level = models.PositiveSmallIntegerField()
    slug = models.SlugField(max_length=80, unique=True)
    name_zh = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(level__in=(1, 2, 3)), name="category_three_levels")]


class Brand(models.Model):
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=80)


class Product(models.Model):
    """The thing. `merchant` listed it and keeps its words and pictures; `facts` are its attributes."""

    class Status(models.TextChoices):
        DRAFT = "draft"
        LISTED = "listed"
        ENDED = "ended"
        TAKEN_DOWN = "taken_down"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    merchant = models.ForeignKey("merchants.Merchant", models.PROTECT, related_name="+")
    category = models.ForeignKey(Category, models.PROTECT, related_name="+")
    brand = models.ForeignKey(Brand, models.PROTECT, null=True, blank=True, related_name="+")
    title = models.CharField(max_length=160)
    description = models.TextField(max_length=8000, blank=True)
    facts = models.JSONField(default=dict, blank=True)
    pictures = models.JSONField(default=list, blank=True)  # kit.pictures ids in order, the first is the cover
    status = models.CharField(max_length=12, choices=Status, default=Status.DRAFT)
    takedown_reason = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField()
    listed_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["merchant", "status", "-changed_at"], name="product_of_merchant"),
            models.Index(fields=["category", "-listed_at"], condition=Q(status="listed"), name="product_listed"),
        ]


class Sku(models.Model):
    """A variant of a product; `options` name it ("500 g"). `code` is the merchant's own, once per merchant."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    merchant = models.ForeignKey("merchants.Merchant", models.PROTECT, related_name="+")
    product = models.ForeignKey(Product, models.CASCADE, related_name="skus")
    code = models.CharField(max_length=60, blank=True)
    options = models.CharField(max_length=120, blank=True)
    position = models.PositiveIntegerField(default=0)
    retired = models.BooleanField(default=False)  # no longer offered; kept because orders may name it

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["merchant", "code"],
                condition=~Q(code="") & Q(retired=False),
                name="sku_code_once_per_merchant",
            )
        ]
