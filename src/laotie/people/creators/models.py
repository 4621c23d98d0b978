from django.conf import settings
from django.db import models


class Creator(models.Model):
    """An account that makes content and sells for merchants. The persona is what it declares to be about."""

    account = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="+")
    slug = models.SlugField(max_length=40, unique=True)
    persona = models.CharField(max_length=120)
    intro = models.TextField(max_length=1000, blank=True)
    joined_at = models.DateTimeField()
