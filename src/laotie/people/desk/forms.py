"""What people type at the desk."""

from django import forms
from django.utils.translation import gettext_lazy as _

from laotie.people.desk.contracts import Reason

REASONS = {
    Reason.FAKE: _("Counterfeit or not as described"),
    Reason.FORBIDDEN: _("May not be sold"),
    Reason.MISLEADING: _("Misleading words or pictures"),
    Reason.FRAUD: _("Fraud, or asks to pay elsewhere"),
    Reason.OFFENSIVE: _("Insults, hate or obscenity"),
    Reason.PRIVATE: _("Shows someone’s private data"),
    Reason.SPAM: _("Spam or advertising"),
    Reason.OTHER: _("Something else"),
}
LINES = {"rows": 3}


class ReportForm(forms.Form):
    reason = forms.ChoiceField(
        label=_("What is wrong?"),
        choices=[(reason.value, words) for reason, words in REASONS.items()],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=_("Tell us more"),
        help_text=_("What should we look at? Needed when you choose “Something else”."),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs=LINES),
    )


class WordsForm(forms.Form):
    """A reason: of a decision, an objection, a suspension."""

    words = forms.CharField(label=_("Reason"), min_length=5, max_length=1000, widget=forms.Textarea(attrs=LINES))
