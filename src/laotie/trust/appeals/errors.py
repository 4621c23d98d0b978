"""
NotFound
└── NoSuchAppeal
BadInput
├── NotAppealable    the deal does not cost this shop's score, or did so for too long
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
    sentence = "You can appeal against a deal that costs your score, within {days} days after it matured."


class WordsMissing(BadInput):
    code = "appeal.words_missing"
    sentence = "Say in at least ten characters why."


class AlreadyAppealed(Conflict):
    code = "appeal.already"
    sentence = "An appeal against this deal was made already."


class AlreadyJudged(Conflict):
    code = "appeal.judged"
    sentence = "This appeal was judged already."
