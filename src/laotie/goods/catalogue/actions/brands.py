"""Brands come into being when a merchant first names one."""

from hashlib import blake2b

from django.utils.text import slugify

from laotie.goods.catalogue import models
from laotie.goods.catalogue.contracts import Brand


def ensure_brand(name: str) -> Brand:
    """The brand of this name, made when there is none. Case, spaces and signs do not make another brand."""
    slug = slugify(name, allow_unicode=True)[:80] or blake2b(name.encode(), digest_size=8).hexdigest()
    row, _ = models.Brand.objects.get_or_create(slug=slug, defaults={"name": name[:80]})
    return Brand(row.id, row.slug, row.name)
