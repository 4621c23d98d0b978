"""Forms of a creator. They parse; the actions judge."""

from django import forms
from django.utils.translation import gettext_lazy as _


class Persona(forms.Form):
    """What one declares to be about."""

    persona = forms.CharField(
        label=_("What are you about?"),
        max_length=120,
        help_text=_("One line, such as: “Seafood from Zhoushan, from the boat to the pan”. You are held to it."),
    )
    intro = forms.CharField(
        label=_("More about you"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 5})
    )


class Joining(Persona):
    """The address of the page as well."""

    slug = forms.CharField(
        label=_("Address of your page"),
        max_length=40,
        help_text=_("3 to 40 small letters, digits and hyphens. It cannot be changed later."),
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false"}),
    )
    field_order = ["slug", "persona", "intro"]
