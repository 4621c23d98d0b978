"""What behaviour leaves behind, beside who dealt with whom: a mark a deal or an account, none of them a verdict."""

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.csgraph import connected_components
from scipy.stats import poisson

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Marks = NDArray[np.bool_]
SECONDS_A_DAY = 86_400
CROWD = 10  # a handle that more accounts share is a dormitory or an office, and joins nobody


def same_hands(account: Ints, handle: Ints, accounts: int, crowd: int = CROWD) -> Ints:
    """The group of each account: those joined by handles (addresses, devices, payment handles) that few share.

    `account[k]` was seen with `handle[k]`. Accounts that share nothing are groups of their own.
    """
    uses = np.unique(np.stack([account, handle], axis=1), axis=0)
    handles = int(handle.max(initial=-1)) + 1
    shared = np.bincount(uses[:, 1], minlength=handles)
    few = uses[(shared[uses[:, 1]] > 1) & (shared[uses[:, 1]] <= crowd)]
    size = accounts + handles
    graph = sparse.coo_array((np.ones(len(few)), (few[:, 0], accounts + few[:, 1])), shape=(size, size))
    _, groups = connected_components(graph, directed=False)
    found: Ints = np.unique(groups[:accounts], return_inverse=True)[1].astype(np.int64)
    return found


def own_deals(buyer: Ints, shop: Ints, hands: Ints, member: Ints, member_shop: Ints) -> Marks:
    """Deals whose buyer is in the same hands as a member of the shop that sold it."""
    size = int(max(shop.max(initial=0), member_shop.max(initial=0))) + 1
    inside = np.unique(hands[member] * size + member_shop)
    return np.isin(hands[buyer] * size + shop, inside)


def refunded_after_praise(stars: Floats, reviewed_at: Floats, refunded_at: Floats) -> Marks:
    """Deals praised with 4 stars or more and given back afterwards. Days; NaN: never happened."""
    with np.errstate(invalid="ignore"):
        return (stars >= 4) & (refunded_at > reviewed_at)


def bursts(shop: Ints, day: Ints, shops: int, chance: float = 1e-6, least: int = 10) -> Marks:
    """Deals on days on which a shop had far more than on its usual ones: beyond what chance gives a day in a million.

    `day`: whole numbers. Usual: the median of the days from the shop's first to its last, at least 1.
    """
    if not len(shop):
        return np.zeros(0, dtype=np.bool_)
    first = day.min()
    width = int(day.max() - first) + 1
    places, row, count = np.unique(shop * width + day - first, return_inverse=True, return_counts=True)
    usual = _usual(places // width, places % width, count, shops)
    unlikely = poisson.sf(count - 1, usual[places // width]) < chance
    marked: Marks = (unlikely & (count >= least))[row]
    return marked


def _usual(shop: Ints, day: Ints, count: Ints, shops: int) -> Floats:
    """The median of a shop's days, those without deals included."""
    usual = np.ones(shops)
    starts = np.flatnonzero(np.diff(shop, prepend=-1))
    for begin, end in zip(starts, [*starts[1:], len(shop)], strict=True):
        silent = int(day[end - 1] - day[begin] + 1) - (end - begin)
        days = np.concatenate([np.zeros(silent), count[begin:end]])
        usual[shop[begin]] = max(float(np.median(days)), 1.0)
    return usual


def impossible(shipped_at: Floats, signed_at: Floats, least_hours: float = 2.0) -> Marks:
    """Parcels signed before they were shipped, or sooner after than anything is carried. Days; NaN: never happened."""
    with np.errstate(invalid="ignore"):
        return signed_at - shipped_at < least_hours / 24
