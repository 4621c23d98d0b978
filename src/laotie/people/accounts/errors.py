"""
BadInput
├── EmailTaken      the address already belongs to an account
├── BadPassword     not the account's password
└── WeakPassword    the password is too easy to guess
NotFound
└── NoSuchAccount
Forbidden
└── OperatorsOnly
"""

from laotie.kit.errors import BadInput, Forbidden, NotFound


class EmailTaken(BadInput):
    code = "account.email_taken"
    sentence = "There is already an account with this e-mail address."


class BadPassword(BadInput):
    code = "account.bad_password"
    sentence = "That is not your password."


class WeakPassword(BadInput):
    code = "account.weak_password"
    sentence = "This password is too easy to guess: {reasons}"


class NoSuchAccount(NotFound):
    code = "account.none"
    sentence = "There is no such account."


class OperatorsOnly(Forbidden):
    code = "account.operators_only"
    sentence = "Only operators of the market may do this."
