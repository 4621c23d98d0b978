"""Loops over all entities of a market, compiled: as whole arrays each step would be a pass over memory."""

from typing import Any

import numba
import numpy as np

compiled = numba.njit(cache=True, nogil=True)


@compiled  # type: ignore[untyped-decorator]
def heights(values: Any, place: Any, x: Any, y: Any, slope: Any) -> Any:
    """Of each value its height on the line in its `place` (intp): `x`, `y` lines × corners, rising in x; `slope` after
    each corner but the last. Flat beyond the ends; where corners meet the last of them counts."""
    found = np.empty(len(values))
    for row in range(len(values)):
        value, line, passed = values[row], place[row], 0
        while passed < x.shape[1] and value >= x[line, passed]:
            passed += 1
        corner = max(passed - 1, 0)
        found[row] = y[line, corner]
        if 0 < passed < x.shape[1] and value != x[line, corner]:
            found[row] += slope[line, corner] * (value - x[line, corner])
    return found


@compiled  # type: ignore[untyped-decorator]
def put(values: Any, cell: Any, place: Any, size: Any, one: Any) -> Any:
    """An array of `size` with each of the values in the cells `cell`, over `one`, in its `place`; nought elsewhere."""
    found = np.zeros(size)
    for row in range(len(place)):
        found[place[row]] = values[cell[row]] / one
    return found
