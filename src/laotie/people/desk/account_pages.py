"""Looking an account up, and shutting it out or letting it in again."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from laotie.kit.pages import account_id as asker
from laotie.kit.pages import operator_only, render
from laotie.people.accounts import queries as accounts
from laotie.people.audit.queries import acts_on
from laotie.people.desk import actions
from laotie.people.desk.forms import WordsForm
from laotie.people.merchants.queries import shops_of

SIZE = 30


@operator_only
def search(request: HttpRequest) -> HttpResponse:
    """Accounts by name or address."""
    words = request.GET.get("q", "").strip()[:80]
    page = Paginator(accounts.search(asker(request), words), SIZE).get_page(request.GET.get("page"))
    return render(request, "desk/accounts.html", page=page, words=words)


@operator_only
def account(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """One account: its shops, what was done to it, and its suspension."""
    person = accounts.account(account_id)
    form = WordsForm(request.POST or None)
    if request.method == "POST" and request.POST.get("act") == "readmit":
        actions.readmit(asker(request), account_id)
        messages.success(request, _("%(name)s may sign in again.") % {"name": person.name})
        return redirect(request.path)
    if request.method == "POST" and form.is_valid():
        actions.suspend(asker(request), account_id, form.cleaned_data["words"])
        messages.success(request, _("%(name)s is shut out and has been signed out everywhere.") % {"name": person.name})
        return redirect(request.path)
    return render(
        request,
        "desk/account.html",
        person=person,
        suspended=accounts.is_suspended(account_id),
        shops=shops_of(account_id),
        acts=acts_on("account", account_id),
        form=form,
    )
