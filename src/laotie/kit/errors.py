"""Errors that reach a person: a code for machines, a sentence for people, an HTTP status, and the data between.

    MarketError
    ├── BadInput      422  what was sent cannot be used; `field` names where
    ├── Forbidden     403  this account may not
    ├── NotFound      404  there is no such thing, or not for this account
    ├── Conflict      409  the thing is in a state that does not allow it (sold out, too late)
    ├── TooMany       429  slower, please
    └── Unavailable   503  a part of the market is not answering

A slice draws its own small tree from these in its `errors.py`. `sentence` is a msgid: it is translated where it is
shown (`kit.pages`), so this module needs no framework.
"""

from typing import Any, ClassVar


class MarketError(Exception):
    """The base. Keyword arguments become `data` and fill the sentence's places."""

    code: ClassVar[str] = "error"
    status: ClassVar[int] = 400
    sentence: ClassVar[str] = "That did not work."

    def __init__(self, *, field: str | None = None, **data: Any) -> None:
        super().__init__(self.code)
        self.field = field
        self.data = data

    def __str__(self) -> str:
        return self.sentence.format(**self.data)


class BadInput(MarketError):
    code = "bad_input"
    status = 422
    sentence = "Something in what you sent cannot be used."


class Forbidden(MarketError):
    code = "forbidden"
    status = 403
    sentence = "You may not do this."


class NotFound(MarketError):
    code = "not_found"
    status = 404
    sentence = "There is nothing here."


class Conflict(MarketError):
    code = "conflict"
    status = 409
    sentence = "This has changed meanwhile."


class TooMany(MarketError):
    code = "too_many"
    status = 429
    sentence = "Too many requests. Try again in a moment."


class Unavailable(MarketError):
    code = "unavailable"
    status = 503
    sentence = "A part of the market is not answering. Nothing was lost; try again in a moment."
