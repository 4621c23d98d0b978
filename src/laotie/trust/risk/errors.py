"""
NotFound
└── NoSuchFinding      or it does not touch this account
BadInput
└── WordsMissing       a judgement or an objection says nothing
Conflict
├── AlreadyJudged
├── AlreadyObjected
└── TooLate            what is not void, or has been for too long, cannot be objected to
"""

from laotie.kit.errors import BadInput, Conflict, NotFound


class NoSuchFinding(NotFound):
    code = "risk.none"
    sentence = "There is no such finding."


class WordsMissing(BadInput):
    code = "risk.words_missing"
    sentence = "Say in at least ten characters why."


class AlreadyJudged(Conflict):
    code = "risk.judged"
    sentence = "This was judged already."


class AlreadyObjected(Conflict):
    code = "risk.objected"
    sentence = "You objected to this already."


class TooLate(Conflict):
    code = "risk.too_late"
    sentence = "Objections are heard within {days} days after the deals were voided."
