"""
Forbidden
└── NoGrant      the account has no such right at this seller
BadInput
├── BadScope     there is no such right
└── BadUntil     the end lies in the past
"""

from laotie.kit.errors import BadInput, Forbidden


class NoGrant(Forbidden):
    code = "grant.none"
    sentence = "You have no right to do this for this shop."


class BadScope(BadInput):
    code = "grant.bad_scope"
    sentence = "There is no such right."


class BadUntil(BadInput):
    code = "grant.bad_until"
    sentence = "The end must lie in the future."
