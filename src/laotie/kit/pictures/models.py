from django.db import models

from laotie.kit.ids import new_id


class Picture(models.Model):
    """A picture the market keeps. Its files lie in the media folder under its id; `width` and `height` in pixels."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    owner = models.UUIDField(null=True, blank=True)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    loose = models.BooleanField(default=False)  # admitted ahead of the form that will use it
    created_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["created_at"], condition=models.Q(loose=True), name="picture_loose")]
