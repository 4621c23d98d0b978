"""
NotFound
├── NoRecord    nobody knows why any more: the record is gone, or was never kept
└── NoSlot      the decision had no such position
Forbidden
└── NotYours    another person's decision
Conflict
└── TooManyHidden
"""

from laotie.kit.errors import Conflict, Forbidden, NotFound


class NoRecord(NotFound):
    code = "feed.no_record"
    sentence = "There is no record of this decision, so nobody can say why."


class NoSlot(NotFound):
    code = "feed.no_slot"
    sentence = "This decision had no such position."


class NotYours(Forbidden):
    code = "feed.not_yours"
    sentence = "This was decided for another person. Only they can see why."


class TooManyHidden(Conflict):
    code = "feed.too_many_hidden"
    sentence = "You hide {most} shops already. Show one again first."
