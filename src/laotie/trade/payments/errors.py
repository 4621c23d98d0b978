"""What can go wrong with a payment.

MarketError
├── NotFound      NoSuchPayment, NoSuchProvider
├── BadInput      BadWebhook       unsigned, forged, stale or unreadable; nothing was believed
├── Conflict      NothingToPay     paid, cancelled or expired by now
└── Unavailable   ProviderDown     the provider did not answer; asking again is safe
"""

from laotie.kit.errors import BadInput, Conflict, NotFound, Unavailable


class NoSuchPayment(NotFound):
    code = "payment.not_found"
    sentence = "There is no such payment."


class NoSuchProvider(NotFound):
    code = "payment.no_such_provider"
    sentence = "This way to pay is not offered."


class BadWebhook(BadInput):
    code = "payment.bad_webhook"
    sentence = "This message is not from the payment provider."


class NothingToPay(Conflict):
    code = "payment.nothing_to_pay"
    sentence = "There is nothing to pay: the order was paid, cancelled, or its time ran out."


class ProviderDown(Unavailable):
    code = "payment.provider_down"
    sentence = "The payment provider is not answering. Nothing was lost; try again in a moment."
