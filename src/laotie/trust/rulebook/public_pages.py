"""The rulebook in force, every one before and to come, and how two of them differ. For everybody."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from laotie.kit.pages import render
from laotie.trust.rulebook import queries, words
from laotie.trust.rulebook.contracts import Version


@require_safe
def in_force(request: HttpRequest) -> HttpResponse:
    """What holds today."""
    return _page(request, queries.in_force(queries.today()))


@require_safe
def of_version(request: HttpRequest, key: str) -> HttpResponse:
    """One version, by its hash or name."""
    return _page(request, queries.version(key))


@require_safe
def raw(request: HttpRequest, key: str) -> HttpResponse:
    """The file itself: its SHA-256 is its name."""
    return HttpResponse(queries.version(key).content, content_type="text/plain; charset=utf-8")


@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """What changed from one version to another."""
    before, after = queries.version(request.GET.get("from", "")), queries.version(request.GET.get("to", ""))
    rows = words.differences(queries.changes(words.parsed(before.content), words.parsed(after.content)))
    return render(request, "rulebook/compare.html", before=before, after=after, rows=rows, versions=queries.versions())


def _page(request: HttpRequest, version: Version) -> HttpResponse:
    return render(request, "rulebook/public.html", version=version, **shown(version.content), **_history(version))


def shown(content: str) -> dict[str, Any]:
    """A rulebook's content taken apart for a page."""
    raw = words.parsed(content)
    return {"kinds": words.kinds(raw), "groups": words.groups(raw), "gates": words.gates(raw)}


def _history(version: Version) -> dict[str, Any]:
    versions, now = queries.versions(), queries.in_force(queries.today())
    standing = [each for each in versions if each.withdrawn_at is None]
    earlier = [each for each in standing if each.effective_from < version.effective_from]
    return {
        "versions": versions,
        "now": now,
        "earlier": earlier[0] if earlier else None,
        "coming": [each for each in standing if each.effective_from > queries.today()],
    }
