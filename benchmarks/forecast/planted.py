"""Markets whose truth is known: every shop has a rate at which its deals go badly, and only this file knows it."""

from datetime import date, datetime, timedelta
from typing import Any

import ibis
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table
from scipy.stats import spearmanr

from laotie.engine.scores import engines, scoring
from laotie.engine.scores.deals import Facts
from laotie.engine.scores.explaining import row_of
from laotie.engine.scores.heavy import heavy_actors
from laotie.engine.scores.rulebook import published

DAY = date(2026, 6, 30)
FIRST = datetime(2026, 4, 20)  # noqa: DTZ001 - the engine works on the market's wall clock
SIZES = (3, 10, 30, 100, 300)  # deals of a shop
EACH = 80  # shops of a size
Deals = dict[str, NDArray[Any]]


def shown(console: Console) -> dict[str, Any]:
    """The three tables and their figures."""
    return ranks(console) | regulars(console) | heavy(console)


def ranks(console: Console) -> dict[str, Any]:
    """Rank correlation of score and true rate by the number of deals."""
    random = np.random.default_rng(1)
    size = np.repeat(SIZES, EACH)
    truth = random.beta(2.0, 18.0, len(size))
    scores, _ = scored(dealt(size, truth, random))
    table = Table(
        "deals of a shop", "shops", "rank correlation of score and true rate", title="planted: true rates known"
    )
    found = {}
    for deals in SIZES:
        own = np.flatnonzero(size == deals)
        figure = [scores.score[row_of(scores, f"shop{place:04}")] for place in own]
        found[deals] = -float(spearmanr(figure, truth[own]).statistic)
        table.add_row(str(deals), str(len(own)), f"{found[deals]:.3f}")
    console.print(table)
    return {f"planted_rank_{deals}": round(value, 3) for deals, value in found.items()}


def regulars(console: Console) -> dict[str, Any]:
    """A hundred good deals of one buyer beside a hundred of a hundred: the regular is loved once."""
    random = np.random.default_rng(2)
    market = dealt(np.repeat(60, 100), random.beta(2.0, 18.0, 100), random)
    many = extra("many", 100, random, bad=np.zeros(100, dtype=bool))
    one = extra("one", 100, random, bad=np.zeros(100, dtype=bool), buyer="regular")
    scores, _ = scored(joined(market, many, one))
    rows = {name: row_of(scores, name) for name in ("many", "one")}
    quality = next(metric for metric in scores.metrics if metric.name == "arrives_late")
    figures = {name: (float(scores.score[row]), float(quality.n[row])) for name, row in rows.items()}
    (many_score, many_n), (one_score, one_n) = figures["many"], figures["one"]
    console.print(
        f"planted: 100 good deals of 100 buyers score {many_score:.4f} on {many_n:.1f} weighted deals; of one regular "
        f"{one_score:.4f} on {one_n:.1f}; the market's middle {float(np.median(scores.score)):.4f}"
    )
    return {"many_buyers": round(figures["many"][0], 4), "one_regular": round(figures["one"][0], 4)}


def heavy(console: Console, much: int = 30) -> dict[str, Any]:
    """`much` complaints on top of 40 deals, of one buyer beside as many buyers: what each costs, and who is flagged."""
    random = np.random.default_rng(3)
    parts = [dealt(np.repeat(60, 200), random.beta(2.0, 40.0, 200), random)]
    shops = ("plain", "foe", "crowd")
    for kind, place in [(kind, place) for kind in shops for place in range(20)]:
        parts.append(extra(f"{kind}{place:02}", 40, random, bad=random.random(40) < 0.04))
        if kind != "plain":
            buyer = f"foe of {place}" if kind == "foe" else ""
            parts.append(extra(f"{kind}{place:02}", much, random, bad=np.ones(much, dtype=bool), buyer=buyer))
    scores, cohort = scored(joined(*parts))
    means = {
        kind: float(np.mean([scores.score[row_of(scores, f"{kind}{place:02}")] for place in range(20)]))
        for kind in shops
    }
    flagged = heavy_actors(scores, cohort, "shop", published())
    console.print(
        f"planted: {much} complaints of one buyer cost {means['plain'] - means['foe']:.3f}, of as many buyers "
        f"{means['plain'] - means['crowd']:.3f}; {len(flagged)} buyers moved a score by more than two standard errors"
    )
    costs = {f"cost_of_{kind}": round(means["plain"] - means[kind], 3) for kind in ("foe", "crowd")}
    return costs | {"heavy_flagged": len(flagged)}


def dealt(size: NDArray[np.int64], truth: NDArray[np.float64], random: np.random.Generator) -> Deals:
    """`size[s]` deals of shop s, each bad with probability `truth[s]`, each of another buyer."""
    shop = np.repeat(np.arange(len(size)), size)
    names = np.array([f"shop{place:04}" for place in range(len(size))])
    bad = random.random(len(shop)) < truth[shop]
    return rows(names[shop], np.array([f"buyer{place:06}" for place in range(len(shop))]), bad, random)


def extra(shop: str, deals: int, random: np.random.Generator, bad: NDArray[np.bool_], buyer: str = "") -> Deals:
    """`deals` of one more shop, of one `buyer` or of as many."""
    buyers = np.array([buyer or f"{shop} {place}" for place in range(deals)])
    return rows(np.full(deals, shop), buyers, bad, random)


def rows(shop: Any, buyer: Any, bad: NDArray[np.bool_], random: np.random.Generator) -> Deals:
    return {"shop": shop, "buyer": buyer, "bad": bad, "paid": random.integers(0, 50 * 24, len(bad))}


def joined(*parts: Deals) -> Deals:
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def scored(market: Deals) -> tuple[Any, Any]:
    """The shops' scores and the cohort they rest on."""
    counted = scoring.counted(facts(market), DAY, published())
    return scoring.scored(counted, published())["shop"], counted.cohort


def facts(market: Deals) -> Facts:
    """A bad deal arrives late and is complained of; a good one arrives in time. Every tenth is reviewed."""
    lines = [f"line{place:07}" for place in range(len(market["bad"]))]
    paid = [FIRST + timedelta(hours=int(hours)) for hours in market["paid"]]
    bad = market["bad"].tolist()
    signed = [at + timedelta(days=9 if late else 3) for at, late in zip(paid, bad, strict=True)]
    tables = {
        "lines": {"line_id": lines, "order_id": lines, "shop_id": market["shop"].tolist(),
                  "product_id": market["shop"].tolist(), "category_id": ["all"] * len(lines),
                  "buyer": market["buyer"].tolist(), "placed_at": paid},
        "paid": {"order_id": lines, "at": paid, "promised_ship_at": [at + timedelta(days=2) for at in paid],
                 "promised_arrival_at": [at + timedelta(days=5) for at in paid]},
        "shipped": {"order_id": lines, "at": [at + timedelta(days=1) for at in paid]},
        "signed": {"order_id": lines, "at": signed},
        "cancelled": {"order_id": ["none"], "at": [FIRST], "by": ["seller"]},
        "complaints": {"line_id": [line for line, late in zip(lines, bad, strict=True) if late],
                       "at": [at for at, late in zip(signed, bad, strict=True) if late],
                       "reason": ["quality"] * sum(bad)},
        "reviews": {"line_id": lines[::10], "at": signed[::10], "stars": [1 if late else 5 for late in bad[::10]]},
        "voids": {"line_id": ["none"]},
    }  # fmt: skip
    connection = ibis.duckdb.connect()
    given = {name: engines.given(connection, f"planted_{name}", pa.table(table)) for name, table in tables.items()}
    return Facts(**given)
