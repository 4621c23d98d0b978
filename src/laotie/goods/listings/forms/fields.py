"""Fields that Django does not have: amounts in the market's currency, and rates in per cent."""

from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from laotie.kit import market
from laotie.kit.money import BadAmount, Money


class MoneyField(forms.CharField):
    """Text such as "69.90" in the market's currency; cleans to minor units, None when empty."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=20, **kwargs)
        self.widget.attrs |= {"inputmode": "decimal", "autocomplete": "off"}

    def clean(self, value: Any) -> Any:
        """Minor units. Raises ValidationError on anything that is not an amount."""
        text = super().clean(value)
        if not text:
            return None
        currency = market.current().currency
        try:
            return Money.parse(text.lstrip("¥￥$€£").replace(",", ""), currency).minor
        except BadAmount as error:
            raise forms.ValidationError(_(error.sentence).format(text=text, currency=currency)) from error

    def prepare_value(self, value: Any) -> Any:
        return market.current().money(value).plain if isinstance(value, int) else value


class RateField(forms.CharField):
    """A percentage such as "12.5"; cleans to basis points."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=8, **kwargs)
        self.widget.attrs |= {"inputmode": "decimal", "autocomplete": "off"}

    def clean(self, value: Any) -> Any:
        """Basis points. Raises ValidationError on more than two decimals."""
        text = super().clean(value).rstrip("%％ ")
        try:
            scaled = Decimal(text) * 100
        except InvalidOperation as error:
            raise forms.ValidationError(_("“{text}” is not a percentage.").format(text=text)) from error
        if not scaled.is_finite() or scaled != scaled.to_integral_value() or abs(scaled) > 10**6:
            raise forms.ValidationError(_("“{text}” is not a percentage.").format(text=text))
        return int(scaled)


class MomentField(forms.DateTimeField):
    """A moment in the market's time zone, as browsers' datetime-local gives it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.DateTimeInput({"type": "datetime-local"}, "%Y-%m-%dT%H:%M"), **kwargs)
