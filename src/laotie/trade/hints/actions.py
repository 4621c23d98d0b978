"""Learning from what buyers wrote beside their stars and reasons."""

from laotie.engine.words import train
from laotie.trade.hints import store
from laotie.trade.refunds import queries as refunds
from laotie.trade.reviews import queries as reviews
from laotie.trade.reviews.contracts import STARS, Show

MOST = 60_000  # newest texts that are learnt from: a few minutes of one core, some 2 GB
GOOD, BAD = STARS[Show.GOOD], STARS[Show.BAD]


def learn() -> str | None:
    """Learn anew from the newest words and put the model to use; its version, None where there is too little yet."""
    said = [(words, stars) for words, stars in reviews.said(MOST) if stars in GOOD + BAD]
    model = train([words for words, _ in said], [stars in GOOD for _, stars in said], refunds.said(MOST))
    if model.tone is None and model.reasons is None:
        return None
    return store.keep(model)
