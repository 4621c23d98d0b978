"""
NotFound
├── NoSuchReport
└── NotReportable     this kind of thing cannot be reported
BadInput
└── BadReason         choose a reason from the list
Conflict
├── AlreadyReported   this account reported the thing and waits for the answer
├── AlreadyJudged     the report is in a state that does not allow it
├── CannotTakeDown    there is nothing to take down in this kind of thing
└── TooLateToObject
Forbidden
├── OwnThing          one does not report oneself
└── NotItsOwner       only who answers for the thing may object
"""

from laotie.kit.errors import BadInput, Conflict, Forbidden, NotFound


class NoSuchReport(NotFound):
    code = "report.none"
    sentence = "There is no such report."


class NotReportable(NotFound):
    code = "report.not_reportable"
    sentence = "This kind of thing cannot be reported."


class BadReason(BadInput):
    code = "report.bad_reason"
    sentence = "Choose a reason from the list."


class AlreadyReported(Conflict):
    code = "report.already"
    sentence = "You have reported this already. We will tell you what was decided."


class AlreadyJudged(Conflict):
    code = "report.already_judged"
    sentence = "This report has been decided meanwhile."


class CannotTakeDown(Conflict):
    code = "report.cannot_take_down"
    sentence = "This cannot be taken down. Warn its owner instead."


class TooLateToObject(Conflict):
    code = "report.too_late"
    sentence = "The {days} days to object are over."


class OwnThing(Forbidden):
    code = "report.own"
    sentence = "This is your own. You can change or remove it yourself."


class NotItsOwner(Forbidden):
    code = "report.not_owner"
    sentence = "Only its owner may object."
