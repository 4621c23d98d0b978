"""Writing reviews, adding to them, answering, and what the operators may do."""

from laotie.trade.reviews.actions.answering import answer
from laotie.trade.reviews.actions.hiding import hide, show
from laotie.trade.reviews.actions.past import admit_history
from laotie.trade.reviews.actions.writing import add, forget, write

__all__ = ["add", "admit_history", "answer", "forget", "hide", "show", "write"]
