from django.db import models


class StockBucket(models.Model):
    """A part of what is left of something that can be sold out. Hot things have several buckets, so that writers do
    not queue for one row; bucket 0 always exists once stock was set, and is locked first when buckets change.

    `holder` is an offer, or a timed price with an allotment of its own.
    """

    holder = models.UUIDField()
    bucket = models.PositiveSmallIntegerField()
    available = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["holder", "bucket"], name="stock_bucket_once"),
            models.CheckConstraint(condition=models.Q(available__gte=0), name="stock_never_below_zero"),
        ]


class StockDoubt(models.Model):
    """A bucket of `holder` ran empty or was filled again: whether it is sold out must be looked at once more.

    Written in the transaction that moved the stock, without a lock; `tasks` settle it into a fact.
    """

    holder = models.UUIDField()


class SoldOut(models.Model):
    """The holders that the market was last told are sold out."""

    holder = models.UUIDField(primary_key=True)
    since = models.DateTimeField()
