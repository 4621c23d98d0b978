"""Asking a shop, answering, reading, and what the operators may do with a talk."""

from laotie.trade.talks.actions.closing import close, reopen
from laotie.trade.talks.actions.saying import ask, say
from laotie.trade.talks.actions.seeing import forget, seen

__all__ = ["ask", "close", "forget", "reopen", "say", "seen"]
