"""How the weights of a linear judgement are found, by scikit-learn: the one module that needs it.

It is imported by whoever learns, at that moment: it takes seconds and 150 MB to load, and every process that only
judges words, or merely may be asked for a task that learns, goes without.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.svm import LinearSVC

Labels = NDArray[np.bool_]
Weights = NDArray[np.float64]


def svm(rows: Any, positive: Labels, cost: float) -> tuple[Weights, float]:
    """Weights and bias of a linear support vector machine (squared hinge, `cost` as in LIBLINEAR)."""
    return _line(LinearSVC(C=cost, random_state=0, max_iter=5000).fit(rows, positive))


def logistic(rows: Any, positive: Labels, cost: float) -> tuple[Weights, float]:
    """Weights and bias of a logistic regression in which both sides count alike, however many each has."""
    judge = LogisticRegression(C=cost, class_weight="balanced", solver="liblinear", random_state=0)
    return _line(judge.fit(rows, positive))


def platt(margin: NDArray[np.float64], positive: Labels) -> tuple[float, float]:
    """Slope and offset of P(positive) over margins (Platt 1999)."""
    weights, bias = _line(LogisticRegression(C=1e4).fit(margin[:, None], positive))
    return float(weights[0]), bias


def _line(judge: Any) -> tuple[Weights, float]:
    return judge.coef_[0], float(judge.intercept_[0])
