"""What one web process remembers of beacons, within bounds: who sent how many, and which were kept already."""

from collections import OrderedDict
from threading import Lock

from laotie.kit import clock


class Allowance:
    """Each address may send `per_second` events on average, and `burst` at once. Remembers `most` addresses."""

    def __init__(self, per_second: float, burst: int, most: int = 10_000) -> None:
        self.per_second, self.burst, self.most = per_second, burst, most
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = Lock()

    def take(self, address: str, count: int) -> bool:
        """Whether `address` may send `count` more now; if so they are counted."""
        now = clock.now().timestamp()
        with self._lock:
            left, since = self._left.pop(address, (float(self.burst), now))
            left = min(self.burst, left + max(0.0, now - since) * self.per_second)
            allowed = count <= left
            self._left[address] = (left - count if allowed else left, now)
            if len(self._left) > self.most:
                self._left.popitem(last=False)  # whoever has been quiet longest
        return allowed


class Seen:
    """The last `most` keys. JetStream's own window refuses a repetition that another process kept."""

    def __init__(self, most: int = 200_000) -> None:
        self.most = most
        self._keys: OrderedDict[str, None] = OrderedDict()
        self._lock = Lock()

    def __contains__(self, key: str) -> bool:
        return key in self._keys

    def add(self, key: str) -> None:
        with self._lock:
            self._keys[key] = None
            if len(self._keys) > self.most:
                self._keys.popitem(last=False)
