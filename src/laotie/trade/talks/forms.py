"""What people type and send in a talk."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from laotie.trade.talks.contracts import MOST_WORDS


class Files(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files in one field."""

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        one = super().clean
        return [one(file, initial) for file in data] if isinstance(data, list | tuple) and data else []


class SayForm(forms.Form):
    words = forms.CharField(
        label=_("Your message"),
        max_length=MOST_WORDS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "placeholder": _("Write a message…")}),
    )
    pictures = FilesField(
        label=_("Pictures"),
        required=False,
        widget=Files(attrs={"accept": "image/jpeg,image/png,image/webp,image/gif"}),
    )
