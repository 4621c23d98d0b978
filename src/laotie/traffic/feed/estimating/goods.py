"""All goods that can be found, by row: the frame into which facts are counted."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from laotie.places.search import queries as search
from laotie.places.search.contracts import Columns, Filters, Sort

CHUNK = 5000


@dataclass(frozen=True, slots=True)
class Goods:
    """`columns` of the index, `row` by id (as text), `category` codes 0 … C − 1."""

    columns: Columns
    row: dict[str, int]
    category: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.category)


def goods() -> Goods:
    """The goods in the index now."""
    parts = [search.columns(Filters(), Sort.NEWEST, CHUNK, start) for start in range(0, max(search.size(), 1), CHUNK)]
    columns = Columns(*(np.concatenate([getattr(part, name) for part in parts]) for name in Columns.__slots__))
    row = {str(identity): number for number, identity in enumerate(columns.product_ids)}
    codes = np.unique(columns.category, return_inverse=True)[1].astype(np.int64)
    return Goods(columns, row, codes)
