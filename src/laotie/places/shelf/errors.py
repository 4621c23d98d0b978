"""Errors of the shelf.

NotFound
└── NotOnTheShelf   404  no such product, or not one that this visitor may see
"""

from laotie.kit.errors import NotFound


class NotOnTheShelf(NotFound):
    code = "shelf.not_found"
    sentence = "These goods are not on the shelf."
