"""Forms about one's own account. They parse; the actions judge."""

from allauth.account.forms import SignupForm
from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _


class SignUp(SignupForm):  # type: ignore[misc]
    """E-mail, password and the name others see."""

    name = forms.CharField(
        label=_("Name"),
        max_length=40,
        help_text=_("Shops and regulars see it. You can change it at any time."),
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
    )
    field_order = ["name", "email", "password1"]


class Profile(forms.Form):
    """The name, the language, the face."""

    name = forms.CharField(label=_("Name"), max_length=40, widget=forms.TextInput(attrs={"autocomplete": "nickname"}))
    language = forms.ChoiceField(label=_("Language of pages and mail"), choices=settings.LANGUAGES)
    face = forms.ImageField(label=_("Face"), required=False, help_text=_("JPEG, PNG or WebP, at most 10 MB."))
    no_face = forms.BooleanField(label=_("Show no face"), required=False)


class NewToken(forms.Form):
    """A key's name and how long it works."""

    name = forms.CharField(label=_("What is it for?"), max_length=60)
    days = forms.TypedChoiceField(
        label=_("Works for"),
        coerce=int,
        choices=[(30, _("30 days")), (90, _("90 days")), (365, _("One year"))],
    )


class Erasing(forms.Form):
    """The password, once more."""

    password = forms.CharField(
        label=_("Your password"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )
