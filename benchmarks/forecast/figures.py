"""Forecasters of the share of bad deals, side by side: what each says as it stands and after the same calibration."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table
from scipy.stats import rankdata, spearmanr
from sklearn.linear_model import LogisticRegression

from benchmarks.forecast.months import Pool

Floats = NDArray[np.float64]
TITLE = "label: late, or one or two stars, or cancelled by the shop"
DRAWS = 1000
EDGE = 1e-4  # a chance is never said to be 0 or 1


def quintiles(console: Console, pool: Pool) -> dict[str, Any]:
    """Bad deals of the next 60 days by fifths of the score, and the trend with its interval."""
    fifth = fifths(pool.score)
    table = Table(
        "fifth of the score",
        "scores",
        "shop-months",
        "deals",
        "bad",
        "share bad",
        title="label: late, or stars ≤ 2, or cancelled by the shop",
    )
    shares = shares_of(pool, fifth)
    for place in range(5):
        own = fifth == place
        table.add_row(
            str(place + 1), f"{pool.score[own].min():.3f}–{pool.score[own].max():.3f}", f"{own.sum():,}",
            f"{pool.n[own].sum():,.0f}", f"{pool.bad[own].sum():,.0f}", f"{shares[place]:.1%}",
        )  # fmt: skip
    console.print(table)
    gaps, slopes = clustered(pool, trend)
    low, high = np.quantile(gaps, [0.025, 0.975])
    gap, slope = trend(pool)
    ends = [100 * np.quantile(drawn, [0.025, 0.975]) for drawn in (gaps, slopes)]
    console.print(
        f"worst fifth less best: {100 * gap:+.1f} points, 95 % interval {ends[0][0]:+.1f} … {ends[0][1]:+.1f}"
    )
    console.print(f"slope a fifth: {100 * slope:+.2f} points ({ends[1][0]:+.2f} … {ends[1][1]:+.2f})")
    return {
        "quintiles": [round(float(share), 4) for share in shares],
        "gap": round(gap, 4),
        "gap_interval": [round(float(low), 4), round(float(high), 4)],
        "shop_months": len(pool.shop),
        "deals": int(pool.n.sum()),
    }


def forecasters(console: Console, early: Pool, late: Pool) -> dict[str, Any]:
    """Log loss, Brier and AUC a deal, rank correlation a shop-month; each also against the global rate's log loss."""
    base = early.bad.sum() / early.n.sum()
    table = Table("forecaster", "log loss", "less the global rate's, 95 % interval", "Brier", "AUC", "rank corr.")
    flat = np.full(len(late.n), base)
    found: dict[str, Any] = {
        "base_rate": round(float(base), 4),
        "later_rate": round(float(late.bad.sum() / late.n.sum()), 4),
    }
    for name, chance in chances(early, late, base).items():
        row = judged(chance, late)
        less = clustered(late, lambda p, c=chance: gain(c[p], flat[p], late, p), by_place=True)
        low, high = np.quantile(less, [0.025, 0.975])
        said = (
            "–"
            if name == "global rate"
            else f"{row['log_loss'] - log_loss(flat, late):+.4f} ({low:+.4f} … {high:+.4f})"
        )
        table.add_row(name, f"{row['log_loss']:.4f}", said, *(f"{row[key]:.4f}" for key in ("brier", "auc", "rank")))
        found[name] = row | ({} if name == "global rate" else {"less": [round(float(low), 4), round(float(high), 4)]})
    console.print(table)
    return found


def chances(early: Pool, late: Pool, base: float) -> dict[str, Floats]:
    """What each forecaster says of the later shop-months. “fitted”: one logistic curve on the earlier ones."""
    sides = {
        "score": lambda p: [p.score],
        "star mean": lambda p: [p.stars],
        "raw bad rate": lambda p: [p.matured_bad / p.matured],
        "Wilson upper bound": lambda p: [wilson(p.matured_bad, p.matured)],
        "process signals now": lambda p: [rate(p.overdue, p.open, base), np.log1p(p.open), p.far],
        "score + signals now": lambda p: [p.score, rate(p.overdue, p.open, base), np.log1p(p.open), p.far],
    }
    found = {
        "global rate": np.full(len(late.n), base),
        "raw bad rate, as it stands": late.matured_bad / late.matured,
        "Wilson upper bound, as it stands": wilson(late.matured_bad, late.matured),
    }
    return found | {f"{name}, fitted": fitted(side, early, late) for name, side in sides.items()}


