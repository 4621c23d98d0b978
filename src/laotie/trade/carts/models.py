from django.db import models


class CartLineRow(models.Model):
    """A line of a cart. `cart` is the account's id, or the id in a visitor's signed cookie."""

    cart = models.UUIDField()
    guest = models.BooleanField(default=False)
    offer = models.ForeignKey("offers.Offer", models.CASCADE, related_name="+")
    quantity = models.PositiveIntegerField()
    seen_minor = models.BigIntegerField()
    origin = models.JSONField(default=dict, blank=True)
    saved = models.BooleanField(default=False)
    put_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cart", "offer"], name="cart_line_once"),
            models.CheckConstraint(condition=models.Q(quantity__gte=1), name="cart_line_of_one_or_more"),
        ]
        indexes = [models.Index(fields=["put_at"], name="cart_of_guests", condition=models.Q(guest=True))]
