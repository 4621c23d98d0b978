"""What can go wrong with a refund.

MarketError
├── NotFound     NoSuchRefund
├── Forbidden    NotYourRefund
├── BadInput     NothingChosen, TooMuch, BadReason, WordsNeeded
└── Conflict     NotNow         the order is in no state to be refunded
                 AlreadyAsked   an asking is open: answer that one first
                 Answered       it was answered, or ended, meanwhile
"""

from laotie.kit.errors import BadInput, Conflict, Forbidden, NotFound


class NoSuchRefund(NotFound):
    code = "refund.not_found"
    sentence = "There is no such refund."


class NotYourRefund(Forbidden):
    code = "refund.not_yours"
    sentence = "You may not act on this refund."


class NothingChosen(BadInput):
    code = "refund.nothing_chosen"
    sentence = "Choose what should be refunded."


class TooMuch(BadInput):
    code = "refund.too_much"
    sentence = "Of “{title}” at most {left} can be refunded."


class BadReason(BadInput):
    code = "refund.bad_reason"
    sentence = "Choose a reason."


class WordsNeeded(BadInput):
    code = "refund.words_needed"
    sentence = "Say why, in 5 to 500 characters."


class NotNow(Conflict):
    code = "refund.not_now"
    sentence = "This order cannot be refunded now."


class AlreadyAsked(Conflict):
    code = "refund.already_asked"
    sentence = "A refund of this order is being looked at. Wait for its answer, or take it back."


class Answered(Conflict):
    code = "refund.answered"
    sentence = "This refund was answered meanwhile. Look at it again."
