"""Forms of shops. They parse; the actions judge."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from laotie.people.grants.contracts import SCOPES

SCOPE_WORDS = {
    "goods": _("Goods: list, price, stock, the shop's own words"),
    "air": _("On air: cut prices and hand out coupons in live rooms"),
    "orders": _("Orders: see and ship them"),
    "care": _("Care: answer questions, reviews and refunds"),
    "money": _("Money: statements and payouts"),
    "team": _("Team: invite and remove people"),
    "score": _("Scores: see and appeal them"),
}


class ShopWords(forms.Form):
    """What buyers read about a shop."""

    name = forms.CharField(
        label=_("Name of the shop"), max_length=80, help_text=_("What buyers will call you. 2 to 80 characters.")
    )
    intro = forms.CharField(
        label=_("What do you sell, and why should one trust it?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Who you are, where the goods come from, what you promise. Operators and buyers read it."),
    )
    ships_from = forms.CharField(
        label=_("Ships from"), max_length=80, help_text=_("City and region, so that buyers can tell how long it takes.")
    )


class ShopFace(ShopWords):
    """The words and the face."""

    face = forms.FileField(
        label=_("Face of the shop"),
        required=False,
        help_text=_("A JPEG, PNG or WebP picture."),
        widget=forms.FileInput(attrs={"accept": "image/*"}),
    )


class Invite(forms.Form):
    """Whom to invite, and what they may do."""

    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    scopes = forms.MultipleChoiceField(
        label=_("What may they do?"), required=False, choices=[], widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, offered: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["scopes"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(scope, SCOPE_WORDS[scope]) for scope in SCOPES if scope in offered]
