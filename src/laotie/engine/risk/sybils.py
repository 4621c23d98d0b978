"""SybilRank: how much of the trust of verified accounts reaches an account over mutual ties.

Cao, Sirivianos, Yang, Pregueiro, NSDI 2012: a short random walk from the seeds, ended after about log2(n) steps, before
it leaks through the few ties that false accounts have with real ones; then divided by the number of ties.
"""

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


def rank(one: Ints, other: Ints, accounts: int, seeds: Ints) -> Floats:
    """Trust a tie of each account, 1 in the mean over accounts with ties; 0 without. `one`, `other`: mutual ties."""
    rows, columns = np.concatenate([one, other]), np.concatenate([other, one])
    ties = sparse.csr_array((np.ones(len(rows)), (rows, columns)), shape=(accounts, accounts))
    ties.data[:] = 1.0  # a tie told twice is one
    degree = np.asarray(ties.sum(axis=1)).ravel()
    trust = np.zeros(accounts)
    trust[seeds] = 1.0 / max(len(seeds), 1)
    step = (ties / np.maximum(degree, 1)[:, None]).T.tocsr()
    for _ in range(int(np.ceil(np.log2(max(accounts, 2))))):
        trust = step @ trust
    found = np.divide(trust, degree, out=np.zeros(accounts), where=degree > 0)
    held = found[degree > 0].mean() if degree.any() else 0.0
    ranked: Floats = found / held if held else found
    return ranked
