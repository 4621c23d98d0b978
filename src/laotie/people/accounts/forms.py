"""Forms about one's own account. They parse; the actions judge."""

from typing import Any

from allauth.account.forms import ChangePasswordForm, ResetPasswordKeyForm, SetPasswordForm, SignupForm
from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from laotie.kit.pages.problems import sentence
from laotie.people import words

PASSWORD_HINT = _("At least 8 characters; not only digits, not a common one, not your name.")


class NewPassword(forms.Form):
    """Says what a password needs in one sentence, where allauth lists Django's rules as HTML."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].help_text = PASSWORD_HINT


class ChangePassword(NewPassword, ChangePasswordForm):  # type: ignore[misc]
    """For who knows the old one."""


class ResetPassword(NewPassword, ResetPasswordKeyForm):  # type: ignore[misc]
    """For who came by the link in the mail."""


class SetPassword(NewPassword, SetPasswordForm):  # type: ignore[misc]
    """For who never had one."""


class SignUp(NewPassword, SignupForm):  # type: ignore[misc]
    """E-mail, password and the name others see."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=40,
        help_text=_("Shops and regulars see it. You can change it at any time."),
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
    )
    field_order = ["name", "email", "password1"]

    def clean_name(self) -> str:
        """The name as it will be kept."""
        try:
            return words.line(self.cleaned_data["name"], "name", at_most=40)
        except words.BadWords as error:
            raise forms.ValidationError(sentence(error)) from error


class Profile(forms.Form):
    """The name, the language, the face."""

    name = forms.CharField(
        label=_("Your name"), max_length=40, widget=forms.TextInput(attrs={"autocomplete": "nickname"})
    )
    language = forms.ChoiceField(label=_("Language of pages and mail"), choices=settings.LANGUAGES)
    face = forms.FileField(
        label=_("Face"),
        required=False,
        help_text=_("A JPEG, PNG or WebP picture."),
        widget=forms.FileInput(attrs={"accept": "image/*"}),
    )
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
