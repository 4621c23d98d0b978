"""
Forbidden
└── NoGrant      the account has no such right at this seller
BadInput
└── BadScope     there is no such right
"""

from laotie.kit.errors import BadInput, Forbidden


class NoGrant(Forbidden):
    code = "grant.none"
    sentence = "You have no right to do this for this shop."


class BadScope(BadInput):
    code = "grant.bad_scope"
    sentence = "There is no such right."
