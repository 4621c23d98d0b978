"""What a web process remembers for a few seconds of what everybody sees alike, so that busy pages ask less.

Bounded in age (`settings.SHELF_AGE` seconds, 0: nothing is remembered) and in number. Never holds what depends on who
looks, nor prices and stock. What changes seldom, or is known to be unchanged in all but trifles, may be kept for
several such `ages`.
"""

import time
from collections import OrderedDict
from collections.abc import Callable, Collection, Hashable, Mapping
from threading import Lock
from typing import Generic, TypeVar

from django.conf import settings

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class ShortMemory(Generic[K, V]):
    """Values by key, each for at most `ages` × SHELF_AGE seconds; the oldest go when there are more than `most`."""

    def __init__(self, most: int, ages: int = 1) -> None:
        self.most = most
        self.ages = ages
        self._kept: OrderedDict[K, tuple[float, V]] = OrderedDict()
        self._lock = Lock()

    def get_many(self, keys: Collection[K], load: Callable[[list[K]], Mapping[K, V]]) -> dict[K, V]:
        """The values of `keys`; those not remembered are loaded, in one call. Keys that `load` leaves out are too."""
        fresh_since = time.monotonic() - self.ages * settings.SHELF_AGE
        with self._lock:
            known = {key: kept[1] for key in keys if (kept := self._kept.get(key)) and kept[0] > fresh_since}
        missing = [key for key in keys if key not in known]
        if not missing:
            return known
        loaded = load(missing)
        self._keep(loaded)
        return known | dict(loaded)

    def get(self, key: K, load: Callable[[], V]) -> V:
        """The value of `key`, loaded where it is not remembered."""
        return self.get_many([key], lambda _missing: {key: load()})[key]

    def _keep(self, loaded: Mapping[K, V]) -> None:
        now = time.monotonic()
        with self._lock:
            for key, value in loaded.items():
                self._kept[key] = (now, value)
                self._kept.move_to_end(key)
            while len(self._kept) > self.most:
                self._kept.popitem(last=False)
