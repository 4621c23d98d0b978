"""What allauth is told about this market: how an account is made, where mail and people go."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.utils import translation

from laotie.kit import market
from laotie.kit.pages import account_id as account_of
from laotie.people import words
from laotie.people.accounts import roles
from laotie.people.accounts.actions import joined
from laotie.people.accounts.models import Account


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Makes the account and its fact in one transaction, and mails people in their own language."""

    def save_user(self, request: HttpRequest, user: Account, form: Any, commit: bool = True) -> Account:
        with transaction.atomic():
            user.name = words.line(form.cleaned_data["name"], "name", at_most=40)
            user.language = translation.get_language() or user.language
            saved: Account = super().save_user(request, user, form, commit=commit)
            if commit:
                joined(saved.pk)
        return saved

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Where there is something to do: the operators' desk, a role's first page, the market."""
        if request.user.is_authenticated and request.user.is_operator:
            return "/operator/"
        return roles.first_page(account_of(request)) or "/"

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        reader = Account.objects.filter(email=email).first()
        with translation.override(reader.language if reader else translation.get_language()):
            super().send_mail(template_prefix, email, context | {"current_site": Sender(market.current().name)})


@dataclass(frozen=True, slots=True)
class Sender:
    """Who signs a mail, as allauth's texts ask for it."""

    name: str

    @property
    def domain(self) -> str:
        return urlsplit(settings.PUBLIC_URL).netloc


class MfaAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Names the account in the authenticator app by its e-mail address."""

    def get_totp_label(self, user: Account) -> str:
        return user.email

    def build_totp_svg(self, url: str) -> str:
        """The picture without its XML prolog, since it stands inside a page."""
        svg: str = super().build_totp_svg(url)
        return svg[svg.index("<svg") :]
