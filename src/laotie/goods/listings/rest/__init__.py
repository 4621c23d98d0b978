"""Goods over REST, under /api/goods: read by everyone, kept by merchants, judged by operators."""

from ninja import Router

from laotie.goods.listings.rest import categories, files, freight, offers, products

router = Router()
for part in (categories, files, freight, offers, products):
    router.add_router("", part.router)
