"""The editor of a listing: its forms, formsets and pictures as one thing, filled from a request or from a product.

Whatever button is pressed, nothing typed is lost: rows are added to what was sent, and pictures are kept as soon as
they arrive, so that a page shown again still has them.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.forms import BaseFormSet
from django.http import HttpRequest, QueryDict

from laotie.goods.listings.contracts import Listing, ListingSku, Row
from laotie.goods.listings.forms.pictures import Pictures
from laotie.goods.listings.forms.product import FactForm, Facts, ProductForm, VariantForm, Variants
from laotie.goods.offers.contracts import FreightPlan
from laotie.kit.errors import MarketError
from laotie.kit.pages.problems import sentence

ADDS = {"add_fact": "fact", "add_variant": "sku"}


class Editor:
    """Everything a merchant fills in for one listing."""

    def __init__(self, plans: list[FreightPlan], data: QueryDict | None, initial: Mapping[str, Any]) -> None:
        self.errors: list[str] = []
        self.form = ProductForm(data, initial=initial.get("product"))
        self.facts: BaseFormSet[FactForm] = Facts(data, prefix="fact", initial=initial.get("facts"))
        self.variants: BaseFormSet[VariantForm] = Variants(
            data, prefix="sku", initial=initial.get("variants"), form_kwargs={"plans": plans}
        )
        self.pictures: Pictures = initial.get("pictures") or Pictures(())

    def is_valid(self) -> bool:
        return all([self.form.is_valid(), self.facts.is_valid(), self.variants.is_valid(), not self.errors])

    def listing(self) -> Listing:
        """What was filled in; only after `is_valid`."""
        words = self.form.cleaned_data
        return Listing(
            title=words["title"],
            category_id=UUID(words["category"]),
            brand=words["brand"],
            description=words["description"],
            facts={fact["name"]: fact["value"] for fact in _kept(self.facts)},
            pictures=tuple(self.pictures.ids),
            skus=tuple(_sku(variant) for variant in _kept(self.variants)),
        )

    def refuse(self, error: MarketError) -> None:
        """Show an error of an action where it belongs."""
        if error.field in self.form.fields:
            self.form.add_error(error.field, sentence(error))
        else:
            self.errors.append(sentence(error))


def _kept(formset: "BaseFormSet[Any]") -> list[dict[str, Any]]:
    return [form.cleaned_data for form in formset if form.cleaned_data and not form.cleaned_data.get("DELETE")]


def _sku(variant: Mapping[str, Any]) -> ListingSku:
    return ListingSku(
        price_minor=variant["price"],
        stock=variant["stock"],
        options=variant["options"],
        code=variant["code"],
        ships_within_hours=variant["ships_within_hours"],
        freight_plan_id=UUID(variant["freight_plan"]) if variant["freight_plan"] else None,
        on_sale=variant["on_sale"],
        sku_id=variant["sku_id"],
        stock_seen=variant["stock_seen"],
    )


def editor_of(row: Row, plans: list[FreightPlan]) -> Editor:
    """The editor filled with what the product is now."""
    product = row.product
    words = {
        "title": product.title,
        "category": str(product.category_id),
        "brand": product.brand,
        "description": product.description,
    }
    facts = [{"name": name, "value": value} for name, value in product.facts.items()]
    variants = [_initial(variant) for variant in row.variants]
    return Editor(
        plans, None, {"product": words, "facts": facts, "variants": variants, "pictures": Pictures(product.pictures)}
    )


def _initial(variant: Any) -> dict[str, Any]:
    offer = variant.offer
    return {
        "sku_id": variant.sku_id,
        "options": variant.options,
        "code": variant.code,
        "price": offer.price.minor if offer else None,
        "stock": variant.left,
        "stock_seen": variant.left,
        "ships_within_hours": offer.ships_within_hours if offer else 48,
        "freight_plan": str(offer.freight_plan_id or "") if offer else "",
        "on_sale": offer is not None and offer.status == "on_sale",
    }


def blank_editor(plans: list[FreightPlan]) -> Editor:
    """The editor of a new listing: one variant, travelling by the merchant's default plan."""
    return Editor(plans, None, {"facts": [], "variants": [{}]})


def editor_from(request: HttpRequest, plans: list[FreightPlan], owner: UUID) -> Editor:
    """The editor as it was sent, with one more row where a button asked for one."""
    data = request.POST.copy()
    prefix = ADDS.get(data.get("act", ""))
    if prefix:
        count = data.get(f"{prefix}-TOTAL_FORMS", "0")
        data[f"{prefix}-TOTAL_FORMS"] = str(min(60, int(count) + 1) if count.isascii() and count.isdigit() else 1)
    pictures, refused = Pictures.sent(request, owner)
    editor = Editor(plans, data, {"pictures": pictures})
    editor.errors += [sentence(error) for error in refused]
    return editor
