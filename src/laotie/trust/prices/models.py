from django.db import models


class ComparedRow(models.Model):
    """How a product's price stands since the last night. Ten-thousandths; earlier nights are facts."""

    product_id = models.UUIDField(primary_key=True)
    shop_id = models.UUIDField()
    day = models.DateField()
    basis = models.CharField(max_length=4)
    index_e4 = models.PositiveIntegerField(null=True)
    points_e4 = models.PositiveSmallIntegerField(null=True)
    sellers = models.PositiveIntegerField()
    landed_minor = models.BigIntegerField()
    cut_e4 = models.PositiveSmallIntegerField()
    cluster = models.UUIDField(db_index=True)
