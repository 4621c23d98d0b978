"""What people type and send about a deal."""

from django import forms
from django.utils.translation import gettext_lazy as _

from laotie.kit.pages.fields import FilesField
from laotie.trade.reviews.contracts import MOST_PICTURES, MOST_WORDS

LINES = {"rows": 4}
STARS = [("5", _("Very good")), ("4", _("Good")), ("3", _("So-so")), ("2", _("Bad")), ("1", _("Very bad"))]


class WordsForm(forms.Form):
    """A shop's answer."""

    words = forms.CharField(label=_("Your answer"), max_length=MOST_WORDS, widget=forms.Textarea(attrs=LINES))


class AddForm(forms.Form):
    """What a buyer adds."""

    words = forms.CharField(
        label=_("How is it after a while?"), max_length=MOST_WORDS, widget=forms.Textarea(attrs=LINES)
    )
    pictures = FilesField(MOST_PICTURES, label=_("Pictures"), required=False, help_text=_("Up to six."))


class ReviewForm(forms.Form):
    stars = forms.TypedChoiceField(
        label=_("Stars"), choices=STARS, coerce=int, widget=forms.RadioSelect(attrs={"class": "unseen"})
    )
    words = forms.CharField(
        label=_("What was it like?"),
        help_text=_("As described? Well packed? Would you buy it again?"),
        max_length=MOST_WORDS,
        required=False,
        widget=forms.Textarea(attrs=LINES),
    )
    pictures = FilesField(MOST_PICTURES, label=_("Pictures"), required=False, help_text=_("Up to six."))
    unnamed = forms.BooleanField(label=_("Do not show my name"), required=False)
