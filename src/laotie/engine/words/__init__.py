"""Words: what short Chinese and English texts say, as a hint and never as a verdict. Behaviour outweighs text.

    grams     texts → hashed character n-grams, without a vocabulary
    linear    n-grams → one weighted sum a class
    fitting   how the weights of such a sum are found: scikit-learn, loaded only by who learns
    tone      good or bad: an ensemble of linear members, trained from a market's own stars
    lexicon   why it was bad, from a small dictionary that ships with the house
    reasons   why it was bad, trained from what buyers chose as their reason; the lexicon before that
    intents   what a comment under a clip or in a room asks for
    model     tone and reasons as one file of bounded size, known by the hash of its content

Nothing here holds anybody's text: a model is arrays of numbers, and it is read without running code from its file.
"""

from laotie.engine.words.intents import INTENTS, intent
from laotie.engine.words.lexicon import REASONS
from laotie.engine.words.model import Hint, Model, train

__all__ = ["INTENTS", "REASONS", "Hint", "Model", "intent", "train"]
