"""Forms of timed prices, caps and commission plans of one product."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from laotie.goods.listings.contracts import Variant
from laotie.goods.listings.forms.fields import MomentField, MoneyField, RateField


class ForVariant(forms.Form):
    """A form about one variant's offer."""

    offer = forms.ChoiceField(label=_("Variant"))

    def __init__(self, *args: Any, variants: list[Variant], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [
            (str(each.offer.id), f"{each.options or each.code or '·'} · {each.offer.price}")
            for each in variants
            if each.offer
        ]
        self.fields["offer"].choices = choices  # type: ignore[attr-defined]


class TimedPriceForm(ForVariant):
    price = MoneyField(label=_("Special price"))
    starts_at = MomentField(label=_("Starts"))
    ends_at = MomentField(label=_("Ends"))
    cap_per_buyer = forms.IntegerField(label=_("At most per buyer"), min_value=1, max_value=10_000_000, required=False)
    allotment = forms.IntegerField(label=_("Pieces at this price"), min_value=1, max_value=10_000_000, required=False)


class CapForm(ForVariant):
    cap = forms.IntegerField(
        label=_("At most per buyer"), min_value=1, max_value=10_000_000, required=False,
        help_text=_("Empty: as many as there are."),
    )  # fmt: skip


class CommissionForm(ForVariant):
    rate = RateField(label=_("Commission rate in %"))
    ends_at = MomentField(label=_("Ends"), required=False)
