"""How reasons and states of refunds are called on pages."""

from django.utils.translation import gettext_lazy as _

from laotie.trade.refunds.contracts import Reason, RefundState

REASONS = {
    Reason.QUALITY: _("The quality is bad"),
    Reason.NOT_AS_CLAIMED: _("It is not what was claimed"),
    Reason.DAMAGED: _("It came damaged"),
    Reason.LATE: _("It came too late, or not at all"),
    Reason.SERVICE: _("The shop did not help"),
    Reason.CHANGED_MIND: _("I changed my mind"),
}
STATES = {
    RefundState.ASKED: _("Waiting for the shop"),
    RefundState.DECLINED: _("Declined by the shop"),
    RefundState.DISPUTED: _("Before the market"),
    RefundState.SETTLED: _("Refunded"),
    RefundState.REJECTED: _("Not refunded"),
    RefundState.WITHDRAWN: _("Taken back"),
}
