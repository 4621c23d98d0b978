"""What narrows the record of acts."""

from django import forms
from django.utils.translation import gettext_lazy as _


class AuditForm(forms.Form):
    """Which acts to list. Unusable values narrow nothing and say so."""

    act = forms.CharField(label=_("Act"), max_length=60, required=False)
    words = forms.CharField(label=_("Who"), max_length=80, required=False)
    object_id = forms.UUIDField(label=_("Thing"), required=False)
    since = forms.DateField(label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label=_("To"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
