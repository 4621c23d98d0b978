"""Forms of a host. They parse; the actions judge."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from laotie.kit import market
from laotie.kit.money import BadAmount, Money
from laotie.places.rooms.contracts import Used

MOMENT = "%Y-%m-%dT%H:%M"


class Amount(forms.CharField):
    """Text such as "69.90" in the market's currency; cleans to minor units."""

    def __init__(self, **more: Any) -> None:
        super().__init__(max_length=20, **more)
        self.widget.attrs |= {"inputmode": "decimal", "autocomplete": "off"}

    def clean(self, value: Any) -> int | None:
        """Raises ValidationError on anything that is not an amount."""
        words, currency = super().clean(value), market.current().currency
        if not words:
            return None
        try:
            return Money.parse(words.lstrip("¥￥$€£").replace(",", ""), currency).minor
        except BadAmount as error:
            raise forms.ValidationError(gettext(error.sentence).format(text=words, currency=currency)) from error


class Plan(forms.Form):
    """What a session is about, and when."""

    title = forms.CharField(
        label=pgettext_lazy("of a session", "Title"),
        max_length=80,
        help_text=_("Such as: “Sun-dried prawns, straight from the boat”."),
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


class FlashOffer(forms.Form):
    """A price with a clock and a count."""

    price = Amount(label=_("Price for each"))
    pieces = forms.IntegerField(label=_("How many at this price"), min_value=1, max_value=100_000, initial=10)
    cap_per_buyer = forms.IntegerField(
        label=_("At most per buyer"), min_value=1, max_value=999, required=False, initial=1,
        help_text=_("Empty: as many as there are."),
    )  # fmt: skip
    starts_in = forms.TypedChoiceField(
        label=_("Starts"), coerce=int,
        choices=[(0, _("now")), (10, _("in 10 seconds")), (30, _("in 30 seconds")), (60, _("in one minute")),
                 (300, _("in 5 minutes"))],
    )  # fmt: skip
    seconds = forms.TypedChoiceField(
        label=_("Lasts"), coerce=int, initial=180,
        choices=[(60, _("one minute")), (180, _("3 minutes")), (300, _("5 minutes")), (600, _("10 minutes")),
                 (1800, _("30 minutes"))],
    )  # fmt: skip


class HandOut(forms.Form):
    """A coupon of one of the shops whose prices the host may cut."""

    shop = forms.TypedChoiceField(label=_("At the cost of"), coerce=UUID)
    amount = Amount(label=_("Takes off"))
    threshold = Amount(label=_("From goods worth"))
    budget = Amount(label=_("All of them may cost"), help_text=_("As many are handed out as this pays for."))
    minutes = forms.TypedChoiceField(
        label=_("Good for"), coerce=int, initial=60,
        choices=[(10, _("10 minutes")), (60, _("one hour")), (1440, _("one day")), (10080, _("a week"))],
    )  # fmt: skip

    def __init__(self, *args: Any, shops: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["shop"].choices = shops  # type: ignore[attr-defined]


LENGTHS = [(30, _("30 seconds")), (60, _("one minute")), (180, _("3 minutes")), (600, _("10 minutes"))]


class NewDraw(forms.Form):
    """A prize and how many win it."""

    prize = forms.CharField(label=_("Prize"), max_length=80)
    winners = forms.IntegerField(label=_("How many win"), min_value=1, max_value=100, initial=1)
    seconds = forms.TypedChoiceField(label=_("Entries close after"), coerce=int, choices=LENGTHS, initial=60)


def _yes_or_no() -> str:
    return "\n".join((gettext("yes"), gettext("no")))


class NewVote(forms.Form):
    """A question, and its answers one a line."""

    question = forms.CharField(label=_("Question"), max_length=120, initial=_("Was that true?"))
    options = forms.CharField(
        label=_("Answers, one a line"), initial=_yes_or_no, widget=forms.Textarea(attrs={"rows": 3}), max_length=200
    )
    seconds = forms.TypedChoiceField(label=_("Lasts"), coerce=int, choices=LENGTHS, initial=60)
