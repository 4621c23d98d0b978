"""The market's scores from above, for operators."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from laotie.kit.charts import histogram
from laotie.kit.pages import operator_only, render
from laotie.trust.rulebook import queries as rulebooks
from laotie.trust.rulebook.queries import band_name, kind_name
from laotie.trust.scores import queries
from laotie.trust.scores.contracts import KINDS
from laotie.trust.scores.overview import BINS, STACKS, Moved, Overview, overview

TONES = {"weak": "honey", "good": "plum", "leading": "jade", "unofficial": "plain"}
CHIPS = {"leading": "good", "good": "", "weak": "wait"}


@require_safe
@operator_only
def distribution(request: HttpRequest) -> HttpResponse:
    """Where the scores of a kind stand, and who moved most since the day before."""
    kind = request.GET.get("kind", KINDS[0])
    kind = kind if kind in KINDS else KINDS[0]
    found = overview(kind)
    tabs = [(name, kind_name(name)) for name in KINDS]
    context: dict[str, Any] = {"kind": kind, "tabs": tabs, "found": found}
    if found is not None:
        context |= _shown(found)
    return render(request, "scores/distribution.html", **context)


def _shown(found: Overview) -> dict[str, Any]:
    bands = rulebooks.effective(found.day).bands
    labels = [f"{3 + at * 2 / BINS:.2f}–{3 + (at + 1) * 2 / BINS:.2f}" for at in range(BINS)]
    named = {name: _stack_name(name) for name in STACKS}
    marks = [((line - 3) / 2, f"{band_name(band)} {line:g}") for band, line in
             (("good", bands.good), ("leading", bands.leading))]  # fmt: skip
    stacks = [(named[name], TONES[name], found.stacks[name]) for name in STACKS]
    return {
        "chart": histogram(stacks, labels, marks),
        "keys": [(named[name], TONES[name]) for name in STACKS],
        "counts": [(named[name], found.counts[name], _share(found, name)) for name in STACKS],
        "fell": _rows(found.kind, found.fell),
        "rose": _rows(found.kind, found.rose),
    }


def _stack_name(name: str) -> str:
    return _("No official score yet") if name == "unofficial" else band_name(name)


def _share(found: Overview, name: str) -> float:
    """Per cent of the official ones; of all for those without."""
    official = found.count - found.counts["unofficial"]
    whole = found.count if name == "unofficial" else official
    return 100 * found.counts[name] / whole if whole else 0.0


def _rows(kind: str, moved: tuple[Moved, ...]) -> list[dict[str, Any]]:
    named = queries.named(kind, [each.entity_id for each in moved])
    return [
        {
            "moved": each,
            "of": named.get(each.entity_id),
            "by": each.after - each.before,
            "band": band_name(each.band),
            "band_before": band_name(each.band_before),
            "tone": CHIPS[each.band],
        }
        for each in moved
    ]
