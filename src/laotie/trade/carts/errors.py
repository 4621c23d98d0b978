"""What can go wrong with a cart.

MarketError
├── BadInput   BadCount, CartFull
└── NotFound   NotInCart, NoSuchOffer
"""

from laotie.kit.errors import BadInput, NotFound


class BadCount(BadInput):
    code = "cart.bad_count"
    sentence = "Choose between 1 and {most} of it."


class CartFull(BadInput):
    code = "cart.full"
    sentence = "A cart holds at most {most} different things. Order some, or take some out."


class NotInCart(NotFound):
    code = "cart.not_in_cart"
    sentence = "That is not in your cart any more."


class NoSuchOffer(NotFound):
    code = "cart.no_such_offer"
    sentence = "That is not for sale."
