"""Forms of a host. They parse; the actions judge."""

from django import forms
from django.utils.translation import gettext_lazy as _

from laotie.places.rooms.contracts import Used

MOMENT = "%Y-%m-%dT%H:%M"


class Plan(forms.Form):
    """What a session is about, and when."""

    title = forms.CharField(
        label=_("Title"), max_length=80, help_text=_("Such as: “Sun-dried prawns, straight from the boat”.")
    )
    planned_at = forms.DateTimeField(
        label=_("Begins"),
        input_formats=[MOMENT],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT),
        help_text=_("In the market's time."),
    )
    intro = forms.CharField(label=_("About"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 4}))


class NewCard(forms.Form):
    """An offer to be shown, and what the host has to say of it."""

    offer = forms.UUIDField(widget=forms.HiddenInput)
    drawback = forms.CharField(
        label=_("One drawback"),
        max_length=120,
        help_text=_("Such as: “Salty; soak them first.” Who is told one believes the rest."),
    )
    used = forms.ChoiceField(
        label=_("I know it from"),
        required=False,
        choices=[("", _("I have not used it")), (Used.OWN_DEAL, _("my own purchase")), (Used.SAMPLE, _("a sample"))],
    )
    used_since = forms.DateField(label=_("Since"), required=False, widget=forms.DateInput(attrs={"type": "date"}))


class Words(forms.Form):
    """Words that are not said in a session."""

    words = forms.CharField(
        label=_("Words nobody may say here, one a line"), required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
