"""What trials put on other slices' pages: the rulebook's desk, a seller's score."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.template.loader import render_to_string

from laotie.trust.previews import queries
from laotie.trust.rulebook.contracts import Draft, Version
from laotie.trust.rulebook.queries import band_name


def of_draft(request: HttpRequest, draft: Draft, faults: Sequence[object], **rest: Any) -> str:
    """On the desk: try the draft, and what was tried before."""
    context = {"faults": faults, "rows": queries.previews(5), "done": queries.of_version(draft.key)}
    return render_to_string("previews/of_draft.html", context, request)


def of_coming(request: HttpRequest, version: Version, **rest: Any) -> str:
    """Beside a published version that does not count yet: what it would do."""
    return render_to_string("previews/of_coming.html", {"done": queries.of_version(version.version)}, request)


def effects(request: HttpRequest, kind: str, entity_id: UUID, **rest: Any) -> str:
    """On a score's page: what coming rulebooks would make of it."""
    found = [
        {
            "effect": effect,
            "by": effect.after.score - effect.before.score,
            "band_before": band_name(effect.before.band),
            "band_after": band_name(effect.after.band),
        }
        for effect in queries.effects(kind, entity_id)
    ]
    return render_to_string("previews/effects.html", {"rows": found, "kind": kind}, request) if found else ""
