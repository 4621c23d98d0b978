"""The operators' pages of trials: ask for one, watch it, read what it found."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_POST, require_safe

from laotie.kit.pages import account_id, operator_only, rate_limit, render, wants_partial
from laotie.people.accounts import queries as accounts
from laotie.trust.previews import actions, queries, words
from laotie.trust.previews.contracts import STEPS, KindResult, Preview
from laotie.trust.rulebook import queries as rulebooks
from laotie.trust.scores import queries as scores


@require_POST
@operator_only
@rate_limit("previews", 20)
def ask(request: HttpRequest) -> HttpResponse:
    """Try the draft as it stands, or a version that was published."""
    version = request.POST.get("version", "")
    content = rulebooks.version(version).content if version else rulebooks.draft().content
    return redirect("previews:one", actions.ask(account_id(request), content).id)


@require_safe
@operator_only
def one(request: HttpRequest, preview_id: UUID) -> HttpResponse:
    """A trial: how far it is, or what it found."""
    preview = queries.preview(preview_id)
    context: dict[str, Any] = {"preview": preview, "steps": STEPS, "doing": words.doing(preview.step)}
    if wants_partial(request) and preview.waiting:
        return render(request, "previews/progress.html", **context)
    page = render(request, "previews/one.html", kinds=_kinds(preview), base=rulebooks.version(preview.base), **context)
    if wants_partial(request):
        page["HX-Refresh"] = "true"
    return page


@require_safe
@operator_only
def every(request: HttpRequest) -> HttpResponse:
    """The newest trials."""
    rows = queries.previews(60)
    names = accounts.accounts(row.asked_by for row in rows if row.asked_by)
    return render(
        request, "previews/list.html", rows=[(row, names.get(row.asked_by) if row.asked_by else None) for row in rows]
    )


def _kinds(preview: Preview) -> list[dict[str, Any]]:
    return [{"shown": words.shown(found), "movers": _movers(found)} for found in preview.results]


def _movers(found: KindResult) -> list[dict[str, Any]]:
    named = scores.named(found.kind, [mover.entity_id for mover in found.movers])
    return [{"mover": mover, "of": named.get(mover.entity_id), **words.moved(mover)} for mover in found.movers]


app_name = "previews"
urlpatterns = [
    path("operator/rulebook/previews/", every, name="list"),
    path("operator/rulebook/previews/ask", ask, name="ask"),
    path("operator/rulebook/previews/<uuid:preview_id>", one, name="one"),
]
