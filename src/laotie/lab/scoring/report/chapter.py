"""One kind of score: how scores lie, bands, dimensions, movers, the best and the worst with reasons, what is absent."""

from collections import Counter
from html import escape

import numpy as np
from numpy.typing import NDArray

from laotie.engine.scores.metrics import REGISTRY
from laotie.engine.scores.points import NONE, OFFICIAL, PROVISIONAL, Scores
from laotie.lab.scoring import tables
from laotie.lab.scoring.day import Day
from laotie.lab.scoring.reading import movers, ranked, reason_of, shown_rate
from laotie.lab.scoring.report import drawing
from laotie.lab.scoring.report.markup import Cell, card, listed, named, num, paragraph, table
from laotie.lab.scoring.wording import Words

SHOWN = 8  # rows of a table of entities
BANDS = ("leading", "good", "weak")

Rows = NDArray[np.int64]


def chapter(found: Day, kind: str, words: Words) -> str:
    """The chapter of one kind."""
    scores = found.scores[kind]
    parts = [
        _distribution(found, scores, words),
        _bands(scores, words),
        _dimensions(scores, words),
        _rates(scores, words),
        _absent(scores, words),
        _movers(found, kind, words),
        _ranked(scores, words, best=True),
        _ranked(scores, words, best=False),
    ]
    title = words.of("scores", kind)
    return f'<h2 id="{kind}">{escape(title)}</h2>{_figures(scores, words)}<div class="cards">{"".join(parts)}</div>'


def _figures(scores: Scores, words: Words) -> str:
    counts = Counter(scores.status.tolist())
    pairs = [(words.say("entities"), len(scores.total)), (words.say("deals"), int(scores.evidence.deals.sum()))]
    pairs += [(words.of("statuses", name), counts[name]) for name in (OFFICIAL, PROVISIONAL, NONE)]
    inside = "".join(
        f"<div><b>{value:,}</b><span class='soft small'>{escape(name)}</span></div>" for name, value in pairs
    )
    return f'<div class="figures">{inside}</div><p></p>'


def _distribution(found: Day, scores: Scores, words: Words) -> str:
    bands = found.rulebook.bands
    marks = [(bands.leading, words.of("bands", "leading")), (bands.good, words.of("bands", "good"))]
    plot = drawing.histogram(
        scores.score[scores.status == OFFICIAL],
        scores.score[scores.status == PROVISIONAL],
        marks,
        words.say("distribution"),
    )
    said = f"{words.say('distribution_says')} {words.say('all_of', n=int((scores.status != NONE).sum()))}"
    return card(words.say("distribution"), paragraph(said, "soft small") + plot, wide=True)


def _bands(scores: Scores, words: Words) -> str:
    official = scores.status == OFFICIAL
    size = int(official.sum())
    counts = Counter(scores.band[official].tolist())
    bar = drawing.share([(name, counts[name]) for name in BANDS], words.say("bands_title")) if size else ""
    head = [Cell(words.say("band")), num(words.say("count")), num(words.say("share"))]
    rows = [
        [Cell(words.of("bands", name), name), num(f"{counts[name]:,}"), num(_percent(counts[name], size))]
        for name in BANDS
    ]
    return card(words.say("bands_title"), bar + table(words.say("official_only", n=size), head, rows))


def _dimensions(scores: Scores, words: Words) -> str:
    deals = scores.evidence.deals
    held = deals > 0
    head = [
        Cell(words.say("dimension")),
        Cell(""),
        num(words.say("weight")),
        num(words.say("mean")),
        num(words.say("median")),
    ]
    rows = []
    for name, points in tables.dimensions(scores).items():
        weight = sum(metric.weight for metric in scores.metrics if metric.dimension == name)
        mean = float(np.average(points[held], weights=deals[held])) if held.any() else float(points.mean())
        middle = float(np.median(points[held])) if held.any() else float(np.median(points))
        label = words.of("dimensions", name)
        figures = [num(f"{100 * value:.1f}") for value in (mean, middle)]
        meter = drawing.meter(mean, f"{label}: {100 * mean:.0f}")
        rows.append([Cell(label), Cell("", "", meter), num(f"{100 * weight:.0f} %"), *figures])
    caption = words.say("dimension_says", n=int(held.sum()))
    return card(words.say("dimension_title"), table(caption, head, rows))


def _rates(scores: Scores, words: Words) -> str:
    head = [Cell(words.say("metric")), num("n"), num(words.say("counted")), num(words.say("rate"))]
    rows = []
    for metric in scores.metrics:
        n, counted = float(metric.stats.plain_n.sum()), float(metric.stats.plain_a.sum())
        rate = REGISTRY[metric.name].kind.value == "rate"
        said = [f"{counted:,.0f}", _percent(counted, n)] if rate else ["", ""]
        rows.append([Cell(words.of("metrics", metric.name)), num(f"{n:,.0f}"), *(num(text) for text in said)])
    return card(words.say("metric_title"), table(words.say("metric_says"), head, rows))


def _absent(scores: Scores, words: Words) -> str:
    if not scores.absent:
        return card(words.say("absent_title"), paragraph(words.say("no_absent"), "soft"))
    said = [
        f"{words.of('metrics', name)} ({words.say('wants')}: {', '.join(REGISTRY[name].sources)})"
        for name in scores.absent
    ]
    return card(words.say("absent_title"), paragraph(words.say("absent_says"), "soft small") + listed(said))


def _movers(found: Day, kind: str, words: Words) -> str:
    if found.earlier is None or found.before is None or kind not in found.before:
        return ""
    moved = movers(found, kind)
    since = found.earlier.day
    if not moved.compared:
        return ""
    half = SHOWN // 2
    order = np.argsort(-moved.change, kind="stable")
    picked = [place for place in [*order[:half], *order[-half:]] if abs(moved.change[place]) >= 0.00005]
    head = [Cell(words.say("entity")), num(words.say("score")), num(words.say("change")), Cell(words.say("why"))]
    rows = [
        [
            named(moved.entity[place]),
            num(f"{moved.score[place]:.2f}"),
            num(f"{moved.change[place]:+.4f}", "up" if moved.change[place] > 0 else "down"),
            Cell(words.of("causes", moved.cause[place])),
        ]
        for place in dict.fromkeys(picked)
    ]
    caption = words.say("movers_says", since=since, n=moved.compared)
    return card(words.say("movers_title"), table(caption, head, rows), wide=True)


def _ranked(scores: Scores, words: Words, *, best: bool) -> str:
    rows = ranked(scores, best=best)[:SHOWN]
    head = [
        Cell(words.say("entity")), num(words.say("score")), Cell(words.say("status")), num(words.say("deals")),
        Cell(words.say("why")),
    ]  # fmt: skip
    body = [
        [
            named(str(scores.evidence.entity[row])),
            num(f"{scores.score[row]:.4f}", str(scores.band[row])),
            Cell(words.of("statuses", str(scores.status[row]))),
            num(f"{scores.evidence.deals[row]:,}"),
            Cell(_why(scores, int(row), words, best=best), "why"),
        ]
        for row in rows
    ]
    caption = words.say("best_says", n=int((scores.status != NONE).sum()))
    return card(words.say("best" if best else "worst"), table(caption, head, body), wide=True)


def _why(scores: Scores, row: int, words: Words, *, best: bool) -> str:
    metric = reason_of(scores, row, best=best)
    value, benchmark = (shown_rate(metric.name, float(side[row])) for side in (metric.rate, metric.benchmark))
    return f"{words.of('metrics', metric.name)}: {value} ({words.say('against')} {benchmark})"


def _percent(part: float, whole: float) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "–"
