"""Outside a demo, the consoles open only to people who sign in with a second step."""

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from laotie.kit.pages import account_id as who
from laotie.people.accounts.queries import has_second_step

CONSOLES = ("/seller/", "/operator/")


class SecondStep:
    """Sends sellers and operators to set it up first. Their REST keys are made by a session that passed here."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not self._lacks_it(request):
            return self.get_response(request)
        messages.warning(request, _("Turn on the second step at sign-in first: you act for others here."))
        return redirect("mfa_activate_totp")

    def _lacks_it(self, request: HttpRequest) -> bool:
        asked = settings.SECOND_STEP_REQUIRED and request.path_info.startswith(CONSOLES)
        return bool(asked and request.user.is_authenticated and not has_second_step(who(request)))
