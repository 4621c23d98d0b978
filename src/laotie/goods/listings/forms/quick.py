"""The small form of a row in the list: one variant's price and stock."""

from django import forms
from django.utils.translation import gettext_lazy as _

from laotie.goods.listings.forms.fields import MoneyField


class QuickForm(forms.Form):
    """`stock_seen` is what stood in the field when the page was shown."""

    offer_id = forms.UUIDField(widget=forms.HiddenInput)
    stock_seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
    price = MoneyField(label=_("Price"))
    stock = forms.IntegerField(label=_("Stock"), min_value=0, max_value=10_000_000)
