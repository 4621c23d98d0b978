"""The form of an address. It parses; the actions judge."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from laotie.people.addresses.queries import regions


def _text(label: Any, size: int, autocomplete: str, **more: Any) -> forms.CharField:
    widget = forms.TextInput(attrs={"autocomplete": autocomplete})
    return forms.CharField(label=label, max_length=size, widget=widget, **more)


class AddressForm(forms.Form):
    """One address; the region is chosen from the market's list where it has one."""

    name = _text(_("Who receives it"), 60, "name")
    phone = _text(_("Phone"), 30, "tel", help_text=_("The carrier calls it when nobody opens."))
    region = _text(_("Region"), 60, "address-level1")
    city = _text(_("City and district"), 80, "address-level2")
    street = _text(_("Street, house, door"), 200, "street-address")
    postcode = _text(_("Postcode"), 20, "postal-code", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = regions()
        if known:
            choices = [("", _("Choose a region")), *((name, name) for name in known)]
            self.fields["region"] = forms.ChoiceField(label=_("Region"), choices=choices)
