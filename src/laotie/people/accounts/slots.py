"""What accounts put on other rooms' pages."""

from django.http import HttpRequest
from django.template.loader import render_to_string

from laotie.people.accounts import roles


def ask_second_step(request: HttpRequest, second_step: bool) -> str:
    """Asks sellers and operators for a second step at sign-in."""
    user = request.user
    if second_step or not user.is_authenticated or not (user.is_operator or roles.acts_for_others(user.pk)):
        return ""
    return render_to_string("accounts/ask_second_step.html", request=request)
