"""Asking a shop, answering, reading, and what the operators may do with a talk."""

from laotie.trade.talks.actions.closing import close, reopen
from laotie.trade.talks.actions.saying import ask, say
from laotie.trade.talks.actions.seeing import forget, seen
from laotie.trade.talks.history import PastTalk, admit_history

__all__ = ["PastTalk", "admit_history", "ask", "close", "forget", "reopen", "say", "seen"]
