"""The form of a freight plan and its regions."""

from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from laotie.goods.listings.forms.fields import MoneyField
from laotie.goods.offers.contracts import FreightPlan
from laotie.people.addresses.queries import regions


class PlanForm(forms.Form):
    """What carrying one order costs."""

    name = forms.CharField(label=_("Name"), max_length=60, help_text=_("Only you see it."))
    base = MoneyField(label=_("First piece"), initial=0)
    each_more = MoneyField(label=_("Every further piece"), initial=0)
    free_from = MoneyField(
        label=_("Free freight from"), required=False, help_text=_("Value of the goods; empty: never free.")
    )
    arrives_within_days = forms.IntegerField(
        label=_("Arrives within (days)"), required=False, min_value=1, max_value=90,
        help_text=_("From shipping on. Buyers are told, and keeping it counts in your score. Empty: no promise."),
    )  # fmt: skip


class RegionForm(forms.Form):
    """What one region costs on top, or that it is not served."""

    region = forms.CharField(label=_("Region"), max_length=40)
    surcharge = MoneyField(label=_("Surcharge"), required=False)
    not_served = forms.BooleanField(label=_("Not served"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = regions()
        if known:
            choices = [("", ""), *((region, region) for region in known)]
            self.fields["region"] = forms.ChoiceField(label=_("Region"), choices=choices)


class RegionSet(BaseFormSet):  # type: ignore[type-arg]
    """Regions, each once."""

    def clean(self) -> None:
        named = [form.cleaned_data["region"] for form in self.forms if form.is_valid() and form.cleaned_data]
        if len(set(named)) < len(named):
            raise forms.ValidationError(_("A region is there twice."))

    def regions(self) -> dict[str, int | None]:
        """Surcharge in minor units by region, None where it is not served; only when valid."""
        rows = [form.cleaned_data for form in self if form.cleaned_data and not form.cleaned_data.get("DELETE")]
        return {row["region"]: None if row["not_served"] else row["surcharge"] or 0 for row in rows}


Regions = formset_factory(RegionForm, RegionSet, extra=0, can_delete=True, max_num=200, validate_max=True)


def initial_of(plan: FreightPlan) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """What the forms show of a plan."""
    words = {
        "name": plan.name,
        "base": plan.base.minor,
        "each_more": plan.each_more.minor,
        "free_from": plan.free_from.minor if plan.free_from else None,
        "arrives_within_days": plan.arrives_within_days,
    }
    return words, [
        {"region": region, "surcharge": extra.minor if extra else None, "not_served": extra is None}
        for region, extra in plan.regions.items()
    ]
