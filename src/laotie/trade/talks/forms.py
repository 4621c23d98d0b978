"""What people type and send in a talk."""

from django import forms
from django.utils.translation import gettext_lazy as _

from laotie.kit.pages.fields import FilesField
from laotie.trade.talks.contracts import MOST_PICTURES, MOST_WORDS


class SayForm(forms.Form):
    words = forms.CharField(
        label=_("Your message"),
        max_length=MOST_WORDS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "placeholder": _("Write a message…")}),
    )
    pictures = FilesField(MOST_PICTURES, label=_("Pictures"), required=False)
