"""What can be wrong with stock.

BadInput
└── BadCount     not a count of pieces
"""

from laotie.kit.errors import BadInput


class BadCount(BadInput):
    code = "stock.bad_count"
    sentence = "Give a whole number of pieces, at most {most}."
