"""
NotFound
└── NoSuchAppeal
BadInput
├── NotAppealable    it does not cost this score, or did so for too long
├── NoReview         the deal's review is not what costs
└── WordsMissing     an appeal or an answer says nothing
Conflict
├── AlreadyAppealed
└── AlreadyJudged
"""

from laotie.kit.errors import BadInput, Conflict, NotFound


class NoSuchAppeal(NotFound):
    code = "appeal.none"
    sentence = "There is no such appeal."


class NotAppealable(BadInput):
    code = "appeal.not_appealable"
    sentence = "You can appeal against what costs your score, within {days} days after it began to."


class NoReview(BadInput):
    code = "appeal.no_review"
    sentence = "No bad review of this deal costs the score. Appeal against the deal itself."


class WordsMissing(BadInput):
    code = "appeal.words_missing"
    sentence = "Say in at least ten characters why."


class AlreadyAppealed(Conflict):
    code = "appeal.already"
    sentence = "An appeal against this was made already."


class AlreadyJudged(Conflict):
    code = "appeal.judged"
    sentence = "This appeal was judged already."