def fitted(side: Callable[[Pool], list[Floats]], early: Pool, late: Pool) -> Floats:
    """A logistic curve through the earlier months, weighed by deals, read at the later ones."""
    x, ahead = np.stack(side(early), axis=1), np.stack(side(late), axis=1)
    middle, spread = x.mean(axis=0), np.maximum(x.std(axis=0), 1e-9)
    rows = np.concatenate([(x - middle) / spread] * 2)
    labels = np.repeat([1, 0], len(x))
    curve = LogisticRegression(C=10.0).fit(rows, labels, sample_weight=np.concatenate([early.bad, early.n - early.bad]))
    said: Floats = curve.predict_proba((ahead - middle) / spread)[:, 1]
    return said


def judged(chance: Floats, pool: Pool) -> dict[str, float]:
    """The four figures of a forecaster."""
    brier = (pool.bad * (1 - chance) ** 2 + (pool.n - pool.bad) * chance**2).sum() / pool.n.sum()
    rank = 0.0 if np.ptp(chance) == 0 else float(spearmanr(chance, pool.bad / pool.n).statistic)
    figures = {"log_loss": log_loss(chance, pool), "brier": float(brier), "auc": auc(chance, pool), "rank": rank}
    return {name: round(value, 4) for name, value in figures.items()}


def losses(chance: Floats, pool: Pool) -> Floats:
    """The log loss of each shop-month, summed over its deals."""
    safe = np.clip(chance, EDGE, 1 - EDGE)
    return -(pool.bad * np.log(safe) + (pool.n - pool.bad) * np.log(1 - safe))


def log_loss(chance: Floats, pool: Pool) -> float:
    return float(losses(chance, pool).sum() / pool.n.sum())


def gain(chance: Floats, flat: Floats, pool: Pool, rows: NDArray[np.int64]) -> float:
    """How much less a deal is lost than by the global rate, on the shop-months of a draw; below nought is better."""
    drawn = pool.where(rows)
    return log_loss(chance, drawn) - log_loss(flat, drawn)


def auc(chance: Floats, pool: Pool) -> float:
    """The probability that a bad deal was said to be likelier bad than a good one (ties half)."""
    order = np.argsort(chance, kind="stable")
    _, place = np.unique(chance[order], return_inverse=True)
    bad = np.bincount(place, weights=pool.bad[order])
    good = np.bincount(place, weights=(pool.n - pool.bad)[order])
    below = np.cumsum(good) - good
    return float((bad * (below + good / 2)).sum() / (bad.sum() * good.sum()))


def wilson(bad: Floats, n: Floats, z: float = 1.96) -> Floats:
    """The upper bound of a 95 % Wilson interval."""
    p = bad / n
    return (p + z**2 / (2 * n) + z * np.sqrt(p * (1 - p) / n + z**2 / (4 * n**2))) / (1 + z**2 / n)


def rate(part: Floats, whole: Floats, base: float, weight: float = 5.0) -> Floats:
    """A share that leans on `base` where there is little."""
    return (part + weight * base) / (whole + weight)


def fifths(values: Floats) -> NDArray[np.int64]:
    return np.minimum((rankdata(values, method="average") - 0.5) * 5 // len(values), 4).astype(np.int64)


def shares_of(pool: Pool, fifth: NDArray[np.int64]) -> Floats:
    bad, n = (np.bincount(fifth, weights=values, minlength=5) for values in (pool.bad, pool.n))
    return bad / np.maximum(n, 1)


def trend(pool: Pool) -> tuple[float, float]:
    """Worst fifth less the best, and the slope of the share bad from the best fifth to the worst."""
    shares = shares_of(pool, fifths(pool.score))
    return float(shares[0] - shares[4]), float(-np.polyfit(range(5), shares, 1)[0])


def clustered(pool: Pool, figure: Callable[[Any], Any], *, by_place: bool = False) -> Any:
    """`figure` on DRAWS draws of shops with all their months (of a pool, or of places in it)."""
    random = np.random.default_rng(0)
    shops, at = np.unique(pool.shop, return_inverse=True)
    order = np.argsort(at, kind="stable")
    starts = np.append(np.searchsorted(at[order], np.arange(len(shops))), len(at))
    drawn = []
    for _ in range(DRAWS):
        places = np.concatenate([order[starts[s] : starts[s + 1]] for s in random.integers(0, len(shops), len(shops))])
        drawn.append(figure(places if by_place else pool.where(places)))
    return np.array(drawn).T
