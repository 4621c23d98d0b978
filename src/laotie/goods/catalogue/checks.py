"""What a merchant may say of a product. Each check raises the error that names what is wrong and where."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

from laotie.goods.catalogue import models, queries
from laotie.goods.catalogue.contracts import ProductDraft, SkuDraft
from laotie.goods.catalogue.errors import (
    CodeTaken,
    NoSkus,
    NotALeaf,
    SameOptions,
    StrangePicture,
    TooMuch,
)
from laotie.kit.pictures import queries as pictures
from laotie.kit.text import line, text

MOST_SKUS = 60
MOST_FACTS = 30
MOST_PICTURES = 9
TITLE, DESCRIPTION, BRAND, OPTIONS, CODE, FACT_NAME, FACT_VALUE = 160, 8000, 80, 120, 60, 40, 200


def checked(merchant_id: UUID, draft: ProductDraft, product_id: UUID | None = None) -> ProductDraft:
    """The draft as it will be written, over `product_id` where it exists. Raises a BadInput of this slice."""
    node = queries.category(draft.category_id)
    if node.children:
        raise NotALeaf(field="category")
    return replace(
        draft,
        title=line(draft.title, "title", TITLE, 1),
        description=text(draft.description, "description", DESCRIPTION),
        brand=line(draft.brand, "brand", BRAND),
        facts=_facts(draft.facts or {}),
        pictures=_pictures(draft.pictures),
        skus=_skus(merchant_id, product_id, draft.skus),
    )


def _facts(facts: Mapping[str, str]) -> dict[str, str]:
    if len(facts) > MOST_FACTS:
        raise TooMuch(field="facts", most=MOST_FACTS)
    return {line(name, "facts", FACT_NAME, 1): line(value, "facts", FACT_VALUE, 1) for name, value in facts.items()}


def _pictures(ids: tuple[UUID, ...]) -> tuple[UUID, ...]:
    once = tuple(dict.fromkeys(ids))
    if len(once) > MOST_PICTURES:
        raise TooMuch(field="pictures", most=MOST_PICTURES)
    if once and not set(once) <= pictures.existing(once):
        raise StrangePicture(field="pictures")
    return once


def _skus(merchant_id: UUID, product_id: UUID | None, drafts: tuple[SkuDraft, ...]) -> tuple[SkuDraft, ...]:
    if not drafts:
        raise NoSkus(field="skus")
    if len(drafts) > MOST_SKUS:
        raise TooMuch(field="skus", most=MOST_SKUS)
    clean = tuple(
        replace(draft, options=line(draft.options, "options", OPTIONS), code=line(draft.code, "code", CODE))
        for draft in drafts
    )
    _check_options(clean)
    _check_codes(merchant_id, product_id, clean)
    return clean


def _check_options(skus: tuple[SkuDraft, ...]) -> None:
    twice = [options for options, times in Counter(sku.options for sku in skus).items() if times > 1]
    if twice:
        raise SameOptions(field="options", options=twice[0])


def _check_codes(merchant_id: UUID, product_id: UUID | None, skus: tuple[SkuDraft, ...]) -> None:
    codes = Counter(sku.code for sku in skus if sku.code)
    taken = models.Sku.objects.filter(merchant_id=merchant_id, code__in=codes, retired=False)
    taken = taken.exclude(product_id=product_id) if product_id else taken
    twice = [code for code, times in codes.items() if times > 1] or list(taken.values_list("code", flat=True)[:1])
    if twice:
        raise CodeTaken(field="code", sku_code=twice[0])
