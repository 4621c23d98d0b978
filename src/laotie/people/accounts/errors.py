"""
BadInput
├── BadEmail        not an e-mail address
├── EmailTaken      the address already belongs to an account
├── BadPassword     not the account's password
├── BadLanguage     the market does not speak it
└── BadTerm         a key for too long, or for no time
Conflict
└── TooManyTokens
NotFound
├── NoSuchAccount
└── NoSuchToken
Forbidden
├── ConfirmFirst    sign in again before this
└── OperatorsOnly
Conflict
└── CannotSuspend   it runs the market, is suspended already, or was erased
"""

from laotie.kit.errors import BadInput, Conflict, Forbidden, NotFound


class EmailTaken(BadInput):
    code = "account.email_taken"
    sentence = "There is already an account with this e-mail address."


class BadPassword(BadInput):
    code = "account.bad_password"
    sentence = "That is not your password."


class BadEmail(BadInput):
    code = "account.bad_email"
    sentence = "This is not an e-mail address."


class BadLanguage(BadInput):
    code = "account.bad_language"
    sentence = "The market does not speak this language yet."


class BadTerm(BadInput):
    code = "account.bad_term"
    sentence = "A key works for 1 to {most} days."


class TooManyTokens(Conflict):
    code = "account.too_many_tokens"
    sentence = "You have {most} keys already. Revoke one first."


class NoSuchToken(NotFound):
    code = "account.no_token"
    sentence = "There is no such key."


class NoSuchAccount(NotFound):
    code = "account.none"
    sentence = "There is no such account."


class OperatorsOnly(Forbidden):
    code = "account.operators_only"
    sentence = "Only operators of the market may do this."


class ConfirmFirst(Forbidden):
    code = "account.confirm_first"
    sentence = "Sign in once more before you do this."


class CannotSuspend(Conflict):
    code = "account.cannot_suspend"
    sentence = "This account cannot be suspended."
