"""The forms that together make one listing: its words, its facts and its variants."""

from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from laotie.goods.catalogue import queries as catalogue
from laotie.goods.catalogue.contracts import Category
from laotie.goods.listings.forms.fields import MoneyField
from laotie.goods.offers.contracts import FreightPlan

Choices = list[tuple[str, Any]]


def category_choices() -> Choices:
    """Leaves of the tree, grouped by what stands above them."""
    language = get_language() or "en"
    groups: Choices = [("", "")]
    for root in catalogue.categories():
        for node in (node for node in root.walk() if _holds_leaves(node)):
            above = " / ".join(each.name(language) for each in catalogue.category_path(node.id))
            groups.append((above, [(str(leaf.id), leaf.name(language)) for leaf in _leaves(node)]))
    return groups


def _leaves(node: Category) -> list[Category]:
    return [child for child in node.children if not child.children] if node.children else [node]


def _holds_leaves(node: Category) -> bool:
    return any(not child.children for child in node.children) or (node.level == 1 and not node.children)


class ProductForm(forms.Form):
    """What a product says of itself."""

    title = forms.CharField(label=_("Title"), max_length=160)
    category = forms.ChoiceField(label=_("Category"))
    brand = forms.CharField(
        label=_("Brand"),
        max_length=80,
        required=False,
        widget=forms.TextInput({"list": "brands", "autocomplete": "off"}),
    )
    description = forms.CharField(
        label=_("Description"), max_length=8000, required=False, widget=forms.Textarea({"rows": 6})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].choices = category_choices()  # type: ignore[attr-defined]


class FactForm(forms.Form):
    """One attribute of the product."""

    name = forms.CharField(label=_("Attribute"), max_length=40)
    value = forms.CharField(label=_("Value"), max_length=200)


class VariantForm(forms.Form):
    """A variant with its price and stock. `stock_seen` is what stood in the field when the page was shown."""

    sku_id = forms.UUIDField(required=False, widget=forms.HiddenInput)
    stock_seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
    options = forms.CharField(label=_("Variant"), max_length=120, required=False)
    code = forms.CharField(label=_("Sku code"), max_length=60, required=False)
    price = MoneyField(label=_("Price"))
    stock = forms.IntegerField(label=_("Stock"), min_value=0, max_value=10_000_000)
    ships_within_hours = forms.IntegerField(label=_("Ships within (hours)"), min_value=1, max_value=1080, initial=48)
    freight_plan = forms.ChoiceField(label=_("Freight"), required=False)
    on_sale = forms.BooleanField(label=_("On sale"), required=False, initial=True)

    def __init__(self, *args: Any, plans: list[FreightPlan], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        free: Choices = [("", _("Free freight"))]
        self.fields["freight_plan"].choices = free + [(str(plan.id), plan.name) for plan in plans]  # type: ignore[attr-defined]
        self.fields["freight_plan"].initial = str(plans[0].id) if plans else ""


class FactSet(BaseFormSet):  # type: ignore[type-arg]
    """Attributes, each name once."""

    def clean(self) -> None:
        names = [form.cleaned_data.get("name", "") for form in self.forms if form.is_valid() and form.has_changed()]
        if len({name for name in names if name}) < len([name for name in names if name]):
            raise forms.ValidationError(_("Two attributes have the same name."))


Facts = formset_factory(FactForm, FactSet, extra=0, can_delete=True, max_num=30, validate_max=True)
Variants = formset_factory(
    VariantForm, extra=0, can_delete=True, min_num=1, validate_min=True, max_num=60, validate_max=True
)
