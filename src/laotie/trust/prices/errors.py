"""
NotFound
└── NotCompared   the product's price has not counted for a day yet
"""

from laotie.kit.errors import NotFound


class NotCompared(NotFound):
    code = "price.not_compared"
    sentence = "This price was not compared yet: it has to stand for a day."
