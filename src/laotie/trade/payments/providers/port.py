"""The port to a payment provider. `tests/trade/test_providers.py` is the suite that every adapter passes."""

from abc import ABC, abstractmethod
from collections.abc import Mapping

from laotie.trade.payments.contracts import Ask, Event, ProviderState, RefundAsk, Started


class Provider(ABC):
    """Someone who collects money for us. Calls may be slow and may fail: never made inside a transaction.

    Every call is idempotent by the id in what it is given. All raise ProviderDown when the provider does not answer.
    """

    name: str

    @abstractmethod
    def start(self, ask: Ask) -> Started:
        """Begin to collect. The buyer pays on `Started.page` and comes back to `ask.return_to`."""

    @abstractmethod
    def read_webhook(self, headers: Mapping[str, str], body: bytes) -> Event:
        """What the provider says. Raises BadWebhook unless it is signed by the provider and fresh."""

    @abstractmethod
    def refund(self, ask: RefundAsk) -> bool:
        """Give back a part or all of what was collected. True: done; False: a webhook or `state` will tell."""

    @abstractmethod
    def state(self, reference: str) -> ProviderState:
        """The payment as the provider knows it now, for reconciliation."""
