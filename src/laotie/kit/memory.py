"""What a web process remembers for a few seconds of what everybody sees alike, so that busy pages ask less.

Bounded in age (`settings.SHELF_AGE` seconds, 0: nothing is remembered) and in number. Never holds what depends on who
looks, nor prices and stock. What changes seldom, or is known to be unchanged in all but trifles, may be kept for
several such `ages`.

What has come of age is loaded again by the first who asks. Whoever asks meanwhile is given the old value, which is then
at most twice as old as it should be: a busy page would else be made by all of them at once.
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
        self._loading: set[K] = set()
        self._lock = Lock()

    def get_many(self, keys: Collection[K], load: Callable[[list[K]], Mapping[K, V]]) -> dict[K, V]:
        """The values of `keys`; those not remembered are loaded, in one call. Keys that `load` leaves out are too."""
        with self._lock:
            known, missing = self._looked_up(keys)
            self._loading.update(missing)
        if not missing:
            return known
        try:
            loaded = load(missing)
            self._keep(loaded)
        finally:
            with self._lock:
                self._loading.difference_update(missing)
        return known | dict(loaded)

    def _looked_up(self, keys: Collection[K]) -> tuple[dict[K, V], list[K]]:
        """What is remembered, the old ones that somebody loads just now among them; and what is to be loaded."""
        now, age = time.monotonic(), self.ages * settings.SHELF_AGE
        known, missing = {}, []
        for key in keys:
            kept = self._kept.get(key)
            if kept and (kept[0] > now - age or (key in self._loading and kept[0] > now - 2 * age)):
                known[key] = kept[1]
            else:
                missing.append(key)
        return known, missing

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
