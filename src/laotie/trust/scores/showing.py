"""What pages of scores have in common: a score taken apart, its course, its ladder, its what-if."""

from typing import Any

from django.http import HttpRequest

from laotie.goods.catalogue import queries as catalogue
from laotie.trust.rulebook import queries as rulebooks
from laotie.trust.rulebook.queries import band_name, metric_name
from laotie.trust.scores import ladder, queries, words
from laotie.trust.scores.contracts import CORRECTED, SHOP, Score

STEP = 0.05  # score units by which a target is offered above the score


def shown(score: Score | None, kind: str) -> dict[str, Any]:
    """What everybody may know of a score."""
    if score is None:
        return {"score": None}
    history = queries.history(kind, score.entity_id, most=60)
    earlier = next((old for old in history if old.day < score.day), None)
    bands = rulebooks.effective(score.day).bands
    chart, course = words.course(
        history, queries.history(kind, score.entity_id, CORRECTED, most=200), (bands.good, bands.leading)
    )
    return {
        "score": score,
        "kind": kind,
        "headline": words.headline(score, kind),
        "status_words": words.status(score),
        "dimensions": words.dimensions(score),
        "deducted": words.deducted(score),
        "absent": [metric_name(name) for name in score.absent],
        "change": score.score - earlier.score if earlier else None,
        "chart": chart,
        "course": course,
        "history": history,
    }


def owned(request: HttpRequest, score: Score | None, kind: str) -> dict[str, Any]:
    """All that the seller itself sees besides."""
    if score is None:
        return {"score": None}
    found = shown(score, kind)
    products = catalogue.products(cost.product_id for cost in score.costs)
    costs = [
        {"cost": cost, "product": products.get(cost.product_id), "outcome": queries.in_words(cost.outcome),
         "metrics": [metric_name(name) for name in cost.metrics]}
        for cost in score.costs
    ]  # fmt: skip
    steps = steps_of(score, found["history"]) if kind == SHOP else None
    return found | {"costs": costs, "changed": words.changed(score), "ladder": steps} | wished(request, score)


def steps_of(score: Score, history: list[Score]) -> dict[str, Any]:
    """The ladder in words."""
    found = ladder.ladder(score, history, rulebooks.effective(score.day))
    rows = [{"step": step, "name": band_name(step.band)} for step in found.steps]
    return {"of": found, "rows": rows, "next": band_name(found.next_band) if found.next_band else ""}


def wished(request: HttpRequest, score: Score) -> dict[str, Any]:
    """The what-if of the target in the address, or of the next line of a band."""
    bands = rulebooks.effective(score.day).bands
    line = next((line for line in (bands.good, bands.leading) if score.score < line), min(5.0, score.score + STEP))
    try:
        target = min(5.0, max(3.0, float(request.GET["target"])))
    except (KeyError, ValueError):
        target = line
    found = queries.what_if(score, target)
    return {"what_if": found, "wishes": words.wishes(found, score), "target": target, "least": score.score}
