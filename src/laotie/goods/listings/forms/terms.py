"""Forms of timed prices, caps and commission plans of one product."""

import re
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from laotie.goods.listings.contracts import Variant
from laotie.goods.listings.forms.fields import MomentField, MoneyField, RateField
from laotie.people.creators import queries as creators


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
    """A commission plan; nobody named: open to every creator."""

    rate = RateField(label=_("Commission rate in %"))
    creators = forms.CharField(
        label=_("Only for these creators"), max_length=4000, required=False, widget=forms.Textarea({"rows": 2}),
        help_text=_("Their names or the addresses of their pages, one a line or with commas. Empty: every creator."),
    )  # fmt: skip
    starts_at = MomentField(label=_("Starts"), required=False, help_text=_("Empty: now."))
    ends_at = MomentField(label=_("Ends"), required=False, help_text=_("Empty: until you end it."))

    def clean_creators(self) -> list[UUID]:
        """Their accounts. Names those that mean no creator, or several."""
        asked = [word.strip() for word in re.split(r"[\n,，、;；]", self.cleaned_data["creators"]) if word.strip()]
        found = creators.called(asked)
        lost = [word for word in asked if word not in found]
        if lost:
            said = _("No creator, or more than one, is called {names}. Give the address of the page.")
            raise forms.ValidationError(said.format(names=", ".join(lost)))
        return list(dict.fromkeys(each.account_id for each in found.values()))
