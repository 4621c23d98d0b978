"""The operators' desk: the draft by its numbers or as a text, its faults, publishing and withdrawing."""

from collections.abc import Callable
from itertools import count
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_POST, require_safe

from laotie.engine.scores.checking import faults
from laotie.engine.scores.places import places
from laotie.kit.errors import MarketError
from laotie.kit.pages import account_id, confirmed, operator_only, rate_limit, render
from laotie.kit.pages.problems import sentence
from laotie.people.accounts import queries as accounts
from laotie.trust.rulebook import actions, queries, words
from laotie.trust.rulebook.public_pages import shown


@require_safe
@operator_only
def desk(request: HttpRequest) -> HttpResponse:
    """The draft with its faults, and what was published."""
    return _desk(request)


@require_POST
@operator_only
@rate_limit("rulebook", 60)
def numbers(request: HttpRequest) -> HttpResponse:
    """Write the numbers of the form into the draft; what the form does not name stays."""
    draft = queries.draft()
    known = {entry.field: entry for entry in _numbers_of(draft.content)}
    lists = [entry.path for entry in known.values() if places(draft.content)[entry.path] and "," in entry.text]
    values = {
        entry.path: words.literal(request.POST[field], entry.path in lists)
        for field, entry in known.items()
        if field in request.POST and request.POST[field].strip() != entry.text
    }
    if day := request.POST.get("effective_from", "").strip():
        values["effective_from"] = day if len(day) == 10 else f'"{day[:20]}"'
    if name := request.POST.get("name", "").strip():
        values["name"] = '"' + name.replace('"', "").replace("\\", "")[:20] + '"'
    return _kept(request, lambda operator: actions.set_entries(operator, values, request.POST.get("seen", "")))


@require_POST
@operator_only
@rate_limit("rulebook", 60)
def text(request: HttpRequest) -> HttpResponse:
    """Keep the draft as it was typed."""
    content, seen = request.POST.get("content", ""), request.POST.get("seen", "")
    return _kept(request, lambda operator: actions.save_draft(operator, content, seen))


@require_POST
@operator_only
@confirmed(gettext_noop("Throw the draft away and begin anew from the rulebook in force?"))
def drop(request: HttpRequest) -> HttpResponse:
    actions.drop_draft(account_id(request))
    messages.success(request, _("The draft is the rulebook in force again."))
    return redirect("rulebook:desk")


@require_POST
@operator_only
@confirmed(gettext_noop("Publish this rulebook? Every seller is told, and it counts from its day on."))
def publish(request: HttpRequest) -> HttpResponse:
    try:
        version = actions.publish(account_id(request), request.POST.get("note", ""), request.POST.get("seen", ""))
    except MarketError as error:
        return _desk(request, error)
    messages.success(
        request,
        _("{name} is published. It counts from {day}; sellers are being told.").format(
            name=version.name, day=version.effective_from
        ),
    )
    return redirect("rulebook:desk")


@require_POST
@operator_only
def withdraw(request: HttpRequest, version: str) -> HttpResponse:
    try:
        actions.withdraw(account_id(request), version, request.POST.get("note", ""))
    except MarketError as error:
        return _desk(request, error)
    messages.success(request, _("It is withdrawn and will not count."))
    return redirect("rulebook:desk")


def _kept(request: HttpRequest, act: Callable[[UUID], Any]) -> HttpResponse:
    try:
        act(account_id(request))
    except MarketError as error:
        return _desk(request, error)
    messages.success(request, _("The draft is kept."))
    return redirect("rulebook:desk")


def _desk(request: HttpRequest, error: MarketError | None = None) -> HttpResponse:
    draft = queries.draft()
    raw, now = words.parsed(draft.content), queries.in_force(queries.today())
    rows = words.differences(queries.changes(words.parsed(now.content), raw)) if raw else []
    context: dict[str, Any] = {
        "draft": draft,
        "by": accounts.account(draft.changed_by) if draft.changed_by else None,
        "now": now,
        "name": raw.get("name", "") if draft.changed_by else _next_name(),
        "effective_from": words.shown(raw.get("effective_from") if draft.changed_by else actions.earliest_day()),
        "earliest": actions.earliest_day(),
        "found": [words.said(fault) for fault in faults(draft.content)],
        "rows": rows,
        "versions": queries.versions(),
        "coming": queries.coming(),
        "error": sentence(error) if error else "",
        "note": request.POST.get("note", ""),
        "typed": request.POST.get("content") or draft.content,
    }
    return render(
        request, "rulebook/desk.html", status=error.status if error else 200, **context, **shown(draft.content)
    )


def _next_name() -> str:
    """The first of v2, v3 … that no version has."""
    taken = {version.name for version in queries.versions()}
    return next(name for at in count(2) if (name := f"v{at}") not in taken)


def _numbers_of(content: str) -> list[words.Entry]:
    raw = words.parsed(content)
    plain = [entry for group in words.groups(raw) for entry in group.entries if entry.numeric]
    weights = [
        entry
        for kind in words.kinds(raw)
        for dimension in kind.dimensions
        for entry in (
            words.Entry(f"{dimension.path}.weight", "", "", words.shown(dimension.weight), True),
            *dimension.metrics,
        )
    ]
    return plain + weights
